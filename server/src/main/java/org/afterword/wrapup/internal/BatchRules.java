package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.desk.PresenceFact;
import org.afterword.desk.ProfileChange;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of events does to agents and their wrap-ups, from the arguments alone. An agent's presence comes first, then
 * its reservations, then its legs as the facts tell them; so the order of arrival does not matter.
 */
final class BatchRules {
    private final AfterCallRules rules;
    private final PolicyChoice policies;
    private final Supplier<WrapUpId> newId;
    private final Instant receivedAt;

    BatchRules(AfterCallRules rules, PolicyChoice policies, Supplier<WrapUpId> newId, Instant receivedAt) {
        this.rules = rules;
        this.policies = policies;
        this.newId = newId;
        this.receivedAt = receivedAt;
    }

    /**
     * The data of {@code gate.leaked}: at {@code at}, {@code units} were asked of an agent whose wrap-ups held
     * {@code heldUnits}. {@code source} and {@code eventId} are the key of the event that asked: a leak that facts undo and others
     * bring back is told again under the same key.
     */
    record Leak(
            AgentId agentId,
            InteractionId interactionId,
            String kind,
            Instant at,
            int units,
            int heldUnits,
            int capacity,
            String source,
            String eventId) {
        private String key() {
            return kind + " " + source + " " + eventId;
        }
    }

    /**
     * The data of {@code gate.offered}: {@code units} were asked of an agent whose wrap-ups held {@code heldUnits} by what was
     * known then.
     *
     * @param leaked  it passed the gate; if facts that come later say so, {@code gate.leaked} tells it under the same key
     * @param resting the agent rested, and should have been offered nothing; no leak
     */
    record Offer(
            AgentId agentId,
            InteractionId interactionId,
            Instant at,
            int units,
            int heldUnits,
            int capacity,
            boolean leaked,
            boolean resting,
            String source,
            String eventId) {}

    /** The data of {@code gate.missed}: an offer that the agent did not take. */
    record Missed(
            AgentId agentId,
            InteractionId interactionId,
            Instant at,
            @Nullable String reason,
            String source,
            String eventId) {
        static Missed of(ContactEvent.Missed event) {
            return new Missed(
                    event.agent(),
                    event.interaction(),
                    event.at(),
                    event.reason(),
                    event.envelope().source(),
                    event.envelope().id());
        }
    }

    /** What was asked of an agent at one time, and what its wrap-ups held then. */
    private record Ask(InteractionId interaction, int units, int held, int capacity) {
        boolean passesTheGate() {
            return held > 0 && capacity - held < units;
        }
    }

    /**
     * One agent after the batch.
     *
     * @param legs    all legs of the batch's interactions as they are known now
     * @param details of the batch's interactions, and of those that its agents were offered lately
     * @param byHand  by leg, the id under which its contact was opened by hand
     * @param leaks   told of every offer and connect that passed the gate and was not known before
     */
    Situation apply(
            Situation before,
            List<ContactEvent> events,
            Map<InteractionId, List<LegSpan>> legs,
            Map<InteractionId, InteractionDetails> details,
            Map<LegKey, InteractionId> byHand,
            Consumer<Leak> leaks) {
        Situation present = presence(before, events);
        Situation offered = present.with(unreserved(present.agent(), events));
        Situation after =
                rules.legsAre(offered, legsOf(before.agent().id(), legs, details, byHand), policies, newId, receivedAt);
        Set<String> known =
                leaks(before.agent(), details).stream().map(Leak::key).collect(Collectors.toSet());
        leaks(after.agent(), details).stream()
                .filter(leak -> !known.contains(leak.key()))
                .filter(leak -> before.agent()
                        .findReservation(leak.interactionId(), receivedAt)
                        .isEmpty())
                .forEach(leaks);
        return after;
    }

