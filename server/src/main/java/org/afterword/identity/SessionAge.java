package org.afterword.identity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a person stays signed in, however busy: a day, so that a session that got into other hands ends. The time without
 * a request is a setting of the server.
 */
public final class SessionAge {
    /** The session attribute that tells when somebody signed in: milliseconds since 1970, as text. */
    public static final String SIGNED_IN_AT = "afterword.signed-in-at";

    private static final Duration LONGEST = Duration.ofHours(24);

    private SessionAge() {}

    /** Whether the session is over. @param signedInAt what the session holds as {@link #SIGNED_IN_AT}; null = it does not tell */
    public static boolean isOver(@Nullable Object signedInAt, Instant now) {
        return !(signedInAt instanceof String millis)
                || now.isAfter(Instant.ofEpochMilli(Long.parseLong(millis)).plus(LONGEST));
    }
}
