package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.internal.AgentRepository;
import org.afterword.identity.AgentId;
import org.afterword.platform.EventLog;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Loads and stores agents. A change is: lock, load, decide with {@link Agent}'s methods, store; all in one transaction of
 * the tenant. Lock before anything is written ({@link Tenancy#lock}).
 */
@Service
public class Desk {
    private static final String LOCK_SPACE = "agent";

    /** How many facts an agent keeps before those out of the lateness bound are folded in. */
    private static final int FACTS_KEPT = 24;

    private final Tenancy tenancy;
    private final AgentRepository agents;
    private final EventLog eventLog;

    public Desk(Tenancy tenancy, AgentRepository agents, EventLog eventLog) {
        this.tenancy = tenancy;
        this.agents = agents;
        this.eventLog = eventLog;
    }

    /** Locks agents until the transaction ends, in one order for everybody. */
    public void lock(Collection<AgentId> ids) {
        tenancy.lock(LOCK_SPACE, ids.stream().map(AgentId::value).toList());
    }

    /** As {@link #lock}, but together with the next statement ({@link Tenancy#lockAhead}). */
    public void lockAhead(Collection<AgentId> ids) {
        tenancy.lockAhead(LOCK_SPACE, ids.stream().map(AgentId::value).toList());
    }

    /** As {@link #lockAhead}, for the agents whose ids {@code query} answers with. */
    public void lockAheadFound(String query, @Nullable Object... arguments) {
        tenancy.lockAheadFound(LOCK_SPACE, query, arguments);
    }

    /** The agents as stored, to be taken in the same transaction; one that is not known comes as {@link Agent#unknown}. */
    public Supplier<Map<AgentId, Agent>> load(Collection<AgentId> ids) {
        Supplier<Map<AgentId, Agent>> known = agents.load(tenancy.current(), ids);
        return () -> {
            var loaded = new TreeMap<>(known.get());
            ids.forEach(id -> loaded.computeIfAbsent(id, Agent::unknown));
            return loaded;
        };
    }

    /** What is known of agents as people at work, to be taken in the same transaction; those that are not known are left out. */
    public Supplier<Map<AgentId, AgentProfile>> profiles(Collection<AgentId> ids) {
        return ids.isEmpty() ? Map::of : agents.profiles(tenancy.current(), ids);
    }

    /** The agents that were connected in these interactions, or tried to be. */
    public Set<AgentId> agentsOf(Collection<InteractionId> interactions) {
        return interactions.isEmpty() ? Set.of() : agents.agentsOf(tenancy.current(), interactions);
    }

    /** Adds facts to interactions and answers all legs that follow from what is known now. */
    public Map<InteractionId, List<LegSpan>> legsAfter(
            Map<InteractionId, List<LegFact>> added, Collection<InteractionId> interactions) {
        return LegHistory.derive(factsAfter(added, interactions));
    }

    /** Adds facts to interactions and answers all that are known of them now. */
    public Map<InteractionId, List<LegFact>> factsAfter(
            Map<InteractionId, List<LegFact>> added, Collection<InteractionId> interactions) {
        agents.putLegFacts(tenancy.current(), added);
        return factsOf(interactions);
    }

    /** All facts of these interactions as they are stored. */
    public Map<InteractionId, List<LegFact>> factsOf(Collection<InteractionId> interactions) {
        return agents.legFacts(tenancy.current(), interactions);
    }

    /**
     * Stores what changed from {@code before} to {@code after} and announces agents whose state changed.
     *
     * @param before as {@link #load} gave them
     */
    public void store(Map<AgentId, Agent> before, Collection<Agent> after, Instant now) {
        TenantId tenant = tenancy.current();
        var changed = new ArrayList<Agent>();
        var facts = new TreeMap<AgentId, Set<PresenceFact>>();
        var legs = new ArrayList<Leg>();
        var moved = new ArrayList<Leg>();
        var gone = new ArrayList<LegKey>();
        var events = new ArrayList<EventLog.NewEvent>();
        for (Agent agent : after) {
            Agent old = before.getOrDefault(agent.id(), Agent.unknown(agent.id()));
            if (agent.equals(old)) {
                continue;
            }
            var added = new TreeSet<>(agent.facts());
            added.removeAll(old.facts());
            facts.put(agent.id(), added);
            for (Leg leg : agent.legs().values()) {
                Leg known = old.legs().get(leg.key());
                if (!leg.equals(known)) {
                    legs.add(leg);
                    if (known == null
                            || !known.span().startedAt().equals(leg.span().startedAt())) {
                        moved.add(leg);
                    }
                }
            }
            old.legs().keySet().stream()
                    .filter(leg -> !agent.legs().containsKey(leg))
                    .forEach(gone::add);
            storeReservations(tenant, old, agent, now);
            changed.add(agent);
            if (looksDifferent(old, agent)) {
                events.add(new EventLog.NewEvent(
                        now, "agent.state-changed", agent.id().value(), null, StateChanged.of(agent, now)));
            }
        }
        agents.putFacts(tenant, facts);
        agents.put(
                tenant,
                changed.stream().map(agent -> settled(tenant, agent, now)).toList());
        agents.removeLegs(tenant, gone);
        agents.moveLegs(tenant, moved);
        agents.putLegs(tenant, legs);
        eventLog.append(events);
    }

    /** The data of {@code agent.state-changed}. @param heldUnits of the load, what wrap-ups keep */
    record StateChanged(
            AgentId agentId,
            @Nullable String name,
            @Nullable String team,
            AgentState state,
            @Nullable String reason,
            @Nullable Instant since,
            int load,
            int heldUnits,
            int capacity) {
        static StateChanged of(Agent agent, Instant now) {
            Agent.Face face = agent.face();
            return new StateChanged(
                    agent.id(),
                    agent.profile().name(),
                    agent.profile().team(),
                    face.state(),
                    face.reason(),
                    face.since(),
                    agent.load(now),
                    agent.heldUnits(),
                    agent.profile().capacity());
        }
    }

    private Agent settled(TenantId tenant, Agent changed, Instant now) {
        Duration apart = changed.lookBack().compareTo(ContactEvent.LATENESS_BOUND) > 0
                ? changed.lookBack()
                : ContactEvent.LATENESS_BOUND;
        Instant until = now.minus(apart);
        Agent agent = changed.settleReleases(until);
        if (agent.facts().size() <= FACTS_KEPT) {
            return agent;
        }
        Agent settled = agent.settle(until);
        agents.dropSettledFacts(tenant, agent.id(), settled.settledUntil());
        return settled;
    }

    private void storeReservations(TenantId tenant, Agent old, Agent agent, Instant now) {
        var gone = new HashSet<>(old.reservations());
        agent.reservations().forEach(gone::remove);
        agent.reservations().stream()
                .filter(reservation -> !reservation.isLive(now))
                .forEach(gone::add);
        gone.forEach(reservation -> agents.endReservation(tenant, reservation.id(), now));
        agent.reservations().stream()
                .filter(reservation -> !old.reservations().contains(reservation))
                .forEach(reservation -> agents.putReservation(tenant, reservation));
    }

    private static boolean looksDifferent(Agent old, Agent agent) {
        if (old.carried() != agent.carried() || !old.profile().equals(agent.profile())) {
            return true;
        }
        Agent.Face before = old.face();
        Agent.Face after = agent.face();
        return before.state() != after.state()
                || !Objects.equals(before.reason(), after.reason())
                || !Objects.equals(before.since(), after.since());
    }
}
