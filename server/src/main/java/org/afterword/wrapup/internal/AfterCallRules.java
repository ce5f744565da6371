package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.PolicySettings;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.Leg;
import org.afterword.desk.LegSpan;
import org.afterword.desk.NextState;
import org.afterword.desk.Presence;
import org.afterword.desk.PresenceFact;
import org.afterword.identity.AgentId;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUp;
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
    /** What an agent is that did not answer when its time ran out; a reason not to be ready. */
    static final String NO_RESPONSE = "NO_RESPONSE";

    private static final Duration REOPENED_IS_DUE_AFTER = Duration.ofHours(1);

    /** How long after a leg's end the agent may still ask for a window, where its policy gives one on request. */
    private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

    /** Why a wrap-up expired that its policy left to the agent. */
    private static final String NOT_STARTED = "notStarted";

    /** Nothing is put off for longer. */
    private static final Duration LONGEST_DEFERRAL = Duration.ofDays(366);

    private final WrapUpSettings settings;

    AfterCallRules(WrapUpSettings settings) {
        this.settings = settings;
    }

    /**
     * What an applied batch says of one leg, with what the rules need to know of its interaction.
     *
     * @param byHand the id under which the contact was opened by hand; null where it was not
     */
    record LegChange(
            LegSpan span,
            InteractionDetails details,
            @Nullable InteractionId byHand) {
        /** Of a contact that was not opened by hand, or of a leg that has a wrap-up already. */
        LegChange(LegSpan span, InteractionDetails details) {
            this(span, details, null);
        }

        /** The agent called the customer, or whoever it is, and not the other way round. */
        boolean outbound() {
            return details.direction() == Direction.OUTBOUND;
        }
    }

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
            now = SplitRules.followed(now, change, policies);
        }
        return WindowRules.clocksStopped(now);
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
            if (span.role() == LegRole.ATTEMPT && !isAskedFor(situation.agent(), change, policies)) {
                return situation;
            }
            WrapUp begun = WrapUp.preparing(newId.get(), span, channel, units).withByHand(change.byHand());
            Situation on = situation
                    .with(situation.agent().withLeg(new Leg(span, channel, change.outbound(), units, 0, null)))
                    .with(begun, "preparing");
            return span.endedAt() == null ? on : opened(on, begun.id(), change, policies, receivedAt);
        }
        WrapUp before = known.get();
        if (before.state() instanceof Preparing) {
            WrapUp current = before.withSpan(span, channel, units);
            Situation updated = situation
                    .with(situation.agent().withLeg(new Leg(span, channel, change.outbound(), units, 0, null)))
                    .with(current);
            return span.endedAt() == null ? updated : opened(updated, current.id(), change, policies, receivedAt);
        }
        Situation directed = directed(situation, change);
        if (before.span().equals(span) && before.channel() == channel) {
            return directed;
        }
        WrapUp corrected = before.withSpan(span, channel, units).under(before.fixedPolicy());
        if (wasReleasedByItsEnd(before)) {
            return releaseMoved(directed, corrected);
        }
        boolean endMoved = !end(span).equals(end(before.span()));
        return corrected(directed, endMoved ? withDeadlineOfItsEnd(directed, corrected, receivedAt) : corrected);
    }

    /** Who began the contact may become known after its leg has ended. */
    private static Situation directed(Situation situation, LegChange change) {
        Leg leg = situation.agent().legs().get(change.span().key());
        return leg == null || leg.outbound() == change.outbound()
                ? situation
                : situation.with(situation
                        .agent()
                        .withLeg(new Leg(
                                leg.span(),
                                leg.channel(),
                                change.outbound(),
                                leg.units(),
                                leg.heldUnits(),
                                leg.releasedAt())));
    }

    /** Whether the policy gives after-call work for an attempt that failed. */
    private static boolean isAskedFor(Agent agent, LegChange attempt, PolicyChoice policies) {
        InteractionDetails details = attempt.details();
        return policies.choose(new PolicyChoice.Contact(agent, details, policies.callType(details, null), false))
                .forFailedAttempts();
    }

    /** No window opened for it: its agent was free as soon as its leg had ended. */
    static boolean wasReleasedByItsEnd(WrapUp wrapUp) {
        boolean byPolicy = switch (wrapUp.state()) {
            case Deferred d -> d.cause() == Cause.BEGUN || d.cause() == Cause.UNASKED || d.cause() == Cause.LATE;
            case Expired e -> true;
            case Preparing p -> false;
            case Open o -> false;
            case Overdue o -> false;
            case Completed c -> false;
        };
        return byPolicy && end(wrapUp.span()).equals(wrapUp.state().releasedAt());
    }

    static Situation releaseMoved(Situation situation, WrapUp corrected) {
        Instant end = end(corrected.span());
        WrapUpState moved = switch (corrected.state()) {
            case Deferred d ->
                new Deferred(
                        end,
                        d.cause() == Cause.UNASKED ? end.plus(REQUEST_TIME) : d.dueAt(),
                        d.owner(),
                        d.cause(),
                        d.reason(),
                        d.parts());
            case Expired e -> new Expired(end, e.reason());
            case WrapUpState other -> other;
        };
        Situation told = situation.with(corrected.withState(moved), "corrected");
        Leg leg = situation.agent().legs().get(corrected.leg());
        return leg == null || corrected.isPart()
                ? told
                : told.with(told.agent()
                        .withLeg(new Leg(
                                corrected.span(),
                                corrected.channel(),
                                leg.outbound(),
                                corrected.legUnits(),
                                leg.heldUnits(),
                                end)));
    }

    /** A monitor takes no units and has no after-call work. */
    private static Situation monitored(Situation situation, LegSpan span) {
        // it had no units, so nothing is freed at its end, and no idle time begins
        return situation.with(situation.agent().withLeg(new Leg(span, Channel.VOICE, false, 0, 0, span.endedAt())));
    }

    /** The deadline of a window that nobody lengthened follows the end of its leg. */
    private WrapUp withDeadlineOfItsEnd(Situation situation, WrapUp corrected, Instant receivedAt) {
        boolean untouched = WindowRules.isOpen(situation, corrected) || isOwedBySigningOut(corrected);
        return untouched && corrected.credits().isEmpty()
                ? corrected
                        .knownAt(receivedAt)
                        .withDeadline(WindowClock.deadline(
                                corrected, end(corrected.span()), receivedAt, settings.leastWindow()))
                : corrected;
    }

    /** The times of a leg that ended before became known better: figures follow, what took effect stays. */
    private Situation corrected(Situation situation, WrapUp wrapUp) {
        Situation told = situation.with(wrapUp, "corrected");
        Leg leg = situation.agent().legs().get(wrapUp.leg());
        Situation moved = leg == null
                ? told
                : told.with(told.agent()
                        .withLeg(new Leg(
                                wrapUp.span(),
                                wrapUp.channel(),
                                leg.outbound(),
                                wrapUp.legUnits(),
                                wrapUp.heldUnits(),
                                leg.releasedAt())));
        return signedOut(moved, moved.get(wrapUp.id()));
    }

    private Situation opened(
            Situation situation, WrapUpId id, LegChange change, PolicyChoice policies, Instant receivedAt) {
        LegSpan span = change.span();
        Instant ended = end(span);
        WrapUp wrapUp = situation
                .get(id)
                .under(policy(situation, id, change.details(), policies))
                .opened(receivedAt, policies.surges(change.details()));
        if (span.lateEnd() || span.lateStart()) {
            Situation closed = closed(situation, wrapUp, ended, Cause.LATE, "late");
            return freed(closed, closed.get(id), ended);
        }
        WrapUpPolicy policy = wrapUp.fixedPolicy();
        Situation rested = RestRules.watched(RestRules.byRule(situation, wrapUp, ended), policy);
        if (span.role() == LegRole.CONSULT && !policy.forConsults()) {
            return free(closed(rested, wrapUp, ended, Cause.BEGUN, "consult"), id, ended);
        }
        if (policy.mode().isOptional()
                && !(policy.mode() == PolicySettings.WrapUpMode.ON_REQUEST && wrapUp.requested())) {
            return optional(rested, wrapUp, ended);
        }
        return window(rested, wrapUp, receivedAt);
    }

    /** The policy of what the contact was about when it ended; a person's other word for that adds what it asks for. */
    private static WrapUpPolicy policy(
            Situation situation, WrapUpId id, InteractionDetails details, PolicyChoice policies) {
        WrapUp wrapUp = situation.get(id);
        Agent agent = situation.agent();
        String chosen = wrapUp.choice().callType();
        WrapUpPolicy policy =
                policies.choose(new PolicyChoice.Contact(agent, details, policies.callType(details, chosen), false));
        return wrapUp.choice().equals(WrapUp.Choice.NONE)
                ? policy
                : policy.askingAs(policies.choose(contact(agent, details, wrapUp, policies)), wrapUp.filled());
    }

    /** The contact as a person sees it. */
    static PolicyChoice.Contact contact(Agent agent, InteractionDetails details, WrapUp wrapUp, PolicyChoice policies) {
        String chosen = wrapUp.choice().callType();
        return new PolicyChoice.Contact(
                agent,
                details,
                chosen == null ? policies.callType(details, null) : chosen,
                wrapUp.choice().escalated());
    }

    private Situation window(Situation situation, WrapUp wrapUp, Instant receivedAt) {
        WrapUp stopped = WindowRules.stopped(situation.agent(), wrapUp.knownAt(receivedAt));
        Instant deadline = WindowClock.deadline(stopped, end(wrapUp.span()), receivedAt, settings.leastWindow());
        WrapUp open = stopped.openUntil(deadline);
        Situation held = held(situation, open, "opened");
        return signedOut(held, held.get(open.id()));
    }

    /** Nobody is held for this leg: it is owed if somebody began its record, else closed with nothing. */
    private static Situation closed(Situation situation, WrapUp wrapUp, Instant at, Cause ifBegun, String reason) {
        return wrapUp.started()
                ? situation.with(
                        wrapUp.withState(
                                new Deferred(at, at.plus(wrapUp.fixedPolicy().deferDue()), Owner.AGENT, ifBegun)),
                        "deferred")
                : situation.with(wrapUp.withState(new Expired(at, reason)), "expired");
    }

    /** Its policy left it to the agent, who did not begin it, or has not yet. */
    static boolean isNotStarted(WrapUp wrapUp) {
        return switch (wrapUp.state()) {
            case Deferred d -> d.cause() == Cause.UNASKED;
            case Expired e -> e.reason().equals(NOT_STARTED) && wasReleasedByItsEnd(wrapUp);
            case Preparing p -> false;
            case Open o -> false;
            case Overdue o -> false;
            case Completed c -> false;
        };
    }

    /** The agent is free at once; what it began it owes. On request, it may ask for a window a little longer. */
    private Situation optional(Situation situation, WrapUp wrapUp, Instant ended) {
        if (wrapUp.started() || wrapUp.fixedPolicy().mode() == PolicySettings.WrapUpMode.OPTIONAL) {
            return free(closed(situation, wrapUp, ended, Cause.BEGUN, NOT_STARTED), wrapUp.id(), ended);
        }
        var unasked = new Deferred(ended, ended.plus(REQUEST_TIME), Owner.AGENT, Cause.UNASKED);
        return free(situation.with(wrapUp.withState(unasked), "released"), wrapUp.id(), ended);
    }

    /**
     * The agent asks for a window: for the legs that are on, and for what ended within the time for it, if nothing else holds
     * the agent. Refused where there is neither.
     */
    Situation requested(Situation situation, Instant now) {
        Situation after = situation;
        boolean heard = false;
        for (WrapUp wrapUp : situation.firstOnes()) {
            if (wrapUp.state() instanceof Preparing) {
                after = wrapUp.requested() ? after : after.with(wrapUp.markRequested(), "requested");
                heard = true;
            } else if (wrapUp.state().holds()) {
                heard = true;
            } else if (isWithinRequestTime(wrapUp, now)
                    && after.agent().carried() == 0
                    && after.agent().load(now) == 0
                    && hasStayed(after.agent(), wrapUp)) {
                after = SplitRules.joined(window(after, wrapUp.markRequested(), now), wrapUp.id());
                heard = true;
            }
        }
        if (!heard) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Agent %s is in no contact, and in none that ended within the last %d seconds and gives a window on request."
                            .formatted(situation.agent().id(), REQUEST_TIME.toSeconds()));
        }
        return after;
    }

    private static boolean isWithinRequestTime(WrapUp wrapUp, Instant now) {
        return wrapUp.state() instanceof Deferred deferred
                && (deferred.cause() == Cause.UNASKED || deferred.cause() == Cause.BEGUN)
                && wrapUp.fixedPolicy().mode() == PolicySettings.WrapUpMode.ON_REQUEST
                && now.isBefore(end(wrapUp.span()).plus(REQUEST_TIME));
    }

    /**
     * Adds what moved the agent's presence. Signing out takes effect at once: what is open becomes owed by the same agent,
     * whatever the policy allows, and holds nothing any more.
     */
    Situation presenceChanged(Situation situation, Collection<PresenceFact> facts) {
        Situation moved = situation.with(situation.agent().withFacts(facts));
        if (isAnotherStay(situation.agent().presence(), moved.agent().presence(), facts)) {
            // what was chosen for the next release was chosen for the stay before, and what was looked at was of it
            moved = moved.with(moved.agent().choosing(null).lookingBack(Duration.ZERO));
        }
        for (WrapUp wrapUp : moved.inOrder()) {
            moved = signedOut(moved, wrapUp);
        }
        return moved;
    }

    /** A switch may say again that somebody is there; that begins nothing. */
    private static boolean isAnotherStay(Presence before, Presence after, Collection<PresenceFact> facts) {
        var kinds = facts.stream().map(PresenceFact::kind).collect(Collectors.toSet());
        return kinds.contains(PresenceFact.Kind.SIGNED_OUT)
                || kinds.contains(PresenceFact.Kind.SIGNED_IN)
                        && !Objects.equals(before.signedInSince(), after.signedInSince());
    }

    /**
     * What a sign-out does to a wrap-up that holds, and to one it ended before: nobody who is not there is held after the
     * leg's end. If it turns out that the agent had come back before that end, the window holds again: whoever seemed to be
     * away was offered nothing meanwhile.
     */
    static Situation signedOut(Situation situation, WrapUp wrapUp) {
        boolean endedByIt = isOwedBySigningOut(wrapUp);
        if (!wrapUp.state().holds() && !endedByIt) {
            return situation;
        }
        Instant end = end(wrapUp.span());
        if (wrapUp.state().holds() && !wrapUp.state().runs()) {
            // whoever confirmed it was there
            Instant there = wrapUp.state() instanceof Completed completed ? completed.confirmedAt() : end;
            return situation
                    .agent()
                    .signedOutFrom(there)
                    .map(at -> freed(
                            situation.with(wrapUp.withState(wrapUp.state().released(at)), "released"), wrapUp, at))
                    .orElse(situation);
        }
        if (endedByIt && isSettled(situation.agent(), wrapUp)) {
            return situation; // a sign-out that is known now is of a later stay
        }
        Instant at = situation.agent().signedOutFrom(end).orElse(null);
        if (at == null && endedByIt) {
            return wrapUp.isPart() && situation.findHolding(wrapUp).isEmpty()
                    ? situation
                    : held(situation, wrapUp.openUntil(wrapUp.deadline()), "corrected");
        }
        if (at == null || at.equals(wrapUp.state().releasedAt())) {
            return situation;
        }
        var owed = new Deferred(at, at.plus(wrapUp.fixedPolicy().deferDue()), Owner.AGENT, Cause.SIGNED_OUT);
        return freed(situation.with(wrapUp.withState(owed), endedByIt ? "corrected" : "deferred"), wrapUp, at);
    }

    /** Whether the sign-out that ended it is folded in, and where the agent was at the leg's end. */
    private static boolean isSettled(Agent agent, WrapUp wrapUp) {
        Instant released = Objects.requireNonNull(wrapUp.state().releasedAt(), "it was ended by a sign-out");
        return !agent.knowsPresenceAt(end(wrapUp.span())) && !released.isAfter(agent.settledUntil());
    }

    /** The agent is there, and was since the leg ended: whoever left in between is not held by what was before. */
    private static boolean hasStayed(Agent agent, WrapUp wrapUp) {
        return agent.presence().signedIn()
                && agent.signedOutFrom(end(wrapUp.span())).isEmpty();
    }

    static boolean isOwedBySigningOut(WrapUp wrapUp) {
        return wrapUp.state() instanceof Deferred deferred && deferred.cause() == Cause.SIGNED_OUT;
    }

    /** When something is due to happen to it by itself; empty where nothing is. What was split off goes with its first one. */
    static Optional<Instant> dueAt(Situation situation, WrapUp wrapUp) {
        if (wrapUp.isPart()) {
            return Optional.empty();
        }
        if (WindowRules.isOpen(situation, wrapUp)) {
            return WindowClock.effectiveAt(wrapUp);
        }
        return switch (wrapUp.state()) {
            case Completed c
            when c.releasedAt() == null && !WindowRules.staysForParts(situation, wrapUp) ->
                Optional.ofNullable(wrapUp.deadline());
            case Deferred d when d.cause() == Cause.UNASKED -> Optional.of(d.dueAt());
            case Preparing p -> Optional.empty();
            case Open o -> Optional.empty();
            case Overdue o -> Optional.empty();
            case Completed c -> Optional.empty();
            case Deferred d -> Optional.empty();
            case Expired e -> Optional.empty();
        };
    }

    /** What is due at {@link #dueAt} has come. Nothing happens if it was put off, or moved on meanwhile. */
    Situation deadlineReached(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (dueAt(situation, wrapUp).filter(due -> !now.isBefore(due)).isEmpty()) {
            return situation;
        }
        if (WindowRules.isOpen(situation, wrapUp)) {
            return windowOver(situation, wrapUp, now);
        }
        return switch (wrapUp.state()) {
            case Completed c -> released(situation, wrapUp.withState(c.released(now)), "released", now);
            // what was begun while a window could still be asked for is owed, as if it had been begun before
            case Deferred d -> closed(situation, wrapUp, end(wrapUp.span()), Cause.BEGUN, NOT_STARTED);
            case Preparing p -> situation;
            case Open o -> situation;
            case Overdue o -> situation;
            case Expired e -> situation;
        };
    }

    private Situation windowOver(Situation situation, WrapUp first, Instant now) {
        WrapUpPolicy policy = first.fixedPolicy();
        List<WrapUp> open = Stream.concat(Stream.of(first), situation.partsOf(first).stream())
                .filter(wrapUp -> wrapUp.state() instanceof Open)
                .toList();
        return switch (policy.atDeadline()) {
            case OVERDUE -> overdue(situation, open);
            case DEFER -> {
                if (!policy.mayOweMoreThan(situation.agent().owed() + open.size() - 1)) {
                    yield overdue(situation, open);
                }
                var owed = new Deferred(now, now.plus(policy.deferDue()), Owner.AGENT, Cause.DEADLINE);
                yield cut(situation, first, open, owed, "deferred", now);
            }
            case EXPIRE -> cut(situation, first, open, new Expired(now, "deadline"), "expired", now);
        };
    }

    private static Situation overdue(Situation situation, List<WrapUp> open) {
        Situation after = situation;
        for (WrapUp wrapUp : open) {
            after = after.with(wrapUp.withState(new Overdue()), "overdue");
        }
        return after;
    }

    /** The deadline releases the agent. Who did nothing for so long that nobody may be there gets no further work. */
    private Situation cut(
            Situation situation, WrapUp first, List<WrapUp> open, WrapUpState over, String announcement, Instant now) {
        boolean chose = situation.agent().afterWrapUp() != null;
        Situation stopped = situation;
        for (WrapUp wrapUp : open) {
            stopped = wrapUp.isPart() ? stopped.with(wrapUp.cutBy(over), announcement) : stopped;
        }
        Situation free = first.state() instanceof Open
                ? released(stopped, first.cutBy(over), announcement, now)
                : released(stopped, first.cutBy(first.state().released(now)), "released", now);
        Presence presence = free.agent().presence();
        boolean away = first.fixedPolicy()
                .noResponse()
                .map(silence -> !lastInput(situation, first).plus(silence).isAfter(now))
                .orElse(false);
        if (chose || !away || !presence.signedIn() || presence.wanted() != AgentState.AVAILABLE) {
            return free;
        }
        return presenceChanged(
                free, presence(free.agent(), new NextState(AgentState.NOT_READY, NO_RESPONSE), factId(first), now));
    }

    /** When the agent last did something at any of its wrap-ups; before that it was in the contact. */
    private static Instant lastInput(Situation situation, WrapUp wrapUp) {
        return situation.wrapUps().values().stream()
                .map(WrapUp::inputAt)
                .filter(Objects::nonNull)
                .filter(at -> at.isAfter(end(wrapUp.span())))
                .max(Comparator.naturalOrder())
                .orElse(end(wrapUp.span()));
    }

    /**
     * A person says what the contact is about, or that it is escalated. Once its window has opened, what that asks for
     * applies, and its window if it is longer; that of what was split off is its leg's, and stays as it is.
     */
    Situation chosen(
            Situation situation,
            WrapUpId id,
            WrapUp.Choice choice,
            InteractionDetails details,
            PolicyChoice policies,
            Instant now) {
        WrapUp before = situation.get(id);
        if (before.state() instanceof Expired || before.state() instanceof Completed) {
            throw refused(before, "What it is about changes by a revision only.");
        }
        WrapUp wrapUp = before.withChoice(choice);
        if (before.policy() == null) {
            return situation.with(wrapUp, "call-type-chosen");
        }
        WrapUpPolicy policy = before.policy()
                .askingAs(policies.choose(contact(situation.agent(), details, wrapUp, policies)), before.filled());
        Duration longer = policy.window(before.filled()).minus(before.policy().window(before.filled()));
        WrapUp asking = wrapUp.asking(policy);
        Situation rested = RestRules.byRule(situation, asking, now);
        Instant deadline = before.deadline();
        if (deadline == null || before.isPart() || !before.state().runs() || !longer.isPositive()) {
            return rested.with(asking, "call-type-chosen");
        }
        Instant later = deadline.plus(longer);
        return before.state() instanceof Overdue && !later.isAfter(now)
                ? WindowRules.moved(rested, asking.withDeadline(later), "call-type-chosen")
                : WindowRules.openedAgain(rested, asking, later, "call-type-chosen", now);
    }

    /** A person put something into the record, which has these parts of a person's by now. */
    static Situation written(Situation situation, WrapUpId id, Set<String> parts, Instant now) {
        Situation written = situation.with(situation.get(id).written(parts, now), "record-changed");
        return WindowRules.input(written, id, now);
    }

    /**
     * A person confirmed the record: the agent is released, unless something else of the leg is still open, and wants
     * {@code next} from its release on.
     */
    Situation completed(
            Situation situation, WrapUpId id, WrapUp.Result result, String by, @Nullable NextState next, Instant now) {
        WrapUp wrapUp = situation.get(id).confirmed(result, by);
        return switch (wrapUp.state()) {
            case Open o
            when !wrapUp.isPart() && isHeldToDeadline(wrapUp, now) ->
                choosing(situation, next).with(wrapUp.withState(confirmed(null, now)), "confirmed");
            case Open o -> released(choosing(situation, next), wrapUp.withState(confirmed(now, now)), "confirmed", now);
            case Overdue o ->
                released(choosing(situation, next), wrapUp.withState(confirmed(now, now)), "confirmed", now);
            case Deferred d
            when d.releasedAt() == null ->
                choosing(situation, next).with(wrapUp.withState(confirmed(null, now)), "confirmed");
            case Deferred d -> {
                Situation paid = situation.with(wrapUp.withState(confirmed(d.releasedAt(), now)), "confirmed");
                // released before, so the choice holds at once; paying a debt brings nobody back who has gone, and a
                // colleague's choice is not its agent's
                yield next == null
                                || wrapUp.assignee() != null
                                || !paid.agent().presence().signedIn()
                        ? paid
                        : wants(paid, next, false, factId(wrapUp), now);
            }
            case Preparing p ->
                throw refused(wrapUp, "The leg is still on; the record can be filled and is confirmed after its end.");
            case Completed c -> throw refused(wrapUp, "It is completed already.");
            case Expired e -> throw refused(wrapUp, "It was closed by policy (%s).".formatted(e.reason()));
        };
    }

    private static boolean isHeldToDeadline(WrapUp wrapUp, Instant now) {
        return wrapUp.fixedPolicy().mode() == PolicySettings.WrapUpMode.TIMEBOXED_FIXED
                && wrapUp.deadline() != null
                && now.isBefore(wrapUp.deadline());
    }

    private Completed confirmed(@Nullable Instant releasedAt, Instant now) {
        return new Completed(releasedAt, now, now.plus(settings.reopening()), false);
    }

    /**
     * Takes a completion back within the reopening time: to the old window if the agent is free, or still in it for something
     * else of the leg; else it is owed.
     */
    Situation reopened(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!(wrapUp.state() instanceof Completed completed)) {
            throw refused(wrapUp, "Only a completed wrap-up can be reopened.");
        }
        if (completed.isFinal() || !now.isBefore(completed.finalAt())) {
            throw refused(wrapUp, "The time for reopening is over; a revision can still amend the record.");
        }
        WrapUp again = wrapUp.confirmed(null, null);
        Instant released = completed.releasedAt();
        if (released == null) {
            WrapUp asItWas = WindowRules.stopped(situation.agent(), again).withDeadline(wrapUp.deadline());
            return situation.with(SplitRules.inWindow(situation, asItWas), "reopened");
        }
        Agent agent = situation.agent();
        boolean opens = wrapUp.isPart()
                ? situation.findHolding(wrapUp).isPresent()
                : agent.load(now) == 0 && hasStayed(agent, wrapUp);
        if (!opens || wrapUp.wasDeferred()) {
            var owed = new Deferred(released, now.plus(REOPENED_IS_DUE_AFTER), ownerOf(again), Cause.REOPENED);
            return situation.with(again.withState(owed), "reopened");
        }
        return wrapUp.isPart()
                ? situation.with(SplitRules.inWindow(situation, again), "reopened")
                : held(situation, WindowRules.stopped(agent, again).openUntil(wrapUp.deadline()), "reopened");
    }

    /** The reopening time is over: the record goes out. */
    Situation becameFinal(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        if (!(wrapUp.state() instanceof Completed completed)
                || completed.isFinal()
                || now.isBefore(completed.finalAt())) {
            return situation;
        }
        return situation.with(wrapUp.withState(completed.closed()), "completed");
    }

    /**
     * What is put off.
     *
     * @param dueAt null = as the policy says
     * @param parts the required parts that are owed, as JSON pointers; empty = whatever is missing
     */
    record Deferral(Owner owner, @Nullable Instant dueAt, String reason, List<String> parts) {
        static Deferral toTheAgent(String reason) {
            return new Deferral(Owner.AGENT, null, reason, List.of());
        }
    }

    /** The agent puts off what its policy lets it owe, and is released. */
    Situation deferred(Situation situation, WrapUpId id, Deferral deferral, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireRunning(wrapUp);
        WrapUpPolicy policy = wrapUp.fixedPolicy();
        if (!policy.deferrable()) {
            throw refused(wrapUp, "Its policy '%s' does not allow to defer.".formatted(policy.rule()));
        }
        if (policy.mode() == PolicySettings.WrapUpMode.TIMEBOXED_FIXED && wrapUp.state() instanceof Open) {
            throw refused(wrapUp, "Its policy '%s' lets nobody go before the deadline.".formatted(policy.rule()));
        }
        int owed = situation.agent().owed();
        if (deferral.owner() == Owner.AGENT && !policy.mayOweMoreThan(owed)) {
            throw refused(
                    wrapUp,
                    "The agent owes %d records, and its policy '%s' allows no more. Finish one of them first."
                            .formatted(owed, policy.rule()));
        }
        return putOff(situation, wrapUp, deferral, now);
    }

    /** A supervisor lets the agent put it off, whatever the policy allows. */
    Situation deferredByOverride(Situation situation, WrapUpId id, Deferral deferral, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireRunning(wrapUp);
        return putOff(situation, wrapUp, deferral, now);
    }

    /**
     * A supervisor gives the record to somebody else, or back to the agent of the leg. Who was at it is released; what was due
     * already gets its time anew.
     */
    Situation reassigned(Situation situation, WrapUpId id, AgentId to, String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        WrapUp given = wrapUp.assignedTo(to.equals(wrapUp.agent()) ? null : to);
        return switch (wrapUp.state()) {
            case Deferred d -> {
                Instant due = d.cause() != Cause.UNASKED && d.dueAt().isAfter(now)
                        ? d.dueAt()
                        : now.plus(wrapUp.fixedPolicy().deferDue());
                yield situation.with(
                        given.withState(
                                new Deferred(d.releasedAt(), due, ownerOf(given), Cause.CHOSEN, reason, d.parts())),
                        "reassigned");
            }
            case Open o -> putOff(situation, given, new Deferral(ownerOf(given), null, reason, List.of()), now);
            case Overdue o -> putOff(situation, given, new Deferral(ownerOf(given), null, reason, List.of()), now);
            case Preparing p -> throw refused(wrapUp, "The leg is still on.");
            case Completed c -> throw refused(wrapUp, "It is completed already.");
            case Expired e -> throw refused(wrapUp, "It was closed by policy (%s).".formatted(e.reason()));
        };
    }

    private static Owner ownerOf(WrapUp wrapUp) {
        return wrapUp.assignee() == null ? Owner.AGENT : Owner.COLLEAGUE;
    }

    private Situation putOff(Situation situation, WrapUp wrapUp, Deferral deferral, Instant now) {
        Instant due = deferral.dueAt() == null ? now.plus(wrapUp.fixedPolicy().deferDue()) : deferral.dueAt();
        if (!due.isAfter(now) || due.isAfter(now.plus(LONGEST_DEFERRAL))) {
            throw ProblemException.invalid(
                    "#/dueAt", "must be in the future, by %d days at most".formatted(LONGEST_DEFERRAL.toDays()));
        }
        var owed = new Deferred(now, due, deferral.owner(), Cause.CHOSEN, deferral.reason(), deferral.parts());
        return released(situation, wrapUp.withState(owed), "deferred", now);
    }

    private static void requireRunning(WrapUp wrapUp) {
        if (!wrapUp.state().runs()) {
            throw refused(wrapUp, "Only an open or overdue window can be deferred.");
        }
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
        WrapUp first = ended.firstOf(ended.get(id));
        Situation free = ended;
        for (WrapUp part : ended.partsOf(first)) {
            free = part.state().runs() ? deferredByOverride(free, part.id(), Deferral.toTheAgent(reason), now) : free;
        }
        return first.state().runs() ? deferredByOverride(free, first.id(), Deferral.toTheAgent(reason), now) : free;
    }

    /** A supervisor closes it with what there is. */
    Situation ended(Situation situation, WrapUpId id, String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        return switch (wrapUp.state()) {
            case Open o -> released(situation, wrapUp.withState(new Expired(now, reason)), "expired", now);
            case Overdue o -> released(situation, wrapUp.withState(new Expired(now, reason)), "expired", now);
            case Deferred d -> situation.with(wrapUp.withState(new Expired(d.releasedAt(), reason)), "expired");
            case Completed c
            when c.releasedAt() == null && !WindowRules.staysForParts(situation, wrapUp) ->
                released(situation, wrapUp.withState(c.released(now)), "released", now);
            case Preparing p -> throw refused(wrapUp, "The leg is still on.");
            case Completed c -> throw refused(wrapUp, "It is completed already.");
            case Expired e -> throw refused(wrapUp, "It is closed already.");
        };
    }

    /** Closed by itself, as of then. */
    Situation closed(Situation situation, WrapUpId id, Expired over, Instant at) {
        return released(situation, situation.get(id).withState(over), "expired", at);
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

    /**
     * Puts a wrap-up in place that holds no more. With the last one of its leg it frees its agent, and lets the agent be what it
     * chose for this moment.
     */
    private Situation released(Situation situation, WrapUp wrapUp, String announcement, Instant now) {
        if (wrapUp.isPart()) {
            Situation stopped = situation.with(wrapUp, announcement);
            return stopped.findHolding(wrapUp)
                    .map(first -> withoutParts(stopped, first, now))
                    .orElse(stopped);
        }
        return WindowRules.staysForParts(situation, wrapUp)
                ? situation.with(wrapUp.withState(wrapUp.state().released(null)), announcement)
                : free(situation.with(wrapUp, announcement), wrapUp.id(), now);
    }

    /** Something that was split off has stopped: whoever stayed for that alone is free. */
    private Situation withoutParts(Situation situation, WrapUp first, Instant now) {
        boolean stays = first.state().runs()
                || WindowRules.staysForParts(situation, first)
                || first.state() instanceof Completed && isHeldToDeadline(first, now);
        return stays
                ? situation
                : free(situation.with(first.withState(first.state().released(now)), "released"), first.id(), now);
    }

    /** Frees the agent of a wrap-up that holds no more, and lets the agent be what it chose for this moment. */
    private Situation free(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        Situation free = RestRules.guarded(freed(situation, wrapUp, now), wrapUp, now);
        NextState next = free.agent().afterWrapUp();
        if (next == null) {
            return free;
        }
        Situation chosen = free.with(free.agent().choosing(null));
        return presenceChanged(chosen, presence(chosen.agent(), next, factId(wrapUp), now));
    }

    /** Puts a wrap-up in place that holds its agent's units, if it has any. */
    private static Situation held(Situation situation, WrapUp open, String announcement) {
        if (open.isPart()) {
            return situation.with(open, announcement);
        }
        return situation
                .with(situation
                        .agent()
                        .withLeg(new Leg(
                                open.span(),
                                open.channel(),
                                isOutbound(situation, open),
                                open.legUnits(),
                                open.heldUnits(),
                                null)))
                .with(open, announcement);
    }

    private static boolean isOutbound(Situation situation, WrapUp wrapUp) {
        Leg leg = situation.agent().legs().get(wrapUp.leg());
        return leg != null && leg.outbound();
    }

    /** Frees the units of a wrap-up's leg, or corrects when they were freed. What was split off has none. */
    private static Situation freed(Situation situation, WrapUp wrapUp, Instant at) {
        Agent agent = situation.agent();
        Leg leg = agent.legs().get(wrapUp.leg());
        if (leg == null || wrapUp.isPart()) {
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
            case ENGAGED, AFTER_CALL_WORK, RECOVERY ->
                throw new IllegalStateException("nobody can choose to be " + next.state());
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

    static ProblemException refused(WrapUp wrapUp, String why) {
        return new ProblemException(
                ProblemType.CONFLICT, "Wrap-up %s is %s. %s".formatted(wrapUp.id(), wrapUp.status(), why));
    }
}
