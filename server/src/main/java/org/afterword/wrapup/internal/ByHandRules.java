package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegHistory;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState.Preparing;
import org.jspecify.annotations.Nullable;

/**
 * Contacts that an agent opened by hand, and which of its switch's calls they turn out to be. That follows from the set of facts:
 * whatever came first, the contact has the switch's id and times, one leg and one wrap-up, and ends by the first end that
 * anybody tells.
 */
final class ByHandRules {
    /** Why a wrap-up is closed that nobody began, and whose contact turned out to have another one. */
    static final String JOINED = "joined";

    private ByHandRules() {}

    /**
     * What is known of the interactions that may belong together.
     *
     * @param facts   of each, as they are stored
     * @param details of each
     */
    record Known(
            Map<InteractionId, ? extends Collection<LegFact>> facts, Map<InteractionId, InteractionDetails> details) {
        List<LegSpan> legs(InteractionId id) {
            return LegHistory.derive(id, facts(id));
        }

        List<LegFact> facts(InteractionId id) {
            Collection<LegFact> of = facts.get(id);
            return of == null ? List.of() : List.copyOf(of);
        }

        /** The leg of a contact as the person who opened it told of it; empty once nothing is kept of that any more. */
        Optional<LegSpan> opened(ByHand contact) {
            List<LegFact> told = facts(contact.interaction()).stream()
                    .filter(fact -> fact.kind() != LegFact.Kind.CONNECTED || LegHistory.isOpening(fact))
                    .toList();
            return LegHistory.derive(contact.interaction(), told).stream().findFirst();
        }

        InteractionDetails details(InteractionId id) {
            return details.getOrDefault(id, InteractionDetails.UNKNOWN);
        }
    }

    /**
     * One agent, its wrap-ups where they belong.
     *
     * @param contacts opened by hand, with what each joined
     * @param legs     of all interactions concerned, as they are with that
     * @param byHand   by leg, the id under which its contact was opened by hand
     */
    record Joined(
            Situation situation,
            List<ByHand> contacts,
            Map<InteractionId, List<LegSpan>> legs,
            Map<LegKey, InteractionId> byHand) {}

    /** Puts the contacts that {@code situation}'s agent opened by hand where they belong by what is known. */
    static Joined joined(Situation situation, Collection<ByHand> all, Known known) {
        List<ByHand> contacts = all.stream()
                .filter(contact -> known.opened(contact).isPresent())
                .toList();
        Map<InteractionId, LegKey> now = joins(situation, contacts, known);
        Situation moved = situation;
        for (ByHand contact : contacts) {
            if (contact.joined() != null
                    && !before(contact).equals(Optional.ofNullable(now.get(contact.interaction())))) {
                moved = left(moved, contact, known);
            }
        }
        var after = new ArrayList<ByHand>();
        var byHand = new TreeMap<LegKey, InteractionId>();
        for (ByHand contact : contacts) {
            LegKey leg = now.get(contact.interaction());
            byHand.put(leg == null ? own(contact, known).key() : leg, contact.interaction());
            if (before(contact).equals(Optional.ofNullable(leg))) {
                after.add(contact);
            } else if (leg == null) {
                after.add(contact.joining(null, null, false));
            } else {
                boolean carries = moved.findByLeg(leg).isEmpty()
                        && moved.findByLeg(own(contact, known).key()).isPresent();
                moved = entered(moved, contact, own(contact, known).key(), leg);
                after.add(contact.joining(leg.interaction(), leg.legId(), carries));
            }
        }
        return new Joined(moved, after, legs(contacts, now, known), byHand);
    }

    private static Optional<LegKey> before(ByHand contact) {
        return contact.joined() == null || contact.leg() == null
                ? Optional.empty()
                : Optional.of(new LegKey(contact.joined(), contact.leg()));
    }

    /** The leg that a contact by hand has of its own. */
    private static LegSpan own(ByHand contact, Known known) {
        return known.opened(contact).orElseThrow();
    }

