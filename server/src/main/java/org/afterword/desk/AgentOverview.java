package org.afterword.desk;

import java.time.Instant;
import java.util.List;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * One agent as lists and the floor show it, or as it is shown to itself.
 *
 * @param wantedReason why the agent wants not to be ready, also while contacts keep it from showing that
 * @param reason       why the agent is not ready, while it shows that
 * @param rest         that the agent is in or waits for; null if there is none, and for everybody but itself
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
        List<LegOnDesk> legs,
        @Nullable RestShown rest) {

    /** A leg that takes units. */
    public record LegOnDesk(
            InteractionId interactionId,
            String legId,
            Channel channel,
            Instant startedAt,
            @Nullable Instant endedAt,
            int units) {}

    /** @param since, until null while the agent waits for it */
    public record RestShown(
            Rest.Kind kind,
            @Nullable Instant since,
            @Nullable Instant until) {
        static RestShown of(Rest rest, Agent agent) {
            Interval interval = agent.timeOf(rest).interval();
            return interval == null
                    ? new RestShown(rest.kind(), null, null)
                    : new RestShown(rest.kind(), interval.from(), interval.until());
        }
    }

    /** As everybody sees it. */
    static AgentOverview of(Agent agent, Instant now) {
        return of(agent, agent.face(), null, now);
    }

    /** As the agent itself sees it. */
    static AgentOverview own(Agent agent, Instant now) {
        return of(
                agent,
                agent.ownFace(),
                agent.rest().map(rest -> RestShown.of(rest, agent)).orElse(null),
                now);
    }

    private static AgentOverview of(Agent agent, Agent.Face face, @Nullable RestShown rest, Instant now) {
        return new AgentOverview(
                agent.id(),
                agent.profile().name(),
                agent.profile().team(),
                face.state(),
                face.wanted(),
                face.wantedReason(),
                face.reason(),
                face.since(),
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
                        .toList(),
                rest);
    }
}
