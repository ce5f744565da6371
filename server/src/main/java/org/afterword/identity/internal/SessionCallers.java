package org.afterword.identity.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.Optional;
import org.afterword.identity.Caller;
import org.afterword.identity.RequestTenant;
import org.afterword.identity.SessionAge;
import org.afterword.identity.Users;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * Keeps in the session whom it stands for and since when, as strings, and asks with each request who that is now. So a session never
 * holds a role that was taken away, nor anything that another version of the program could not read. It counts only where
 * its own tenant's pages are asked for.
 */
final class SessionCallers implements SecurityContextRepository {
    private static final String TENANT = "afterword.tenant";
    private static final String ACTOR = "afterword.actor";

    private final Users users;
    private final InstantSource clock;

    SessionCallers(Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        find(holder.getRequest()).map(CallerAuthentication::new).ifPresent(context::setAuthentication);
        return context;
    }

    private Optional<Caller> find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || SessionAge.isOver(session.getAttribute(SessionAge.SIGNED_IN_AT), clock.instant())
                || !(session.getAttribute(TENANT) instanceof String tenant)
                || !(session.getAttribute(ACTOR) instanceof String actor)) {
            return Optional.empty();
        }
        return RequestTenant.of(request)
                .map(RequestTenant::id)
                .filter(id -> id.value().equals(tenant))
                .flatMap(id -> users.findCaller(id, actor));
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        if (context.getAuthentication() instanceof CallerAuthentication authentication) {
            Caller caller = authentication.getPrincipal();
            HttpSession session = request.getSession();
            session.setAttribute(TENANT, caller.tenant().value());
            session.setAttribute(ACTOR, caller.actor());
            session.setAttribute(
                    SessionAge.SIGNED_IN_AT, Long.toString(clock.instant().toEpochMilli()));
            session.setAttribute(
                    FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
                    Users.principalName(caller.tenant(), caller.actor()));
        }
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(ACTOR) != null;
    }
}