    /** Which leg each of the contacts is, absent where none: calls by their beginnings, each the first contact that fits. */
    private static Map<InteractionId, LegKey> joins(Situation situation, Collection<ByHand> contacts, Known known) {
        var joins = new HashMap<InteractionId, LegKey>();
        var open = new ArrayList<ByHand>();
        for (ByHand contact : contacts) {
            if (isKnownToSwitch(contact, known)) {
                toldById(contact, known).ifPresent(leg -> joins.put(contact.interaction(), leg));
            } else {
                open.add(contact);
            }
        }
        open.sort(Comparator.comparing(ByHand::openedAt).thenComparing(ByHand::interaction));
        Set<InteractionId> byHand = contacts.stream().map(ByHand::interaction).collect(Collectors.toSet());
        known.facts().keySet().stream()
                .filter(id -> !byHand.contains(id))
                .flatMap(id -> known.legs(id).stream())
                .filter(leg -> leg.agent().equals(situation.agent().id()) && !leg.lateStart())
                .filter(leg -> leg.role() == LegRole.PRIMARY || leg.role() == LegRole.CONFERENCE)
                .sorted(Comparator.comparing(LegSpan::startedAt).thenComparing(LegSpan::key))
                .forEach(call -> open.stream()
                        .filter(contact -> isSame(contact, own(contact, known), call, known))
                        .findFirst()
                        .ifPresent(contact -> {
                            joins.put(contact.interaction(), call.key());
                            open.remove(contact);
                        }));
        return joins;
    }

    /** Its switch tells that somebody is in it, by the same id. */
    private static boolean isKnownToSwitch(ByHand contact, Known known) {
        return known.facts(contact.interaction()).stream()
                .anyMatch(fact -> fact.kind() == LegFact.Kind.CONNECTED && !LegHistory.isOpening(fact));
    }

    /** The leg that its switch tells of by the same id. */
    private static Optional<LegKey> toldById(ByHand contact, Known known) {
        List<LegFact> facts = known.facts(contact.interaction());
        boolean isApart = LegHistory.withoutOpenings(facts).stream()
                .anyMatch(fact -> LegHistory.isOpening(fact) && contact.agent().equals(fact.agent()));
        return isApart
                ? Optional.empty()
                : LegHistory.derive(contact.interaction(), facts).stream()
                        .filter(leg -> leg.agent().equals(contact.agent()) && leg.role() != LegRole.ATTEMPT)
                        .findFirst()
                        .map(LegSpan::key);
    }

    /**
     * The same contact, where its switch does not know its id: on the same channel, opened while the call was on or shortly before, not
     * over before that began, and not with somebody else.
     */
    private static boolean isSame(ByHand contact, LegSpan own, LegSpan call, Known known) {
        InteractionDetails told = known.details(contact.interaction());
        InteractionDetails ofCall = known.details(call.key().interaction());
        Instant opened = own.startedAt();
        Instant closed = own.endedAt();
        Customer one = told.customer();
        Customer other = ofCall.customer();
        return told.channelOrVoice() == ofCall.channelOrVoice()
                && !call.startedAt().isAfter(opened.plus(ByHand.AHEAD))
                && (call.endedAt() == null || call.endedAt().isAfter(opened))
                && (closed == null || closed.isAfter(call.startedAt()))
                && (one == null || other == null || !one.isOtherThan(other));
    }

    /** The legs of the interactions: a contact that joined a call has none, and what was told of it counts there. */
    private static Map<InteractionId, List<LegSpan>> legs(
            Collection<ByHand> contacts, Map<InteractionId, LegKey> joins, Known known) {
        var facts = new TreeMap<InteractionId, List<LegFact>>();
        known.facts().keySet().forEach(id -> facts.put(id, new ArrayList<>(known.facts(id))));
        for (ByHand contact : contacts) {
            LegKey leg = joins.get(contact.interaction());
            if (leg != null && !leg.interaction().equals(contact.interaction())) {
                Instant opened = own(contact, known).startedAt();
                List<LegFact> told = facts.remove(contact.interaction());
                facts.computeIfAbsent(leg.interaction(), id -> new ArrayList<>())
                        .addAll(Objects.requireNonNull(told).stream()
                                .filter(fact -> fact.kind() != LegFact.Kind.CONNECTED
                                        && !fact.at().isBefore(opened))
                                .map(fact -> ofLeg(fact, contact, leg))
                                .toList());
            }
        }
        var legs = new TreeMap<InteractionId, List<LegSpan>>();
        facts.forEach((id, of) -> legs.put(id, LegHistory.derive(id, of)));
        return legs;
    }

