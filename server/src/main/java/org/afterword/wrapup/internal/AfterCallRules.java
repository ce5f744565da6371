package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.catalog.PolicyRule;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.Leg;
import org.afterword.desk.LegSpan;
import org.afterword.desk.NextState;
import org.afterword.desk.PresenceFact;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUp.Credit;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpSettings;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Completed;
import org.afterword.wrapup.WrapUpState.Deferred;
import org.afterword.wrapup.WrapUpState.Expired;
import org.afterword.wrapup.WrapUpState.Open;
import org.afterword.wrapup.WrapUpState.Overdue;
import org.afterword.wrapup.WrapUpState.Owner;
import org.afterword.wrapup.WrapUpState.Preparing;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens to an agent's wrap-ups, decided from the arguments alone: no clock, no database, no randomness.
 * Each rule takes the situation and what came to pass, and answers the situation after it. Refusals are
 * {@link ProblemException}s that say what the state does not allow.
 */
final class AfterCallRules {
    private static final Duration REOPENED_IS_DUE_AFTER = Duration.ofHours(1);

    private final WrapUpSettings settings;

    AfterCallRules(WrapUpSettings settings) {
        this.settings = settings;
    }

    /** What an applied batch says of one leg, with what the rules need to know of its interaction. */
    record LegChange(LegSpan span, InteractionDetails details) {}

    /**
     * Takes over the legs of one agent as the facts tell them now: new legs load the agent and begin a wrap-up, legs that
     * ended open its window. A leg that ended before keeps what became of it; only its times are corrected.
     *
     * @param receivedAt when the facts came in
     */
    Situation legsAre(
            Situation situation,
            Collection<LegChange> changes,
            PolicyChoice policies,
            Supplier<WrapUpId> newId,
            Instant receivedAt) {
        Situation now = situation;
        for (LegChange change : changes) {
            now = legIs(now, change, policies, newId, receivedAt);
        }
        return now;
    }

    private Situation legIs(
            Situation situation,
            LegChange change,
            PolicyChoice policies,
            Supplier<WrapUpId> newId,
            Instant receivedAt) {
        LegSpan span = change.span();
        if (span.role() == LegRole.MONITOR) {
            return monitored(situation, span);
        }
        Channel channel = change.details().channelOrVoice();
        int units = span.lateStart()
                ? 0
                : Leg.unitsOf(channel, situation.agent().profile().capacity());
        Optional<WrapUp> known = situation.findByLeg(span.key());
        if (known.isEmpty()) {
            WrapUp begun = WrapUp.preparing(newId.get(), span, channel, units);
            Situation on = situation
                    .with(situation.agent().withLeg(new Leg(span, channel, units, 0, null)))
                    .with(begun, "preparing");
            return span.endedAt() == null ? on : opened(on, begun.id(), change, policies, receivedAt);
        }
        WrapUp before = known.get();
        if (before.state() instanceof Preparing) {
            WrapUp current = before.withSpan(span, channel, units);
            Situation updated = situation
                    .with(situation.agent().withLeg(new Leg(span, channel, units, 0, null)))
                    .with(current);
            return span.endedAt() == null ? updated : opened(updated, current.id(), change, policies, receivedAt);
        }
        if (before.span().equals(span) && before.channel() == channel) {
            return situation;
        }
        return corrected(situation, before.withSpan(span, channel, units).under(before.fixedPolicy()), receivedAt);
    }

    /** A monitor takes no units and has no after-call work. */
    private static Situation monitored(Situation situation, LegSpan span) {
        // it had no units, so nothing is freed at its end, and no idle time begins
        return situation.with(situation.agent().withLeg(new Leg(span, Channel.VOICE, 0, 0, span.endedAt())));
    }

