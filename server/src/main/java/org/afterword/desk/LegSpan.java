package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import org.afterword.conversation.LegRole;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * One leg as the facts tell it.
 *
 * @param endedAt   null while the leg is on
 * @param held      time on hold, within the leg
 * @param lateStart its beginning came in after the lateness bound
 * @param lateEnd   its end came in after the lateness bound
 */
public record LegSpan(
        LegKey key,
        AgentId agent,
        LegRole role,
        Instant startedAt,
        @Nullable Instant endedAt,
        Duration held,
        boolean lateStart,
        boolean lateEnd) {
    public LegSpan {
        if (endedAt != null && endedAt.isBefore(startedAt)) {
            throw new IllegalArgumentException(
                    "leg %s ends (%s) before it starts (%s)".formatted(key, endedAt, startedAt));
        }
    }

    /** The same span of another leg. */
    public LegSpan of(LegKey other) {
        return of(other, endedAt);
    }

    /** As above, with another end. */
    public LegSpan of(LegKey other, @Nullable Instant end) {
        return new LegSpan(other, agent, role, startedAt, end, held, lateStart, lateEnd);
    }
}