    private Situation presence(Situation situation, List<ContactEvent> events) {
        AgentId agent = situation.agent().id();
        var facts = new ArrayList<PresenceFact>();
        Situation now = situation;
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.AgentSignedIn signedIn
                    && signedIn.agent().equals(agent)
                    && event.envelope().late()) {
                now = now.with(now.agent().withLateProfile(profile(signedIn), signedIn.at()));
            }
            PresenceFact fact = presenceFact(event, agent);
            if (fact != null && !event.envelope().late()) {
                facts.add(fact);
            }
        }
        return facts.isEmpty() ? now : rules.presenceChanged(now, facts);
    }

    private static @Nullable PresenceFact presenceFact(ContactEvent event, AgentId agent) {
        return switch (event) {
            case ContactEvent.AgentSignedIn e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.SIGNED_IN, null, null, profile(e));
            case ContactEvent.AgentReady e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.READY, null, null, null);
            case ContactEvent.AgentNotReady e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.NOT_READY, e.reason(), null, null);
            case ContactEvent.AgentSignedOut e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.SIGNED_OUT, e.reason(), null, null);
            case ContactEvent.Opened e
            when e.agent().equals(agent) ->
                // who opens a contact by hand was asked by nobody
                fact(event, PresenceFact.Kind.CONNECTED, null, null, null);
            case ContactEvent.Connected e
            when e.agent().equals(agent) ->
                // a monitor takes no units, so it asks for none
                fact(
                        event,
                        PresenceFact.Kind.CONNECTED,
                        null,
                        e.role() == LegRole.MONITOR ? null : e.interaction(),
                        null);
            case ContactEvent.Offered e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.OFFERED, null, e.interaction(), null);
            case ContactEvent.DesktopApp e
            when e.agent().equals(agent) && e.waiting() && e.interaction() != null ->
                // an application tells of a wait when it is over
                new PresenceFact(
                        PresenceFact.Kind.WAITED,
                        e.at(),
                        null,
                        e.interaction(),
                        null,
                        Duration.ofMillis(Math.round(e.seconds() * 1000)),
                        e.envelope().source(),
                        e.envelope().id());
            default -> null;
        };
    }

    private static PresenceFact fact(
            ContactEvent event,
            PresenceFact.Kind kind,
            @Nullable String reason,
            @Nullable InteractionId interaction,
            @Nullable ProfileChange profile) {
        return new PresenceFact(
                kind,
                event.at(),
                reason,
                interaction,
                profile,
                null,
                event.envelope().source(),
                event.envelope().id());
    }

    private static ProfileChange profile(ContactEvent.AgentSignedIn told) {
        return new ProfileChange(
                told.name(),
                told.team(),
                told.site(),
                told.skills() == null ? null : Set.copyOf(told.skills()),
                told.capacity(),
                told.hired(),
                told.level());
    }

    /** A reservation ends by the connect or the miss that it was made for. */
    private static Agent unreserved(Agent before, List<ContactEvent> events) {
        Agent agent = before;
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.Connected e && e.agent().equals(agent.id())) {
                agent = agent.unreserve(e.interaction());
            } else if (event instanceof ContactEvent.Missed e && e.agent().equals(agent.id())) {
                agent = agent.unreserve(e.interaction());
            }
        }
        return agent;
    }

    /**
     * Every offer and connect that passed the gate, as far as the agent's facts and legs still tell: work that asked for
     * more than its wrap-ups left at that time. In whatever order the facts came, the same leaks follow.
     */
    static List<Leak> leaks(Agent agent, Map<InteractionId, InteractionDetails> details) {
        var leaks = new ArrayList<Leak>();
        for (PresenceFact fact : agent.facts()) {
            Ask ask = ask(fact, agent, details);
            if (ask != null && ask.passesTheGate()) {
                leaks.add(new Leak(
                        agent.id(),
                        ask.interaction(),
                        fact.kind() == PresenceFact.Kind.OFFERED ? "offered" : "connected",
                        fact.at(),
                        ask.units(),
                        ask.held(),
                        ask.capacity(),
                        fact.source(),
                        fact.id()));
            }
        }
        return leaks;
    }

    /** The offers that came with a batch, in the order of their times. What came out of the lateness bound moved nothing. */
    static List<Offer> offers(
            Agent before, Agent after, Map<InteractionId, InteractionDetails> details, Instant receivedAt) {
        var offers = new ArrayList<Offer>();
        for (PresenceFact fact : after.facts()) {
            if (fact.kind() == PresenceFact.Kind.OFFERED && !before.facts().contains(fact)) {
                Ask ask = ask(fact, after, details);
                if (ask != null) {
                    offers.add(new Offer(
                            after.id(),
                            ask.interaction(),
                            fact.at(),
                            ask.units(),
                            ask.held(),
                            ask.capacity(),
                            ask.passesTheGate()
                                    && before.findReservation(ask.interaction(), receivedAt)
                                            .isEmpty(),
                            after.wasResting(fact.at()),
                            fact.source(),
                            fact.id()));
                }
            }
        }
        return offers;
    }

    /** Null of a fact that asks for nothing, and of whom the agent calls by itself: that passes no gate. */
    private static @Nullable Ask ask(PresenceFact fact, Agent agent, Map<InteractionId, InteractionDetails> details) {
        InteractionId asked = fact.asksFor();
        if (asked == null || isOutbound(asked, details)) {
            return null;
        }
        int held = agent.heldUnitsAt(fact.at());
        // what the capacity was then takes reckoning, and matters only where something was held
        int capacity = held > 0 ? agent.capacityAt(fact.at()) : agent.profile().capacity();
        return new Ask(asked, Leg.unitsOf(channel(asked, agent, details), capacity), held, capacity);
    }

    private static boolean isOutbound(InteractionId interaction, Map<InteractionId, InteractionDetails> details) {
        InteractionDetails known = details.get(interaction);
        return known != null && known.direction() == Direction.OUTBOUND;
    }

    private static Channel channel(
            InteractionId interaction, Agent agent, Map<InteractionId, InteractionDetails> details) {
        InteractionDetails known = details.get(interaction);
        return known != null
                ? known.channelOrVoice()
                : agent.legs().values().stream()
                        .filter(leg -> leg.interaction().equals(interaction))
                        .map(Leg::channel)
                        .findFirst()
                        .orElse(Channel.VOICE);
    }

    private static List<AfterCallRules.LegChange> legsOf(
            AgentId agent,
            Map<InteractionId, List<LegSpan>> legs,
            Map<InteractionId, InteractionDetails> details,
            Map<LegKey, InteractionId> byHand) {
        var changes = new ArrayList<AfterCallRules.LegChange>();
        legs.forEach((interaction, spans) -> spans.stream()
                .filter(span -> span.agent().equals(agent))
                .forEach(span -> changes.add(new AfterCallRules.LegChange(
                        span, details.getOrDefault(interaction, InteractionDetails.UNKNOWN), byHand.get(span.key())))));
        return changes;
    }

    /** The interactions whose legs a batch moves. */
    static Set<InteractionId> interactions(Collection<ContactEvent> events) {
        var ids = new TreeSet<InteractionId>();
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.OfLeg ofLeg) {
                ids.add(ofLeg.interaction());
            }
        }
        return ids;
    }

    /** The agents that a batch names as its actors; those on the legs of its interactions come on top. */
    static Set<AgentId> agents(Collection<ContactEvent> events) {
        var agents = new TreeSet<AgentId>();
        events.forEach(event -> agents.addAll(agents(event)));
        return agents;
    }

    private static List<AgentId> agents(ContactEvent event) {
        return switch (event) {
            case ContactEvent.DesktopApp e -> e.waiting() && e.interaction() != null ? List.of(e.agent()) : List.of();
            case ContactEvent.OfAgent e -> List.of(e.agent());
            case ContactEvent.Offered e -> List.of(e.agent());
            case ContactEvent.Missed e -> List.of(e.agent());
            case ContactEvent.Connected e -> List.of(e.agent());
            case ContactEvent.Opened e -> List.of(e.agent());
            case ContactEvent.Closed e -> List.of(e.agent());
            default -> List.of();
        };
    }

    /** What a batch adds to the facts of its interactions. */
    static Map<InteractionId, List<LegFact>> legFacts(Collection<ContactEvent> events) {
        var facts = new TreeMap<InteractionId, List<LegFact>>();
        events.forEach(event -> legFact(event, facts));
        return facts;
    }

    private static void legFact(ContactEvent event, Map<InteractionId, List<LegFact>> facts) {
        LegFact fact = switch (event) {
            case ContactEvent.Connected e -> legFact(e, LegFact.Kind.CONNECTED, e.agent(), e.legId(), e.role());
            case ContactEvent.Opened e -> legFact(e, LegFact.Kind.CONNECTED, e.agent(), null, LegRole.PRIMARY);
            case ContactEvent.Closed e -> legFact(e, LegFact.Kind.LEFT, e.agent(), null, null);
            case ContactEvent.Held e -> legFact(e, LegFact.Kind.HELD, e.agent(), e.legId(), null);
            case ContactEvent.Resumed e -> legFact(e, LegFact.Kind.RESUMED, e.agent(), e.legId(), null);
            case ContactEvent.Transferred e -> legFact(e, LegFact.Kind.LEFT, e.agent(), e.legId(), null);
            case ContactEvent.Left e -> legFact(e, LegFact.Kind.LEFT, e.agent(), e.legId(), null);
            case ContactEvent.Failed e when e.agent() != null -> legFact(e, LegFact.Kind.FAILED, e.agent(), null, null);
            case ContactEvent.Ended e -> legFact(e, LegFact.Kind.ENDED, null, null, null);
            default -> null;
        };
        if (fact != null && event instanceof ContactEvent.OfLeg ofLeg) {
            facts.computeIfAbsent(ofLeg.interaction(), id -> new ArrayList<>()).add(fact);
        }
    }

    private static LegFact legFact(
            ContactEvent event,
            LegFact.Kind kind,
            @Nullable AgentId agent,
            @Nullable String legId,
            @Nullable LegRole role) {
        ContactEvent.Envelope envelope = event.envelope();
        return new LegFact(kind, event.at(), agent, legId, role, envelope.late(), envelope.source(), envelope.id());
    }
}
