package org.afterword.desk;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.desk.internal.AgentRepository;
import org.afterword.identity.AgentId;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The agents as people look at them; each call is part of the running transaction. What is shown of an agent is what everybody may
 * see ({@link Agent#face}), but for {@link #findSelf}.
 */
@Service
public class Floor {
    private final Tenancy tenancy;
    private final AgentRepository agents;
    private final InstantSource clock;

    public Floor(Tenancy tenancy, AgentRepository agents, InstantSource clock) {
        this.tenancy = tenancy;
        this.agents = agents;
        this.clock = clock;
    }

    /** Agents by state and team, null for all, in the order of their ids; at most {@code limit} after {@code after}. */
    public List<AgentOverview> list(
            @Nullable AgentState state, @Nullable String team, @Nullable AgentId after, int limit) {
        List<AgentId> ids = agents.ids(tenancy.current(), state, team, after, limit);
        return agents.load(tenancy.current(), ids).get().values().stream()
                .map(agent -> AgentOverview.of(agent, clock.instant()))
                .toList();
    }

    /** How many agents are in each state; one in which nobody is, is absent. */
    public Map<AgentState, Integer> states() {
        return agents.states(tenancy.current());
    }

    public Optional<AgentOverview> find(AgentId id) {
        return load(id).map(agent -> AgentOverview.of(agent, clock.instant()));
    }

    /** For the agent itself, and nobody else: also shows that it rests. */
    public Optional<AgentOverview> findSelf(AgentId id) {
        return load(id).map(agent -> AgentOverview.own(agent, clock.instant()));
    }

    private Optional<Agent> load(AgentId id) {
        return Optional.ofNullable(
                agents.load(tenancy.current(), List.of(id)).get().get(id));
    }
}
