package org.afterword.desk;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something that moved an agent's presence.
 *
 * @param source with {@code id} the event's key; breaks ties between facts of the same time
 */
public record PresenceFact(Kind kind, Instant at, @Nullable String reason, String source, String id)
        implements Comparable<PresenceFact> {
    public enum Kind {
        SIGNED_IN,
        READY,
        NOT_READY,
        /** A leg began: its switch takes the agent to be signed in. */
        CONNECTED,
        SIGNED_OUT
    }

    private static final Comparator<PresenceFact> ORDER = Comparator.comparing(PresenceFact::at)
            .thenComparing(PresenceFact::kind)
            .thenComparing(PresenceFact::source)
            .thenComparing(PresenceFact::id);

    @Override
    public int compareTo(PresenceFact other) {
        return ORDER.compare(this, other);
    }
}
