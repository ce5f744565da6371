package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * One leg as the desk carries it: its span in time and the units it takes.
 *
 * @param outbound   the agent began the contact
 * @param units      taken while the leg is on
 * @param heldUnits  kept by its wrap-up after the end until the release; 0 while the leg is on
 * @param releasedAt when {@link Agent#release} freed the units; null before
 */
public record Leg(
        LegSpan span,
        Channel channel,
        boolean outbound,
        int units,
        int heldUnits,
        @Nullable Instant releasedAt) {
    public Leg {
        if (units < 0 || heldUnits < 0) {
            throw new IllegalArgumentException("leg %s has %d and %d units".formatted(span.key(), units, heldUnits));
        }
    }

    public LegKey key() {
        return span.key();
    }

    public InteractionId interaction() {
        return span.key().interaction();
    }

    public AgentId agent() {
        return span.agent();
    }

    public LegRole role() {
        return span.role();
    }

    public boolean isOn() {
        return span.endedAt() == null;
    }

    public boolean isReleased() {
        return releasedAt != null;
    }

    /** The wrap-up of this leg keeps units now. */
    public boolean isHeld() {
        return !isOn() && !isReleased() && heldUnits > 0;
    }

    /** When it and its wrap-up stop holding the agent; {@link Instant#MAX} while they do. */
    Instant busyUntil() {
        Instant ended = span.endedAt();
        if (ended == null || isHeld()) {
            return Instant.MAX;
        }
        return heldUnits > 0 && releasedAt != null && releasedAt.isAfter(ended) ? releasedAt : ended;
    }

    /** What this leg takes of its agent's capacity now. */
    public int load() {
        if (isReleased()) {
            return 0;
        }
        return isOn() ? units : heldUnits;
    }

    /** What a leg takes of an agent: voice all that it has, everything else one unit. */
    public static int unitsOf(Channel channel, int capacity) {
        return switch (channel) {
            case VOICE -> capacity;
            case CHAT, EMAIL, MESSAGE -> 1;
        };
    }

    /** The same leg with its units freed at {@code at}. */
    public Leg released(Instant at) {
        return new Leg(span, channel, outbound, units, heldUnits, at);
    }

    /** Time in conversation: the leg without its holds; up to {@code now} while it is on. */
    public Duration talk(Instant now) {
        Instant end = span.endedAt() == null ? now : span.endedAt();
        Duration whole = Duration.between(span.startedAt(), end);
        Duration talk = whole.minus(span.held());
        return talk.isNegative() ? Duration.ZERO : talk;
    }
}
