package org.afterword.desk;

import java.time.Instant;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/** An agent kept free for one interaction until it is connected, missed, cancelled or the time is over. */
public record Reservation(
        String id,
        InteractionId interaction,
        AgentId agent,
        Channel channel,
        @Nullable String queue,
        int units,
        Instant reservedAt,
        Instant expiresAt) {
    public boolean isLive(Instant now) {
        return now.isBefore(expiresAt);
    }
}
