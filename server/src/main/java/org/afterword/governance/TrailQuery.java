package org.afterword.governance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list; an absent condition selects all.
 *
 * @param from   the earliest time
 * @param to     the first time that is too late
 * @param cursor from {@link TrailPage#next}; null = the first page
 */
public record TrailQuery(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String actor,
        @Nullable String kind,
        @Nullable String subject,
        @Nullable String cursor) {
    public static final TrailQuery ALL = new TrailQuery(null, null, null, null, null, null);
}
