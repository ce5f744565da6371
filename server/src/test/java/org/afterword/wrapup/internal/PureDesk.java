package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegHistory;
import org.afterword.desk.LegSpan;
import org.afterword.desk.Reservation;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpSettings;
import org.jspecify.annotations.Nullable;

/** The live core without a database: the same rules over maps, for properties that take thousands of histories. */
final class PureDesk {
    /** Fewer than the desk keeps, so that short histories are long enough to see it. */
    private static final int FACTS_KEPT = 6;

    final AfterCallRules rules = new AfterCallRules(WrapUpSettings.DEFAULT);
    final Map<AgentId, Situation> situations = new TreeMap<>();
    final Map<InteractionId, List<LegSpan>> legs = new TreeMap<>();
    final List<BatchRules.Leak> leaks = new ArrayList<>();
    private final Map<InteractionId, Set<LegFact>> facts = new TreeMap<>();
    private final Map<InteractionId, InteractionDetails> details = new TreeMap<>();
    final Map<InteractionId, ByHand> byHand = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    PolicyChoice policies;
    private final Map<Long, PolicyChoice> versions = new TreeMap<>();
    private final Map<AgentId, Due> dueNext = new HashMap<>();
    private final Map<Long, CatalogVersion> catalogs = new TreeMap<>();

    /** Whether agents are stored and loaded between changes, as the desk does; else everything stays as it was. */
    private boolean forgetting;

    /** In the order of the alphabet, as real ones are. */
    private int ids = 100_000;

    PureDesk(PolicyRule... policies) {
        this.policies = publish(1, List.of(policies));
    }

    PureDesk forgetting() {
        forgetting = true;
        return this;
    }

    /** From now on, legs that end get these policies. */
    PolicyChoice publish(int version, List<PolicyRule> rules) {
        CatalogVersion catalog = catalog(version, rules);
        policies = new PolicyChoice(catalog, Set.of());
        versions.put((long) version, policies);
        catalogs.put((long) version, catalog);
        return policies;
    }

    /** One that has nothing but these policies. */
    static CatalogVersion catalog(int version, List<PolicyRule> rules) {
        return new CatalogVersion(
                version,
                new Catalog(
                        List.of(), List.of(), List.of(), List.of(), rules, List.of(), List.of(), List.of(), List.of(),
                        List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    /** A wrap-up as a replay finds it. */
    PastWrapUp past(WrapUp wrapUp) {
        return new PastWrapUp(
                wrapUp,
                detailsOf(wrapUp.interaction()),
                situation(wrapUp.agent()).agent().profile(),
                Objects.requireNonNull(catalogs.get(wrapUp.fixedPolicy().version())));
    }

    /** The policies that a wrap-up opened under; those of now while its leg is on. */
    PolicyChoice policiesOf(WrapUp wrapUp) {
        return wrapUp.policy() == null
                ? policies
                : versions.getOrDefault(wrapUp.policy().version(), policies);
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
            if (seen.add(event.envelope().source() + " " + event.envelope().id())) {
                events.add(event);
            }
        }
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.Started started) {
                details.put(started.interaction(), started.details());
            } else if (event instanceof ContactEvent.Opened opened) {
                details.put(opened.interaction(), opened.details());
                byHand.put(opened.interaction(), ByHand.opened(opened.interaction(), opened.agent(), opened.at()));
            }
        }
        BatchRules.legFacts(events)
                .forEach((id, more) ->
                        facts.computeIfAbsent(id, i -> new TreeSet<>()).addAll(more));
        var changed = new TreeMap<InteractionId, List<LegSpan>>();
        BatchRules.interactions(events)
                .forEach(id -> changed.put(id, LegHistory.derive(id, facts.getOrDefault(id, Set.of()))));
        var agents = new TreeSet<>(BatchRules.agents(events));
        changed.values().forEach(spans -> spans.forEach(span -> agents.add(span.agent())));
        var rulesOfBatch = new BatchRules(rules, policies, this::newId, receivedAt);
        Map<InteractionId, InteractionDetails> known = Collections.unmodifiableMap(details);
        for (AgentId agent : agents) {
            List<ByHand> contacts = byHand.values().stream()
                    .filter(contact -> contact.agent().equals(agent))
                    .toList();
            var joined = new ByHandRules.Joined(situation(agent), List.of(), changed, Map.of());
            var now = new TreeMap<>(changed);
            if (!contacts.isEmpty()) {
                joined = ByHandRules.joined(situation(agent), contacts, around(situation(agent), contacts, changed));
                joined.contacts().forEach(contact -> byHand.put(contact.interaction(), contact));
                contacts.forEach(contact -> now.remove(contact.interaction()));
                now.putAll(joined.legs());
                contacts.forEach(contact -> keep(agent, contact.interaction(), List.of()));
            }
            now.forEach((interaction, spans) -> keep(agent, interaction, spans));
            situations.put(
                    agent,
                    stored(
                            rulesOfBatch.apply(joined.situation(), events, now, known, joined.byHand(), leaks::add),
                            receivedAt));
        }
    }

