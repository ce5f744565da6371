package org.afterword.desk;

import java.time.Instant;
import java.util.List;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * One agent as lists and the floor show it.
 *
 * @param wantedReason why the agent wants not to be ready, also while contacts keep it from showing that
 * @param reason       why the agent is not ready, while it shows that
 */
public record AgentOverview(
        AgentId agentId,
        @Nullable String name,
        @Nullable String team,
        AgentState state,
        AgentState wanted,
        @Nullable String wantedReason,
        @Nullable String reason,
        @Nullable Instant since,
        int load,
        int capacity,
        boolean unannounced,
        @Nullable NextState pendingState,
        List<LegOnDesk> legs) {

    /** A leg that takes units. */
    public record LegOnDesk(
            InteractionId interactionId,
            String legId,
            Channel channel,
            Instant startedAt,
            @Nullable Instant endedAt,
            int units) {}

    static AgentOverview of(Agent agent, Instant now) {
        return new AgentOverview(
                agent.id(),
                agent.profile().name(),
                agent.profile().team(),
                agent.state(),
                agent.presence().wanted(),
                agent.presence().reason(),
                agent.reason(),
                agent.since(),
                agent.load(now),
                agent.profile().capacity(),
                agent.presence().unannounced(),
                agent.afterWrapUp(),
                agent.legs().values().stream()
                        .filter(leg -> !leg.isReleased())
                        .map(leg -> new LegOnDesk(
                                leg.interaction(),
                                leg.key().legId(),
                                leg.channel(),
                                leg.span().startedAt(),
                                leg.span().endedAt(),
                                leg.load()))
                        .toList());
    }
}
