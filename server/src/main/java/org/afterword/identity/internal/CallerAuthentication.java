package org.afterword.identity.internal;

import java.util.List;
import java.util.Locale;
import org.afterword.identity.Caller;
import org.afterword.platform.LogContext;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A {@link Caller} whom a password, a session or a token has proven. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1;

    private final Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of(new SimpleGrantedAuthority("ROLE_" + caller.role().name().toUpperCase(Locale.ROOT))));
        this.caller = caller;
        setAuthenticated(true);
    }

    /** Has the log name whose request it is. */
    void name() {
        LogContext.put(LogContext.Id.TENANT, caller.tenant().value());
        LogContext.put(LogContext.Id.ACTOR, caller.actor());
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.actor();
    }
}
