package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Desk;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegHistory;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;

/**
 * The contacts that the agents of a batch opened by hand. Where there are none, which is nearly always, what was loaded for the batch
 * shows that, and they cost nothing.
 */
final class Hands {
    private final Conversations conversations;
    private final Desk desk;
    private final Situations situations;

    Hands(Conversations conversations, Desk desk, Situations situations) {
        this.conversations = conversations;
        this.desk = desk;
        this.situations = situations;
    }

    /** What was loaded, with what concerns contacts by hand too. */
    record Opened(Situations.Loaded loaded, Map<AgentId, ByHandRules.Joined> joined) {
        /** One agent, its wrap-ups where they belong by now. */
        Situation of(AgentId agent) {
            ByHandRules.Joined of = joined.get(agent);
            return of == null ? loaded.of(agent) : of.situation();
        }

        /** The legs of a batch's interactions as they are for one agent. */
        Map<InteractionId, List<LegSpan>> legs(AgentId agent, Map<InteractionId, List<LegSpan>> ofBatch) {
            ByHandRules.Joined of = joined.get(agent);
            if (of == null) {
                return ofBatch;
            }
            var legs = new HashMap<>(ofBatch);
            of.contacts().forEach(contact -> legs.remove(contact.interaction()));
            legs.putAll(of.legs());
            return legs;
        }

        /** By leg, the id under which its contact was opened by hand. */
        Map<LegKey, InteractionId> byHand(AgentId agent) {
            ByHandRules.Joined of = joined.get(agent);
            return of == null ? Map.of() : of.byHand();
        }
    }

    /**
     * Puts them where they belong by what is known with the batch.
     *
     * @param facts of the batch's interactions
     */
    Opened open(Situations.Loaded loaded, Map<InteractionId, List<LegFact>> facts, Instant now) {
        Instant since = now.minus(ContactEvent.LATENESS_BOUND);
        if (!mayConcern(loaded, facts, since)) {
            return new Opened(loaded, Map.of());
        }
        Map<InteractionId, List<LegSpan>> legs = LegHistory.derive(facts);
        List<ByHand> ofAgents = conversations
                .byHand(facts.keySet(), loaded.agents().keySet(), since)
                .get()
                .stream()
                .filter(contact -> loaded.agents().containsKey(contact.agent()))
                .toList();
        if (ofAgents.isEmpty()) {
            return new Opened(loaded, Map.of());
        }
        Set<InteractionId> around = around(ofAgents, loaded, legs);
        var all = new TreeSet<>(legs.keySet());
        loaded.wrapUps().values().forEach(wrapUp -> all.add(wrapUp.interaction()));
        all.addAll(around);
        Situations.Loaded wider = situations.load(loaded.agents().keySet(), all, now);
        Map<InteractionId, InteractionDetails> details = wider.details(around);
        var known = new ByHandRules.Known(desk.factsOf(around), details);
        var joined = new HashMap<AgentId, ByHandRules.Joined>();
        for (AgentId agent : wider.agents().keySet()) {
            List<ByHand> own = ofAgents.stream()
                    .filter(contact -> contact.agent().equals(agent))
                    .toList();
            if (!own.isEmpty()) {
                ByHandRules.Joined of = ByHandRules.joined(wider.of(agent), own, known);
                joined.put(agent, of);
                conversations.join(of.contacts().stream()
                        .filter(contact -> !own.contains(contact))
                        .toList());
                of.contacts().forEach(contact -> tell(contact, details));
            }
        }
        return new Opened(wider, joined);
    }

    /**
     * Whether one of the contacts was opened by hand, or one of the agents opened one lately: an opening is a fact of the contact's
     * leg, of its agent's presence for as long as a call may come in late, and stays with the wrap-up wherever that goes.
     */
    private static boolean mayConcern(
            Situations.Loaded loaded, Map<InteractionId, List<LegFact>> facts, Instant since) {
        return loaded.wrapUps().values().stream().anyMatch(wrapUp -> wrapUp.byHand() != null)
                || loaded.agents().values().stream()
                        .flatMap(agent -> agent.facts().stream())
                        .anyMatch(fact -> fact.source().equals(ByHand.SOURCE)
                                && !fact.at().isBefore(since))
                || facts.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(fact -> fact.source().equals(ByHand.SOURCE));
    }

    /** What the switch does not say of the contact, its agent said. */
    private static void tell(ByHand contact, Map<InteractionId, InteractionDetails> details) {
        InteractionDetails byHand = details.get(contact.interaction());
        if (contact.joined() != null && byHand != null) {
            details.merge(contact.joined(), byHand, InteractionDetails::over);
        }
    }

    /** The contacts, what they joined, and what their agents are in, or were a moment ago. */
    private static Set<InteractionId> around(
            List<ByHand> contacts, Situations.Loaded loaded, Map<InteractionId, List<LegSpan>> legs) {
        var around = new TreeSet<InteractionId>();
        for (ByHand contact : contacts) {
            around.add(contact.interaction());
            if (contact.joined() != null) {
                around.add(contact.joined());
            }
            loaded.of(contact.agent()).agent().legs().keySet().forEach(leg -> around.add(leg.interaction()));
            legs.forEach((id, spans) -> {
                if (spans.stream().anyMatch(span -> span.agent().equals(contact.agent()))) {
                    around.add(id);
                }
            });
        }
        return around;
    }
}
