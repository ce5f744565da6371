package org.afterword.identity.internal;

import java.time.Duration;
import java.util.Optional;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.User;
import org.afterword.identity.Users;
import org.afterword.platform.TenantId;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Checks user name and password of the tenant whose page was used, as often as the throttle lets it. */
final class UserSignIn implements AuthenticationProvider {
    /** Where an attempt comes from; the authentication's details. */
    record Origin(Optional<RequestTenant> tenant, String address) {}

    /** Too many attempts failed. */
    static final class Throttled extends AuthenticationException {
        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        Throttled(Duration retryAfter) {
            super("too many attempts");
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    private final Users users;
    private final SignInThrottle throttle;

    UserSignIn(Users users, SignInThrottle throttle) {
        this.users = users;
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        if (!(attempt.getDetails() instanceof Origin origin) || origin.tenant.isEmpty()) {
            throw new BadCredentialsException("the address names no tenant");
        }
        TenantId tenant = origin.tenant.get().id();
        String userName = Users.normalize(attempt.getName());
        throttle.attempt(origin.address, tenant, userName).ifPresent(wait -> {
            throw new Throttled(wait);
        });
        User user = users.signIn(tenant, userName, String.valueOf(attempt.getCredentials()))
                .orElseThrow(() -> new BadCredentialsException("name or password is wrong"));
        throttle.succeeded(origin.address, tenant, userName);
        return new CallerAuthentication(user.caller(tenant));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
