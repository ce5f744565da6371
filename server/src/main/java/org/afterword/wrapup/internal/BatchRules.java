package org.afterword.wrapup.internal;

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
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentProfile;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegSpan;
import org.afterword.desk.PresenceFact;
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

    /** The data of {@code gate.leaked}: {@code units} were asked of an agent whose wrap-ups held {@code heldUnits}. */
    record Leak(AgentId agentId, InteractionId interactionId, String kind, int units, int heldUnits, int capacity) {}

    /**
     * One agent after the batch.
     *
     * @param legs    all legs of the batch's interactions as they are known now
     * @param details of the batch's interactions
     * @param leaks   told of every offer and connect that passed the gate
     */
    Situation apply(
            Situation before,
            List<ContactEvent> events,
            Map<InteractionId, List<LegSpan>> legs,
            Map<InteractionId, InteractionDetails> details,
            Consumer<Leak> leaks) {
        Situation present = presence(before, events);
        Situation offered = reservations(present, events, details, leaks);
        return rules.legsAre(offered, legsOf(before.agent().id(), legs, details), policies, newId, receivedAt);
    }

    private Situation presence(Situation situation, List<ContactEvent> events) {
        AgentId agent = situation.agent().id();
        var facts = new ArrayList<PresenceFact>();
        Situation now = situation;
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.AgentSignedIn signedIn
                    && signedIn.agent().equals(agent)
                    && !now.agent().signedInAfter(signedIn.at())) {
                now = now.with(now.agent().withProfile(profile(now.agent().profile(), signedIn)));
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
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.SIGNED_IN, null);
            case ContactEvent.AgentReady e when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.READY, null);
            case ContactEvent.AgentNotReady e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.NOT_READY, e.reason());
            case ContactEvent.AgentSignedOut e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.SIGNED_OUT, e.reason());
            case ContactEvent.Connected e
            when e.agent().equals(agent) -> fact(event, PresenceFact.Kind.CONNECTED, null);
            default -> null;
        };
    }

    private static PresenceFact fact(ContactEvent event, PresenceFact.Kind kind, @Nullable String reason) {
        return new PresenceFact(
                kind,
                event.at(),
                reason,
                event.envelope().source(),
                event.envelope().id());
    }

    private static AgentProfile profile(AgentProfile known, ContactEvent.AgentSignedIn told) {
        return new AgentProfile(
                told.name() == null ? known.name() : told.name(),
                told.team() == null ? known.team() : told.team(),
                told.site() == null ? known.site() : told.site(),
                told.skills() == null ? known.skills() : Set.copyOf(told.skills()),
                told.capacity() == null ? known.capacity() : told.capacity(),
                told.hired() == null ? known.hired() : told.hired(),
                told.level() == null ? known.level() : told.level());
    }

    /** An offer or a connect to a held agent without a reservation leaks through the gate; a reservation ends by it. */
    private Situation reservations(
            Situation situation,
            List<ContactEvent> events,
            Map<InteractionId, InteractionDetails> details,
            Consumer<Leak> leaks) {
        AgentId self = situation.agent().id();
        Agent agent = situation.agent();
        for (ContactEvent event : events) {
            switch (event) {
                case ContactEvent.Offered e when e.agent().equals(self) -> leak(agent, e, "offered", details, leaks);
                case ContactEvent.Connected e
                when e.agent().equals(self) -> {
                    leak(agent, e, "connected", details, leaks);
                    agent = agent.unreserve(e.interaction());
                }
                case ContactEvent.Missed e when e.agent().equals(self) -> agent = agent.unreserve(e.interaction());
                default -> {
                    // nothing that concerns reservations
                }
            }
        }
        return situation.with(agent);
    }

    private void leak(
            Agent agent,
            ContactEvent.OfInteraction event,
            String kind,
            Map<InteractionId, InteractionDetails> details,
            Consumer<Leak> leaks) {
        InteractionId interaction = event.interaction();
        int capacity = agent.profile().capacity();
        int held = agent.heldUnitsAt(event.at());
        int units = Leg.unitsOf(
                details.getOrDefault(interaction, InteractionDetails.UNKNOWN).channelOrVoice(), capacity);
        if (held > 0
                && capacity - held < units
                && !event.envelope().late()
                && agent.findReservation(interaction, receivedAt).isEmpty()) {
            leaks.accept(new Leak(agent.id(), interaction, kind, units, held, capacity));
        }
    }

    private static List<AfterCallRules.LegChange> legsOf(
            AgentId agent, Map<InteractionId, List<LegSpan>> legs, Map<InteractionId, InteractionDetails> details) {
        var changes = new ArrayList<AfterCallRules.LegChange>();
        legs.forEach((interaction, spans) -> spans.stream()
                .filter(span -> span.agent().equals(agent))
                .forEach(span -> changes.add(new AfterCallRules.LegChange(
                        span, details.getOrDefault(interaction, InteractionDetails.UNKNOWN)))));
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
            case ContactEvent.DesktopApp e -> List.of();
            case ContactEvent.OfAgent e -> List.of(e.agent());
            case ContactEvent.Offered e -> List.of(e.agent());
            case ContactEvent.Missed e -> List.of(e.agent());
            case ContactEvent.Connected e -> List.of(e.agent());
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
            case ContactEvent.Held e -> legFact(e, LegFact.Kind.HELD, e.agent(), e.legId(), null);
            case ContactEvent.Resumed e -> legFact(e, LegFact.Kind.RESUMED, e.agent(), e.legId(), null);
            case ContactEvent.Transferred e -> legFact(e, LegFact.Kind.LEFT, e.agent(), e.legId(), null);
            case ContactEvent.Left e -> legFact(e, LegFact.Kind.LEFT, e.agent(), e.legId(), null);
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