    /**
     * The times of a leg that ended before became known better: figures follow, and the deadline of a window that nobody
     * lengthened; what took effect stays.
     */
    private Situation corrected(Situation situation, WrapUp corrected, Instant receivedAt) {
        boolean untouched = corrected.state() instanceof Open || isOwedBySigningOut(corrected);
        WrapUp wrapUp = untouched && corrected.credits().isEmpty()
                ? corrected.withDeadline(
                        corrected.fixedPolicy().deadline(end(corrected.span()), receivedAt, settings.leastWindow()))
                : corrected;
        Situation told = situation.with(wrapUp, "corrected");
        Leg leg = situation.agent().legs().get(wrapUp.leg());
        Situation moved = leg == null
                ? told
                : told.with(told.agent()
                        .withLeg(new Leg(
                                wrapUp.span(),
                                wrapUp.channel(),
                                wrapUp.legUnits(),
                                wrapUp.heldUnits(),
                                leg.releasedAt())));
        return signedOut(moved, moved.get(wrapUp.id()));
    }

    private Situation opened(
            Situation situation, WrapUpId id, LegChange change, PolicyChoice policies, Instant receivedAt) {
        LegSpan span = change.span();
        Instant ended = end(span);
        WrapUpPolicy policy = policies.choose(situation.agent(), change.details());
        WrapUp wrapUp = situation.get(id).under(policy);
        if (span.lateEnd() || span.lateStart()) {
            return closedUnopened(situation, wrapUp, ended, policy);
        }
        Instant deadline = policy.deadline(ended, receivedAt, settings.leastWindow());
        WrapUp open = wrapUp.openUntil(deadline);
        Situation held = held(situation, open, "opened");
        return signedOut(held, held.get(id));
    }

    /** Nobody was held for this leg: it is owed if somebody began its record, else closed with nothing. */
    private static Situation closedUnopened(Situation situation, WrapUp wrapUp, Instant at, WrapUpPolicy policy) {
        WrapUpState state = wrapUp.started()
                ? new Deferred(at, at.plus(policy.deferDue()), Owner.AGENT, Cause.LATE, null)
                : new Expired(at, "late");
        return freed(situation.with(wrapUp.withState(state), wrapUp.started() ? "deferred" : "expired"), wrapUp, at);
    }

    /**
     * Adds what moved the agent's presence. Signing out takes effect at once: what is open becomes owed by the same agent,
     * whatever the policy allows, and holds nothing any more.
     */
    Situation presenceChanged(Situation situation, Collection<PresenceFact> facts) {
        Situation moved = situation.with(situation.agent().withFacts(facts));
        if (facts.stream().anyMatch(AfterCallRules::endsAStay)) {
            // what was chosen for the next release was chosen for that stay
            moved = moved.with(moved.agent().choosing(null));
        }
        for (WrapUp wrapUp : moved.wrapUps().values()) {
            moved = signedOut(moved, wrapUp);
        }
        return moved;
    }

    private static boolean endsAStay(PresenceFact fact) {
        return fact.kind() == PresenceFact.Kind.SIGNED_OUT || fact.kind() == PresenceFact.Kind.SIGNED_IN;
    }

    /**
     * What a sign-out does to a wrap-up that holds, and to one it ended before: nobody who is not there is held after the
     * leg's end. If it turns out that the agent had come back before that end, the window holds again: whoever seemed to be
     * away was offered nothing meanwhile.
     */
    private static Situation signedOut(Situation situation, WrapUp wrapUp) {
        boolean endedByIt = isOwedBySigningOut(wrapUp);
        if (!wrapUp.state().holds() && !endedByIt) {
            return situation;
        }
        Instant end = end(wrapUp.span());
        Instant at = situation.agent().signedOutFrom(end).orElse(null);
        if (at == null && endedByIt && situation.agent().knowsPresenceAt(end)) {
            return held(situation, wrapUp.openUntil(wrapUp.deadline()), "corrected");
        }
        if (at == null || at.equals(wrapUp.state().releasedAt())) {
            return situation;
        }
        var owed = new Deferred(at, at.plus(wrapUp.fixedPolicy().deferDue()), Owner.AGENT, Cause.SIGNED_OUT, null);
        return freed(situation.with(wrapUp.withState(owed), endedByIt ? "corrected" : "deferred"), wrapUp, at);
    }

    private static boolean isOwedBySigningOut(WrapUp wrapUp) {
        return wrapUp.state() instanceof Deferred deferred && deferred.cause() == Cause.SIGNED_OUT;
    }

