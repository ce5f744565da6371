package org.afterword.wrapup;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the clock of a window stood still. The same stop told again, by its id, is that stop as it is known now.
 *
 * @param until null while it lasts
 */
public record ClockStop(
        Kind kind, String id, Instant from, @Nullable Instant until) implements Comparable<ClockStop> {
    public enum Kind {
        /** The agent called or consulted somebody out of its wrap-up. */
        CALL_OUT,
        /** The agent waited for one of our own systems. Within a cap. */
        SYSTEM_WAIT
    }

    private static final Comparator<ClockStop> ORDER =
            Comparator.comparing(ClockStop::from).thenComparing(ClockStop::kind).thenComparing(ClockStop::id);

    public ClockStop {
        if (until != null && until.isBefore(from)) {
            throw new IllegalArgumentException(
                    "clock stop %s ends (%s) before it begins (%s)".formatted(id, until, from));
        }
    }

    @Override
    public int compareTo(ClockStop other) {
        return ORDER.compare(this, other);
    }
}
