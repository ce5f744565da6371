package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.Desk;
import org.afterword.desk.Leg;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.springframework.stereotype.Component;

/** The rests that agents ask for, and the ends of all. */
@Component
class RestService implements DueWorkHandler {
    private final Tenancy tenancy;
    private final Desk desk;
    private final Situations situations;
    private final Surges surges;
    private final DueWork dueWork;
    private final Trail trail;
    private final InstantSource clock;

    RestService(
            Tenancy tenancy,
            Desk desk,
            Situations situations,
            Surges surges,
            DueWork dueWork,
            Trail trail,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.desk = desk;
        this.situations = situations;
        this.surges = surges;
        this.dueWork = dueWork;
        this.trail = trail;
        this.clock = clock;
    }

    /** The agent asks for a recovery after the contact that it is in, or has just had. Nobody asks for another. */
    void ask(Caller caller, AgentId id) {
        change(caller, id, (before, situation, now) -> {
            Supplier<Set<String>> surging = surges.surging(now);
            List<InteractionId> contacts = situation.agent().legs().values().stream()
                    .filter(leg -> !leg.isReleased())
                    .map(Leg::interaction)
                    .toList();
            return RestRules.asked(
                    situation, before.details(contacts), new PolicyChoice(before.catalog(), surging.get()), now);
        });
    }

    /** The agent is ready again, or wants no rest. */
    void end(Caller caller, AgentId id) {
        change(caller, id, (before, situation, now) -> RestRules.ended(situation, now));
    }

    private interface Rule {
        Situation apply(Situations.Loaded before, Situation situation, Instant now);
    }

    private void change(Caller caller, AgentId id, Rule rule) {
        caller.requireSelf(id);
        tenancy.run(caller.tenant(), () -> {
            desk.lock(List.of(id));
            Instant now = clock.instant();
            Agent known = desk.load(List.of(id)).get().getOrDefault(id, Agent.unknown(id));
            if (!known.presence().known()) {
                throw ProblemException.notFound("agent", id.value());
            }
            Situations.Loaded before = situations.load(
                    List.of(id), RestRules.lastContact(known, now).map(List::of).orElse(List.of()), now);
            Situation after = rule.apply(before, before.of(id), now);
            situations.store(before, List.of(after), Deed.of(caller), now);
            note(caller, after.agent());
        });
    }

    /** As others are shown it: the trail tells that the agent chose something, and not what kind of rest. */
    private void note(Caller caller, Agent agent) {
        AgentState chosen =
                agent.rest().isPresent() ? AgentState.NOT_READY : agent.face().wanted();
        trail.record(
                caller,
                "agent.state-chosen",
                "agent:" + agent.id(),
                Map.of("state", chosen.name(), "afterWrapUp", agent.carried() > 0));
    }

    @Override
    public String kind() {
        return Situations.REST;
    }

    @Override
    public int batchSize() {
        return 500;
    }

    /** As of a deadline: somebody waits for it, and who comes second finds that it was done. */
    @Override
    public Duration lease() {
        return Duration.ofSeconds(3);
    }

    @Override
    public boolean isUrgent() {
        return true;
    }

    /** Agents whose time is over are stored as that. */
    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        tenancy.run(tenant, () -> {
            List<AgentId> agents =
                    items.stream().map(item -> new AgentId(item.id())).toList();
            desk.lock(agents);
            Instant now = clock.instant();
            Situations.Loaded before = situations.load(agents, List.of(), now);
            dueWork.done(items);
            situations.store(before, agents.stream().map(before::of).toList(), Deed.OF_THE_SYSTEM, now);
            replanEarly(before.agents().values(), now);
        });
    }

    /** One that was handed out before its time, because a clock differs, is planned again. */
    private void replanEarly(Collection<Agent> agents, Instant now) {
        var early = new TreeMap<String, Instant>();
        for (Agent agent : agents) {
            Instant end = Situations.restEnd(agent.restsOverBy(now));
            if (end != null) {
                early.put(agent.id().value(), end);
            }
        }
        dueWork.schedule(Situations.REST, early);
    }
}
