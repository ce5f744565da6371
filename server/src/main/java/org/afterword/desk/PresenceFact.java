package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedSet;
import org.afterword.conversation.InteractionId;
import org.jspecify.annotations.Nullable;

/**
 * Something that moved an agent's presence, asked for its units, or kept it waiting.
 *
 * @param interaction that the agent was offered, connected to with units of its own, or waited at; else null
 * @param waited      how long the agent had waited by then, of a {@code WAITED} fact; else null
 * @param profile     what a sign-in says of the agent; else null
 * @param source with {@code id} the event's key; breaks ties between facts of the same time
 */
public record PresenceFact(
        Kind kind,
        Instant at,
        @Nullable String reason,
        @Nullable InteractionId interaction,
        @Nullable ProfileChange profile,
        @Nullable Duration waited,
        String source,
        String id)
        implements Comparable<PresenceFact> {
    public enum Kind {
        SIGNED_IN,
        READY,
        NOT_READY,
        /** Work was offered; moves nothing. */
        OFFERED,
        /** A leg began: its switch takes the agent to be signed in. */
        CONNECTED,
        SIGNED_OUT,
        /** An application let the agent wait; moves no presence. */
        WAITED;

        boolean tellsWhetherSignedIn() {
            return this == SIGNED_IN || this == CONNECTED || this == SIGNED_OUT;
        }
    }

    private static final Comparator<PresenceFact> ORDER = Comparator.comparing(PresenceFact::at)
            .thenComparing(PresenceFact::kind)
            .thenComparing(PresenceFact::source)
            .thenComparing(PresenceFact::id);

    public static PresenceFact of(Kind kind, Instant at, @Nullable String reason, String source, String id) {
        return new PresenceFact(kind, at, reason, null, null, null, source, id);
    }

    /** For which contact it asked for units of the agent; null if it did not. */
    public @Nullable InteractionId asksFor() {
        return kind == Kind.OFFERED || kind == Kind.CONNECTED ? interaction : null;
    }

    /** Those of an agent are in order already: its set is a sorted one. */
    static Collection<PresenceFact> inOrder(Collection<PresenceFact> facts) {
        return facts instanceof SortedSet<PresenceFact> sorted && sorted.comparator() == null
                ? facts
                : facts.stream().sorted().toList();
    }

    @Override
    public int compareTo(PresenceFact other) {
        return ORDER.compare(this, other);
    }
}
