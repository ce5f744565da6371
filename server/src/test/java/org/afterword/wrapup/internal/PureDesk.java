package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegHistory;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpSettings;

/** The live core without a database: the same rules over maps, for properties that take thousands of histories. */
final class PureDesk {
    final AfterCallRules rules = new AfterCallRules(WrapUpSettings.DEFAULT);
    final Map<AgentId, Situation> situations = new TreeMap<>();
    final Map<InteractionId, List<LegSpan>> legs = new TreeMap<>();
    final List<BatchRules.Leak> leaks = new ArrayList<>();
    private final Map<InteractionId, Set<LegFact>> facts = new TreeMap<>();
    private final Map<InteractionId, InteractionDetails> details = new TreeMap<>();
    private final Map<String, Instant> seen = new TreeMap<>();
    final PolicyChoice policies;
    private int ids;

    PureDesk(PolicyRule... policies) {
        var catalog = new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(policies),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        this.policies = new PolicyChoice(new CatalogVersion(1, catalog), Set.of());
    }

    static PolicyRule timeboxed(int windowSeconds, PolicySettings.AtDeadline atDeadline) {
        return APolicy.of("timeboxed", """
                {'mode': 'TIMEBOXED', 'windowSeconds': %d, 'atDeadline': '%s', 'deferDueSeconds': 3600, 'deferrable': true,
                 'extensions': {'count': 1, 'seconds': 30}, 'requiredParts': [], 'noResponseSeconds': 0}
                """.formatted(windowSeconds, atDeadline));
    }

    /** Takes a batch as {@code POST /api/v1/events} does: known events are passed over. */
    void receive(Collection<? extends ContactEvent> batch, Instant receivedAt) {
        List<ContactEvent> events = new ArrayList<>();
        for (ContactEvent event : batch) {
            if (seen.putIfAbsent(
                            event.envelope().source() + " " + event.envelope().id(), event.at())
                    == null) {
                events.add(event);
            }
        }
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.Started started) {
                details.put(started.interaction(), started.details());
            }
        }
        BatchRules.legFacts(events)
                .forEach((id, more) ->
                        facts.computeIfAbsent(id, i -> new TreeSet<>()).addAll(more));
        var changed = new TreeMap<InteractionId, List<LegSpan>>();
        BatchRules.interactions(events)
                .forEach(id -> changed.put(id, LegHistory.derive(id, facts.getOrDefault(id, Set.of()))));
        legs.putAll(changed);
        var agents = new TreeSet<>(BatchRules.agents(events));
        changed.values().forEach(spans -> spans.forEach(span -> agents.add(span.agent())));
        var rulesOfBatch = new BatchRules(rules, policies, () -> new WrapUpId("w" + ids++), receivedAt);
        Map<InteractionId, InteractionDetails> known = Map.copyOf(details);
        for (AgentId agent : agents) {
            situations.put(agent, rulesOfBatch.apply(situation(agent), events, changed, known, leaks::add));
        }
    }

    void receive(ContactEvent event, Instant receivedAt) {
        receive(List.of(event), receivedAt);
    }

    Situation situation(AgentId agent) {
        return situations.getOrDefault(agent, Situation.of(Agent.unknown(agent), List.of()));
    }

    Agent agent(String id) {
        return situation(new AgentId(id)).agent();
    }

    /** The wrap-up of the only leg of an interaction. */
    WrapUp wrapUp(String interaction) {
        List<WrapUp> found = wrapUps().stream()
                .filter(w -> w.interaction().value().equals(interaction))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("interaction %s has %d wrap-ups".formatted(interaction, found.size()));
        }
        return found.getFirst();
    }

    List<WrapUp> wrapUps() {
        return situations.values().stream()
                .flatMap(s -> s.wrapUps().values().stream())
                .toList();
    }

    /** The leaks that follow from what is known now, whatever was said of them before. */
    Set<BatchRules.Leak> leaksKnown() {
        var all = new HashSet<BatchRules.Leak>();
        situations.values().forEach(s -> all.addAll(BatchRules.leaks(s.agent(), details)));
        return all;
    }

    Channel channelOf(InteractionId interaction) {
        return details.getOrDefault(interaction, InteractionDetails.UNKNOWN).channelOrVoice();
    }

    /** Ends what an agent has on, as a supervisor does. */
    void release(WrapUp wrapUp, Instant now) {
        InteractionId interaction = wrapUp.interaction();
        Set<LegFact> known = facts.computeIfAbsent(interaction, i -> new TreeSet<>());
        known.add(new LegFact(LegFact.Kind.RELEASED, now, wrapUp.agent(), null, null, false, "afterword", "r" + ids++));
        List<LegSpan> spans = LegHistory.derive(interaction, known);
        legs.put(interaction, spans);
        change(
                wrapUp.id(),
                s -> rules.legReleased(
                        s,
                        wrapUp.id(),
                        spans.stream()
                                .filter(span -> span.agent().equals(wrapUp.agent()))
                                .map(span -> new AfterCallRules.LegChange(span, InteractionDetails.UNKNOWN))
                                .toList(),
                        policies,
                        () -> new WrapUpId("w" + ids++),
                        "its end was lost",
                        now));
    }

    /** Lets every deadline that has come take effect, as the sweep does. */
    void sweep(Instant now) {
        for (WrapUp wrapUp : wrapUps()) {
            Situation situation = situation(wrapUp.agent());
            situations.put(wrapUp.agent(), rules.deadlineReached(situation, wrapUp.id(), now));
            situation = situation(wrapUp.agent());
            situations.put(wrapUp.agent(), rules.becameFinal(situation, wrapUp.id(), now));
        }
    }

    void complete(WrapUpId id, Instant now) {
        change(
                id,
                situation -> rules.completed(
                        situation, id, new WrapUp.Result("DONE", null, 0, 0, null), "user:ann", null, now));
    }

    void change(WrapUpId id, java.util.function.UnaryOperator<Situation> rule) {
        WrapUp wrapUp =
                wrapUps().stream().filter(w -> w.id().equals(id)).findFirst().orElseThrow();
        situations.put(wrapUp.agent(), rule.apply(situation(wrapUp.agent())));
    }

    /** Events as a switch would send them, each with an id of its own. */
    static final class Switch {
        private int next;
        private final Instant receivedAt;

        Switch(Instant receivedAt) {
            this.receivedAt = receivedAt;
        }

        ContactEvent.Envelope at(Instant time) {
            return new ContactEvent.Envelope("switch", "e" + next++, time, receivedAt);
        }
    }

    static InteractionId interaction(String id) {
        return new InteractionId(id);
    }

    static AgentId agentId(String id) {
        return new AgentId(id);
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
