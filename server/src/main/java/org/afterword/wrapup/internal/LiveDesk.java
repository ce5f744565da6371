package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.conversation.LiveCore;
import org.afterword.desk.Desk;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegHistory;
import org.afterword.desk.LegSpan;
import org.afterword.desk.PresenceFact;
import org.afterword.governance.Trail;
import org.afterword.identity.AgentId;
import org.afterword.platform.EventLog;
import org.afterword.platform.Ids;
import org.afterword.platform.Meters;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Applies a stored batch: adds its facts, lets {@link BatchRules} derive everything that follows from them, and stores what
 * changed.
 */
@Component
class LiveDesk implements LiveCore {
    private final Desk desk;
    private final Situations situations;
    private final Conversations conversations;
    private final Catalogs catalogs;
    private final AfterCallRules rules;
    private final Surges surges;
    private final EventLog eventLog;
    private final Tenancy tenancy;
    private final Trail trail;
    private final Hands hands;
    private final Rejoins rejoins;

    LiveDesk(
            Desk desk,
            Situations situations,
            Conversations conversations,
            Catalogs catalogs,
            AfterCallRules rules,
            Surges surges,
            EventLog eventLog,
            Tenancy tenancy,
            Trail trail,
            Rejoins rejoins) {
        this.desk = desk;
        this.situations = situations;
        this.conversations = conversations;
        this.catalogs = catalogs;
        this.rules = rules;
        this.surges = surges;
        this.eventLog = eventLog;
        this.tenancy = tenancy;
        this.trail = trail;
        this.hands = new Hands(conversations, desk, situations);
        this.rejoins = rejoins;
    }

    @Override
    public void lock(List<ContactEvent> events) {
        Set<AgentId> agents = new TreeSet<>(desk.agentsOf(BatchRules.interactions(events)));
        agents.addAll(BatchRules.agents(events));
        desk.lockAhead(agents);
        surges.lockAhead(events);
    }

    @Override
    public void apply(List<ContactEvent> events, Instant receivedAt) {
        surges.apply(events, catalogs::get, receivedAt);
        Set<InteractionId> interactions = BatchRules.interactions(events);
        Map<InteractionId, List<LegFact>> facts = desk.factsAfter(BatchRules.legFacts(events), interactions);
        Map<InteractionId, List<LegSpan>> legs = LegHistory.derive(facts);
        Set<AgentId> agents = new TreeSet<>(BatchRules.agents(events));
        legs.values().forEach(spans -> spans.forEach(span -> agents.add(span.agent())));
        if (!agents.isEmpty()) {
            Supplier<Set<String>> surging = surges.surging(receivedAt);
            Situations.Loaded loaded = rejoins.widened(
                    situations.load(agents, interactions, receivedAt), events, interactions, receivedAt);
            Hands.Opened opened = hands.open(loaded, facts, receivedAt);
            Situations.Loaded before = opened.loaded();
            Map<InteractionId, InteractionDetails> details = before.details(concerned(interactions, before));
            CatalogVersion catalog = before.catalog();
            var batch = new BatchRules(
                    rules,
                    new PolicyChoice(catalog, surging.get()),
                    () -> new WrapUpId(Ids.at(receivedAt)),
                    receivedAt);
            var after = new ArrayList<Situation>();
            var gate = new GateNews(catalog.catalog(), details, receivedAt);
            for (AgentId agent : agents) {
                Situation was = opened.of(agent);
                var leaks = new ArrayList<BatchRules.Leak>();
                Situation is =
                        batch.apply(was, events, opened.legs(agent, legs), details, opened.byHand(agent), leaks::add);
                gate.add(was.agent(), is.agent(), leaks);
                after.add(is);
            }
            situations.store(before, rejoins.linked(before, after, events, receivedAt), Deed.OF_THE_SYSTEM, receivedAt);
            gate.addMisses(events);
            eventLog.append(gate.events());
            TenantId tenant = tenancy.current();
            Tenancy.afterCommit(() -> {
                Meters.count("afterword.gate.leaks", tenant, gate.leaks());
                Meters.count("afterword.gate.offers.resting", tenant, gate.offersWhileResting());
            });
        }
        queueStatus(events, receivedAt);
        note(events);
        count(events);
    }

    /** What people did with contacts by hand. */
    private void note(List<ContactEvent> events) {
        var entries = new ArrayList<Trail.NewEntry>();
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.Opened opened) {
                entries.add(entry(opened.by(), "contact.opened", opened.interaction(), opened.agent()));
            } else if (event instanceof ContactEvent.Closed closed) {
                entries.add(entry(closed.by(), "contact.closed", closed.interaction(), closed.agent()));
            }
        }
        trail.record(entries);
    }

    private static Trail.NewEntry entry(String by, String kind, InteractionId interaction, AgentId agent) {
        return new Trail.NewEntry(by, kind, "interaction:" + interaction, Map.of("agentId", agent.value()));
    }

    /** What passes the gate, to hold leaks against. A monitor takes no units, so it passes none. */
    private void count(List<ContactEvent> events) {
        long connects = events.stream()
                .filter(event ->
                        event instanceof ContactEvent.Connected connected && connected.role() != LegRole.MONITOR)
                .count();
        if (connects > 0) {
            TenantId tenant = tenancy.current();
            Tenancy.afterCommit(() -> Meters.count("afterword.gate.connects", tenant, connects));
        }
    }

    /** The interactions of the batch, and those that its agents were offered or connected to lately. */
    private static Set<InteractionId> concerned(Set<InteractionId> ofBatch, Situations.Loaded agents) {
        var all = new TreeSet<>(ofBatch);
        agents.agents().values().stream()
                .flatMap(agent -> agent.facts().stream())
                .map(PresenceFact::interaction)
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all;
    }

    private void queueStatus(List<ContactEvent> events, Instant now) {
        eventLog.append(events.stream()
                .filter(ContactEvent.QueueStatus.class::isInstance)
                .map(ContactEvent.QueueStatus.class::cast)
                .map(status -> new EventLog.NewEvent(
                        now,
                        "queue.status",
                        status.queue(),
                        null,
                        new Queue(
                                status.queue(),
                                status.waiting(),
                                status.longestWaitSeconds(),
                                status.serviceLevel(),
                                status.at())))
                .toList());
    }

    /** The data of {@code queue.status}. */
    record Queue(
            String queue,
            int waiting,
            double longestWaitSeconds,
            @Nullable Double serviceLevel,
            Instant at) {}
}
