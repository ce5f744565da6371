package org.afterword.stream.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.afterword.identity.Caller;
import org.afterword.identity.SessionAge;
import org.afterword.identity.Tokens;
import org.afterword.identity.Users;
import org.springframework.http.HttpHeaders;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** Whether a request that goes on for long would still be let in. */
final class SignIns {
    private static final String SCHEME = "Bearer ";

    private final Tokens tokens;
    private final Users users;
    private final SessionRepository<?> sessions;
    private final InstantSource clock;

    SignIns(Tokens tokens, Users users, SessionRepository<?> sessions, InstantSource clock) {
        this.tokens = tokens;
        this.users = users;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Answers true for as long as the token or the session of {@code request} stands for the same caller in the same role. */
    BooleanSupplier of(HttpServletRequest request, Caller caller) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            String token = authorization.substring(SCHEME.length()).strip();
            return () -> isStill(caller, tokens.authenticate(token));
        }
        HttpSession session = request.getSession(false);
        String id = session == null ? "" : session.getId();
        return () -> isOpen(id) && isStill(caller, users.findCaller(caller.tenant(), caller.actor()));
    }

    private boolean isOpen(String sessionId) {
        Session session = sessions.findById(sessionId);
        return session != null && !SessionAge.isOver(session.getAttribute(SessionAge.SIGNED_IN_AT), clock.instant());
    }

    private static boolean isStill(Caller caller, Optional<Caller> now) {
        return now.filter(caller::equals).isPresent();
    }
}
