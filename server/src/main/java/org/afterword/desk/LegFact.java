package org.afterword.desk;

import java.time.Instant;
import java.util.Comparator;
import org.afterword.conversation.LegRole;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * Something that began, held or ended legs of one interaction.
 *
 * @param agent whose leg; null = all legs of the interaction
 * @param legId the leg as the switch names it; null = the agent's latest one
 * @param role  of a {@code CONNECTED} fact, else null
 * @param late  came in after the lateness bound: corrects figures, holds and opens nothing
 */
public record LegFact(
        Kind kind,
        Instant at,
        @Nullable AgentId agent,
        @Nullable String legId,
        @Nullable LegRole role,
        boolean late,
        String source,
        String id)
        implements Comparable<LegFact> {
    public enum Kind {
        CONNECTED,
        HELD,
        RESUMED,
        /** One leg ended: left or transferred. */
        LEFT,
        /** The agent called, and nobody answered. */
        FAILED,
        /** A supervisor ended what the agent had on, since nothing else did. */
        RELEASED,
        /** Every leg ended. */
        ENDED
    }

    private static final Comparator<LegFact> ORDER = Comparator.comparing(LegFact::at)
            .thenComparing(LegFact::kind)
            .thenComparing(LegFact::source)
            .thenComparing(LegFact::id);

    public LegFact {
        if (kind == Kind.CONNECTED && (agent == null || role == null)) {
            throw new IllegalArgumentException("a connected leg has an agent and a role");
        }
        if ((kind == Kind.LEFT || kind == Kind.FAILED || kind == Kind.RELEASED) && agent == null) {
            throw new IllegalArgumentException("a leg is left, or tried in vain, by an agent");
        }
    }

    /** The same, which was known in time by other means. */
    LegFact inTime() {
        return new LegFact(kind, at, agent, legId, role, false, source, id);
    }

    LegFact movedTo(Instant time) {
        return new LegFact(kind, time, agent, legId, role, late, source, id);
    }

    @Override
    public int compareTo(LegFact other) {
        return ORDER.compare(this, other);
    }
}