    void receive(ContactEvent event, Instant receivedAt) {
        receive(List.of(event), receivedAt);
    }

    Situation situation(AgentId agent) {
        Situation known = situations.get(agent);
        return known == null ? Situation.of(Agent.unknown(agent), List.of()) : known;
    }

    Agent agent(String id) {
        return situation(new AgentId(id)).agent();
    }

    WrapUpId newId() {
        return new WrapUpId("w" + ids++);
    }

    /** Begins a further record of the leg of {@code id}, and answers which. */
    WrapUpId split(WrapUpId id) {
        WrapUpId newId = newId();
        change(id, s -> SplitRules.split(s, id, newId, Set.of()));
        return newId;
    }

    /** The wrap-up of the only leg of an interaction, off which others may have been split. */
    WrapUp wrapUp(String interaction) {
        List<WrapUp> found = wrapUps().stream()
                .filter(w -> w.interaction().value().equals(interaction) && !w.isPart())
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

    /** What is known of the contacts, of what they joined, and of what their agent is in. */
    private ByHandRules.Known around(
            Situation situation, List<ByHand> contacts, Map<InteractionId, List<LegSpan>> changed) {
        var ids = new TreeSet<>(changed.keySet());
        situation.agent().legs().keySet().forEach(leg -> ids.add(leg.interaction()));
        for (ByHand contact : contacts) {
            ids.add(contact.interaction());
            if (contact.joined() != null) {
                ids.add(contact.joined());
            }
        }
        var around = new TreeMap<InteractionId, Set<LegFact>>();
        for (InteractionId id : ids) {
            Set<LegFact> told = facts.get(id);
            if (told != null) {
                around.put(id, told);
            }
        }
        return new ByHandRules.Known(around, Collections.unmodifiableMap(details));
    }

    /** The legs of one agent in an interaction, as they are with what it opened by hand. */
    private void keep(AgentId agent, InteractionId interaction, List<LegSpan> spans) {
        var all = new ArrayList<LegSpan>();
        legs.getOrDefault(interaction, List.of()).stream()
                .filter(span -> !span.agent().equals(agent))
                .forEach(all::add);
        spans.stream().filter(span -> span.agent().equals(agent)).forEach(all::add);
        all.sort(Comparator.comparing(LegSpan::startedAt).thenComparing(LegSpan::key));
        if (all.isEmpty()) {
            legs.remove(interaction);
        } else {
            legs.put(interaction, all);
        }
    }

    Channel channelOf(InteractionId interaction) {
        return detailsOf(interaction).channelOrVoice();
    }

    Map<InteractionId, InteractionDetails> details() {
        return Collections.unmodifiableMap(details);
    }

    InteractionDetails detailsOf(InteractionId interaction) {
        return details.getOrDefault(interaction, InteractionDetails.UNKNOWN);
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
                                .map(span -> new AfterCallRules.LegChange(span, detailsOf(interaction)))
                                .toList(),
                        policies,
                        this::newId,
                        "its end was lost",
                        now));
    }

    /** Lets every deadline that has come take effect, the first one first, as the sweep does. */
    void sweep(Instant now) {
        situations.replaceAll((id, situation) -> {
            Situation rested = RestRules.over(situation, now);
            return rested == situation ? situation : stored(rested, now);
        });
        for (WrapUp due = firstDue(now); due != null; due = firstDue(now)) {
            Situation situation = rules.deadlineReached(situation(due.agent()), due.id(), now);
            situation = DebtRules.overdue(rules.becameFinal(situation, due.id(), now), due.id(), now);
            situations.put(due.agent(), stored(situation, now));
        }
    }

    private @Nullable WrapUp firstDue(Instant now) {
        Due first = null;
        for (Situation situation : situations.values()) {
            Due next = dueNext.compute(
                    situation.agent().id(),
                    (id, known) -> known != null && known.of == situation ? known : Due.next(situation));
            if (next.at != null && !next.at.isAfter(now) && (first == null || next.compareTo(first) < 0)) {
                first = next;
            }
        }
        return first == null ? null : first.wrapUp;
    }

    /** What happens next by itself to a situation, which is a value; without {@code at} nothing does. */
    private record Due(
            Situation of, @Nullable Instant at, @Nullable WrapUp wrapUp) implements Comparable<Due> {
        static Due next(Situation situation) {
            var next = new Due(situation, null, null);
            for (WrapUp wrapUp : situation.wrapUps().values()) {
                next = next.orSooner(Situations.deadline(situation, wrapUp), wrapUp);
                next = next.orSooner(Situations.finalAt(wrapUp), wrapUp);
                next = next.orSooner(Situations.debtDueAt(wrapUp), wrapUp);
            }
            return next;
        }

        private Due orSooner(@Nullable Instant time, WrapUp other) {
            return time != null && (at == null || time.isBefore(at)) ? new Due(of, time, other) : this;
        }

        @Override
        public int compareTo(Due other) {
            return Comparator.comparing((Due due) -> Objects.requireNonNull(due.at))
                    .thenComparing(due -> Objects.requireNonNull(due.wrapUp).id())
                    .compare(this, other);
        }
    }

    /** As the desk stores an agent: what is older than the lateness bound is folded in, and events are written out. */
    private Situation stored(Situation changed, Instant now) {
        Situation situation = RestRules.over(changed, now);
        if (!forgetting) {
            return situation;
        }
        Duration apart = situation.agent().lookBack();
        Instant until =
                now.minus(apart.compareTo(ContactEvent.LATENESS_BOUND) > 0 ? apart : ContactEvent.LATENESS_BOUND);
        Agent agent = situation.agent().settleReleases(until);
        if (agent.facts().size() > FACTS_KEPT) {
            agent = agent.settle(until);
        }
        Instant free = agent.settledFree();
        var legs = new TreeMap<>(agent.legs());
        legs.values()
                .removeIf(leg -> free != null
                        && leg.releasedAt() != null
                        && !leg.releasedAt().isAfter(free));
        return new Situation(
                new Agent(
                        agent.id(),
                        agent.settledProfile(),
                        agent.settled(),
                        agent.settledUntil(),
                        agent.facts(),
                        legs,
                        agent.reservations().stream().filter(r -> r.isLive(now)).toList(),
                        free,
                        agent.afterWrapUp(),
                        agent.owed(),
                        agent.rests(),
                        agent.lookBack()),
                situation.wrapUps(),
                List.of());
    }

    /** Keeps the agent free that has been idle longest. */
    @Nullable
    AgentId reserve(InteractionId interaction, Channel channel, Duration hold, Instant now) {
        Agent longest = null;
        for (Situation situation : situations.values()) {
            Agent agent = situation.agent();
            if (agent.isEligible(Leg.unitsOf(channel, agent.profile().capacity()), List.of(), now)
                    && (longest == null || idleSince(agent).isBefore(idleSince(longest)))) {
                longest = agent;
            }
        }
        if (longest == null) {
            return null;
        }
        int units = Leg.unitsOf(channel, longest.profile().capacity());
        String id = "reservation" + ids++;
        Agent reserved = longest.reserve(
                new Reservation(id, interaction, longest.id(), channel, null, units, now, now.plus(hold)));
        change(longest.id(), now, s -> s.with(reserved));
        return longest.id();
    }

    private static Instant idleSince(Agent agent) {
        return Objects.requireNonNull(agent.idleSince());
    }

    /** A person puts something into the record, which then has these parts. */
    void write(WrapUpId id, Set<String> parts, Instant now) {
        change(id, s -> AfterCallRules.written(s, id, parts, now));
    }

    void complete(WrapUpId id, Instant now) {
        change(
                id,
                situation -> rules.completed(
                        situation, id, new WrapUp.Result("DONE", null, 0, 0, null), "user:ann", null, now));
    }

    WrapUp find(WrapUpId id) {
        return wrapUps().stream().filter(w -> w.id().equals(id)).findFirst().orElseThrow();
    }

    void change(WrapUpId id, UnaryOperator<Situation> rule) {
        for (Map.Entry<AgentId, Situation> of : situations.entrySet()) {
            if (of.getValue().wrapUps().containsKey(id)) {
                of.setValue(rule.apply(of.getValue()));
                return;
            }
        }
        throw new AssertionError("there is no wrap-up " + id);
    }

    void change(AgentId agent, Instant now, UnaryOperator<Situation> rule) {
        situations.put(agent, stored(rule.apply(situation(agent)), now));
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