    /** What was told of the whole contact is about its own leg alone, once that is one of a call. */
    private static LegFact ofLeg(LegFact fact, ByHand contact, LegKey leg) {
        return new LegFact(
                fact.kind() == LegFact.Kind.ENDED ? LegFact.Kind.LEFT : fact.kind(),
                fact.at(),
                contact.agent(),
                leg.legId(),
                fact.role(),
                fact.late(),
                fact.source(),
                fact.id());
    }

    /**
     * It is not that call after all. The wrap-up goes back to it if it came from there, as long as its leg is on; once that has
     * ended, it stays with whose end that was.
     */
    private static Situation left(Situation situation, ByHand contact, Known known) {
        LegKey call = before(contact).orElseThrow();
        Optional<WrapUp> wrapUp = situation.findByLeg(call);
        if (wrapUp.isEmpty()) {
            return situation;
        }
        LegSpan own = own(contact, known);
        if (own.key().equals(call)) {
            return situation;
        }
        boolean callIsOver = known.legs(call.interaction()).stream()
                .anyMatch(leg -> leg.key().equals(call) && leg.endedAt() != null);
        boolean goes = wrapUp.get().state() instanceof Preparing
                ? contact.carried()
                : own.endedAt() != null && (!callIsOver || contact.carried());
        return goes
                ? moved(situation, call, own.key(), contact.interaction())
                : situation.with(wrapUp.get().withByHand(null), "contact-changed");
    }

    /** It is that call: its wrap-up goes there, or becomes a part of the one that is there. */
    private static Situation entered(Situation situation, ByHand contact, LegKey own, LegKey call) {
        Optional<WrapUp> there = situation.findByLeg(call);
        if (own.equals(call)) {
            return there.filter(wrapUp -> !contact.interaction().equals(wrapUp.byHand()))
                    .map(wrapUp -> situation.with(wrapUp.withByHand(contact.interaction()), "contact-changed"))
                    .orElse(situation);
        }
        if (there.isEmpty()) {
            return moved(situation, own, call, contact.interaction());
        }
        WrapUp first = there.get().withByHand(contact.interaction());
        Situation now = situation.with(first, "contact-changed");
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.leg().equals(own)) {
                WrapUp part = wrapUp.asPartOf(first, JOINED);
                now = now.with(part, part.status() == wrapUp.status() ? "contact-changed" : "expired");
            }
        }
        return without(now, own, call);
    }

    /** A leg that is another one stopped no clock. */
    private static Situation without(Situation situation, LegKey leg, LegKey other) {
        Situation now = situation.with(situation.agent().withoutLeg(leg, other));
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.stops().stream().anyMatch(stop -> stop.id().equals(leg.toString()))) {
                now = now.with(WindowClock.stopped(wrapUp, Set.of(leg.toString()), List.of()));
            }
        }
        return now;
    }

    /** All that is of one leg is of another one. */
    private static Situation moved(Situation situation, LegKey from, LegKey to, @Nullable InteractionId byHand) {
        Situation now = situation;
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.leg().equals(from)) {
                WrapUp moved = wrapUp.withSpan(wrapUp.span().of(to), wrapUp.channel(), wrapUp.legUnits());
                now = now.with(moved.withByHand(byHand), "contact-changed");
            }
        }
        Leg leg = situation.agent().legs().get(from);
        if (leg == null) {
            return now;
        }
        Situation without = without(now, from, to);
        return without.with(without.agent()
                .withLeg(new Leg(
                        leg.span().of(to),
                        leg.channel(),
                        leg.outbound(),
                        leg.units(),
                        leg.heldUnits(),
                        leg.releasedAt())));
    }
}
