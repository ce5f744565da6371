package org.afterword.conversation;

import java.time.Duration;
import java.time.Instant;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * A contact that was opened by hand, and which call of a switch it turned out to be.
 *
 * @param openedAt since when its agent is in it, as a person said
 * @param joined   the switch's interaction, which may have the same id; null while none is known to be the same contact
 * @param leg      the leg of {@code joined} that its agent is on; null where that is
 * @param carried  its wrap-up went along, and would go back
 */
public record ByHand(
        InteractionId interaction,
        AgentId agent,
        Instant openedAt,
        @Nullable InteractionId joined,
        @Nullable String leg,
        boolean carried) {
    /** The source of what people tell of contacts by hand. */
    public static final String SOURCE = "/by-hand";

    /** A person may open a contact so long before the switch has connected it. */
    public static final Duration AHEAD = Duration.ofMinutes(1);

    public ByHand {
        if ((joined == null) != (leg == null)) {
            throw new IllegalArgumentException(
                    "contact %s joins an interaction without a leg of it".formatted(interaction));
        }
    }

    /** It turned out to be a call that its switch knows by another id. */
    public boolean isKnownOtherwise() {
        return joined != null && !joined.equals(interaction);
    }

    public static ByHand opened(InteractionId interaction, AgentId agent, Instant openedAt) {
        return new ByHand(interaction, agent, openedAt, null, null, false);
    }

    public ByHand joining(
            @Nullable InteractionId interactionJoined, @Nullable String legJoined, boolean itsWrapUpGoesAlong) {
        return new ByHand(interaction, agent, openedAt, interactionJoined, legJoined, itsWrapUpGoesAlong);
    }
}