    /** A deadline with its grace has come. Nothing happens if the window moved on meanwhile. */
    Situation deadlineReached(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!(wrapUp.state() instanceof Open) || wrapUp.deadline() == null || now.isBefore(effectiveAt(wrapUp))) {
            return situation;
        }
        WrapUpPolicy policy = wrapUp.fixedPolicy();
        return switch (policy.atDeadline()) {
            case OVERDUE -> situation.with(wrapUp.withState(new Overdue()), "overdue");
            case DEFER ->
                released(
                        situation,
                        wrapUp.cutBy(new Deferred(now, now.plus(policy.deferDue()), Owner.AGENT, Cause.DEADLINE, null)),
                        "deferred",
                        now);
            case EXPIRE -> released(situation, wrapUp.cutBy(new Expired(now, "deadline")), "expired", now);
        };
    }

    /** When the deadline of an open window takes effect: after its grace. Throws if there is none. */
    static Instant effectiveAt(WrapUp wrapUp) {
        Instant deadline = wrapUp.deadline();
        if (deadline == null) {
            throw new IllegalStateException("wrap-up %s has no deadline".formatted(wrapUp.id()));
        }
        return deadline.plus(wrapUp.fixedPolicy().grace());
    }

    /** A person confirmed the record: the agent is released, and wants {@code next} from now on. */
    Situation completed(
            Situation situation, WrapUpId id, WrapUp.Result result, String by, @Nullable NextState next, Instant now) {
        WrapUp wrapUp = situation.get(id).confirmed(result, by);
        return switch (wrapUp.state()) {
            case Open o -> released(choosing(situation, next), wrapUp.withState(confirmed(now, now)), "confirmed", now);
            case Overdue o ->
                released(choosing(situation, next), wrapUp.withState(confirmed(now, now)), "confirmed", now);
            case Deferred d -> {
                Situation paid = situation.with(wrapUp.withState(confirmed(d.releasedAt(), now)), "confirmed");
                // released before, so the choice holds at once; paying a debt brings nobody back who has gone
                yield next == null || !paid.agent().presence().signedIn()
                        ? paid
                        : wants(paid, next, false, factId(wrapUp), now);
            }
            case Preparing p ->
                throw refused(wrapUp, "The leg is still on; the record can be filled and is confirmed after its end.");
            case Completed c -> throw refused(wrapUp, "It is completed already.");
            case Expired e -> throw refused(wrapUp, "It was closed by policy (%s).".formatted(e.reason()));
        };
    }

    private Completed confirmed(Instant releasedAt, Instant now) {
        return new Completed(releasedAt, now, now.plus(settings.reopening()), false);
    }

    /** Takes a completion back within the reopening time: to the old window if the agent is free, else it is owed. */
    Situation reopened(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!(wrapUp.state() instanceof Completed completed)) {
            throw refused(wrapUp, "Only a completed wrap-up can be reopened.");
        }
        if (completed.isFinal() || !now.isBefore(completed.finalAt())) {
            throw refused(wrapUp, "The time for reopening is over; a revision can still amend the record.");
        }
        Agent agent = situation.agent();
        boolean free = agent.load(now) == 0 && agent.state() != AgentState.OFFLINE;
        WrapUp again = wrapUp.confirmed(null, null);
        if (!free || wrapUp.wasDeferred()) {
            var owed = new Deferred(
                    completed.releasedAt(), now.plus(REOPENED_IS_DUE_AFTER), Owner.AGENT, Cause.REOPENED, null);
            return situation.with(again.withState(owed), "reopened");
        }
        return held(situation, again.openUntil(wrapUp.deadline()), "reopened");
    }

    /** The reopening time is over: the record goes out. */
    Situation becameFinal(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!(wrapUp.state() instanceof Completed completed)
                || completed.isFinal()
                || now.isBefore(completed.finalAt())) {
            return situation;
        }
        return situation.with(
                wrapUp.withState(
                        new Completed(completed.releasedAt(), completed.confirmedAt(), completed.finalAt(), true)),
                "completed");
    }

    /** The agent asks for more time; from overdue it goes back to an open window. */
    Situation extended(Situation situation, WrapUpId id, @Nullable String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireHeldWithDeadline(wrapUp);
        PolicyRule.Extensions allowed = wrapUp.fixedPolicy().extensions();
        if (wrapUp.extensions() >= allowed.count()) {
            throw refused(
                    wrapUp,
                    allowed.count() == 0
                            ? "Its policy '%s' gives no more time."
                                    .formatted(wrapUp.fixedPolicy().rule())
                            : "All %d extensions of its policy '%s' are used."
                                    .formatted(
                                            allowed.count(),
                                            wrapUp.fixedPolicy().rule()));
        }
        if (allowed.reasonRequired() && (reason == null || reason.isBlank())) {
            throw ProblemException.invalid(
                    "#/reason",
                    "is required by policy '%s'".formatted(wrapUp.fixedPolicy().rule()));
        }
        return lengthened(
                situation, wrapUp, new Credit("extension", Duration.ofSeconds(allowed.seconds()), now, reason), now);
    }

    /** A supervisor gives more time, whatever the policy allows. */
    Situation extendedByOverride(Situation situation, WrapUpId id, Duration length, String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireHeldWithDeadline(wrapUp);
        return lengthened(situation, wrapUp, new Credit("override", length, now, reason), now);
    }

    /** Our own downtime took part of the window: it is given back once, within a cap. */
    Situation outageCredited(Situation situation, WrapUpId id, Instant downSince, Instant upAgain) {
        WrapUp wrapUp = situation.get(id);
        Instant deadline = wrapUp.deadline();
        if (!(wrapUp.state() instanceof Open) || deadline == null) {
            return situation;
        }
        Instant from = later(downSince, end(wrapUp.span()));
        Instant until = deadline.isBefore(upAgain) ? deadline : upAgain;
        Duration overlap = Duration.between(from, until);
        if (overlap.isNegative() || overlap.isZero()) {
            return situation;
        }
        Duration length = overlap.compareTo(settings.outageCredit()) < 0 ? overlap : settings.outageCredit();
        return situation.with(
                wrapUp.credited(new Credit("outage", length, upAgain, null)).withDeadline(deadline.plus(length)),
                "extended");
    }

    private static void requireHeldWithDeadline(WrapUp wrapUp) {
        if (!wrapUp.state().holds()) {
            throw refused(wrapUp, "Only an open or overdue window can be extended.");
        }
        if (wrapUp.deadline() == null) {
            throw refused(wrapUp, "It has no deadline, so there is nothing to extend.");
        }
    }

    /** Lengthens from the deadline, or from now if that has passed: an extension of nothing but the past would be none. */
    private static Situation lengthened(Situation situation, WrapUp wrapUp, Credit credit, Instant now) {
        Instant deadline = wrapUp.deadline();
        Instant from = deadline == null ? now : later(deadline, now);
        return situation.with(wrapUp.credited(credit).openUntil(from.plus(credit.length())), "extended");
    }

    /**
     * The agent is released and the record is owed.
     *
     * @param byOverride a supervisor does it, whatever the policy allows
     */
    Situation deferred(
            Situation situation,
            WrapUpId id,
            Owner owner,
            @Nullable Instant dueAt,
            String reason,
            boolean byOverride,
            Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!wrapUp.state().holds()) {
            throw refused(wrapUp, "Only an open or overdue window can be deferred.");
        }
        WrapUpPolicy policy = wrapUp.fixedPolicy();
        if (!policy.deferrable() && !byOverride) {
            throw refused(wrapUp, "Its policy '%s' does not allow to defer.".formatted(policy.rule()));
        }
        Instant due = dueAt == null ? now.plus(policy.deferDue()) : dueAt;
        if (!due.isAfter(now)) {
            throw ProblemException.invalid("#/dueAt", "must be in the future");
        }
        return released(
                situation, wrapUp.withState(new Deferred(now, due, owner, Cause.CHOSEN, reason)), "deferred", now);
    }

    /**
     * A supervisor ended a leg that nothing else did: the agent is free at once, and owes the record.
     *
     * @param changes the agent's legs of that interaction, this one ended
     */
    Situation legReleased(
            Situation situation,
            WrapUpId id,
            Collection<LegChange> changes,
            PolicyChoice policies,
            Supplier<WrapUpId> newId,
            String reason,
            Instant now) {
        Situation ended = legsAre(situation, changes, policies, newId, now);
        return ended.get(id).state().holds() ? deferred(ended, id, Owner.AGENT, null, reason, true, now) : ended;
    }

    /** A supervisor closes it with what there is. */
    Situation ended(Situation situation, WrapUpId id, String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        return switch (wrapUp.state()) {
            case Open o -> released(situation, wrapUp.withState(new Expired(now, reason)), "expired", now);
            case Overdue o -> released(situation, wrapUp.withState(new Expired(now, reason)), "expired", now);
            case Deferred d -> situation.with(wrapUp.withState(new Expired(d.releasedAt(), reason)), "expired");
            case Preparing p -> throw refused(wrapUp, "The leg is still on.");
            case Completed c -> throw refused(wrapUp, "It is completed already.");
            case Expired e -> throw refused(wrapUp, "It is closed already.");
        };
    }

    /** The agent, or somebody for it, chooses what it wants to be: from now on, or from its next release on. */
    Situation wants(Situation situation, NextState next, boolean afterWrapUp, String factId, Instant now) {
        if (afterWrapUp) {
            return situation.with(situation.agent().choosing(next));
        }
        return presenceChanged(
                situation.with(situation.agent().choosing(null)), presence(situation.agent(), next, factId, now));
    }

    private static Situation choosing(Situation situation, @Nullable NextState next) {
        return next == null ? situation : situation.with(situation.agent().choosing(next));
    }

    /** Puts a wrap-up in place that holds no more, frees its agent, and lets the agent be what it chose for this moment. */
    private Situation released(Situation situation, WrapUp wrapUp, String announcement, Instant now) {
        Situation free = freed(situation.with(wrapUp, announcement), wrapUp, now);
        NextState next = free.agent().afterWrapUp();
        if (next == null) {
            return free;
        }
        Situation chosen = free.with(free.agent().choosing(null));
        return presenceChanged(chosen, presence(chosen.agent(), next, factId(wrapUp), now));
    }

    /** Puts a wrap-up in place that holds its agent's units. */
    private static Situation held(Situation situation, WrapUp open, String announcement) {
        return situation
                .with(situation
                        .agent()
                        .withLeg(new Leg(open.span(), open.channel(), open.legUnits(), open.heldUnits(), null)))
                .with(open, announcement);
    }

    /** Frees the units of a wrap-up's leg, or corrects when they were freed. */
    private static Situation freed(Situation situation, WrapUp wrapUp, Instant at) {
        Agent agent = situation.agent();
        Leg leg = agent.legs().get(wrapUp.leg());
        if (leg == null) {
            return situation;
        }
        return situation.with(leg.isReleased() ? agent.withLeg(leg.released(at)) : agent.release(leg.key(), at));
    }

    private static String factId(WrapUp wrapUp) {
        return wrapUp.id() + "/" + wrapUp.sequence();
    }

    private static List<PresenceFact> presence(Agent agent, NextState next, String factId, Instant now) {
        var facts = new ArrayList<PresenceFact>();
        if (next.state() != AgentState.OFFLINE && !agent.presence().signedIn()) {
            facts.add(PresenceFact.of(PresenceFact.Kind.SIGNED_IN, now, null, "afterword", factId));
        }
        PresenceFact.Kind kind = switch (next.state()) {
            case AVAILABLE -> PresenceFact.Kind.READY;
            case NOT_READY -> PresenceFact.Kind.NOT_READY;
            case OFFLINE -> PresenceFact.Kind.SIGNED_OUT;
            case ENGAGED, AFTER_CALL_WORK -> throw new IllegalStateException("nobody can choose to be " + next.state());
        };
        facts.add(PresenceFact.of(kind, now, next.reason(), "afterword", factId));
        return facts;
    }

    private static Instant end(LegSpan span) {
        Instant ended = span.endedAt();
        if (ended == null) {
            throw new IllegalStateException("leg %s is on".formatted(span.key()));
        }
        return ended;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static ProblemException refused(WrapUp wrapUp, String why) {
        return new ProblemException(
                ProblemType.CONFLICT, "Wrap-up %s is %s. %s".formatted(wrapUp.id(), wrapUp.status(), why));
    }
}
