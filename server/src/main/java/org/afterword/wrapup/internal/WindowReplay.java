package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.PolicySettings.WrapUpMode;
import org.afterword.desk.Agent;
import org.afterword.desk.LegSpan;
import org.afterword.desk.PresenceFact;
import org.afterword.desk.ProfileChange;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.ClockStop;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Completed;
import org.afterword.wrapup.WrapUpState.Deferred;
import org.afterword.wrapup.WrapUpState.Expired;
import org.afterword.wrapup.WrapUpState.Open;
import org.afterword.wrapup.WrapUpState.Overdue;
import org.afterword.wrapup.WrapUpState.Owner;
import org.jspecify.annotations.Nullable;

/**
 * Lets a past wrap-up happen again under other policies: it opens, what was done to it is done to it again at the same times,
 * and deadlines take effect in between, all by {@link AfterCallRules}. What the policy then refuses is not done. Where
 * nothing that was done ends it any more, nobody knows how long its agent would have taken, and it is {@link Assumed}.
 */
final class WindowReplay {
    /** Times within what is stored of a wrap-up are cut to milliseconds, some more than once. */
    static final Duration SAME = Duration.ofMillis(10);

    /** More than any policy allows. */
    static final int OWES_MORE_THAN_ALLOWED = 1_000_000;

    /** As good as for ever: the last key of somebody who does not stop typing. */
    private static final Duration ON_AND_ON = Duration.ofDays(365);

    private static final WrapUp.Result CONFIRMED = new WrapUp.Result(null, null, 0, 0, null);
    private static final String ITS_OWN = "replay";

    private final AfterCallRules rules;

    WindowReplay(AfterCallRules rules) {
        this.rules = rules;
    }

    /**
     * What is taken for granted.
     *
     * @param longest what is not known kept the agent as long as it could: it typed at every deadline, and was not done before
     *     the next. Else it typed at none, and was done at the moment to which it is known to have been at it
     * @param lag     how long after its time a deadline took effect
     * @param owed    how many records the agent owed
     * @param taken   the record would have been taken as it was when it was confirmed or put off
     */
    record Assumed(boolean longest, Duration lag, int owed, boolean taken) {
        Assumed owing(int records) {
            return new Assumed(longest, lag, records, taken);
        }

        Assumed longest(int records, boolean recordTaken) {
            return new Assumed(true, lag, records, recordTaken);
        }
    }

    /**
     * How it went.
     *
     * @param wrapUp  as it is in the end; null where the policies ask for none
     * @param opened  a window opened
     * @param overdue its agent was held beyond the deadline
     * @param known   all that was done to it is known to have been done
     */
    record Ran(@Nullable WrapUp wrapUp, boolean opened, boolean overdue, boolean known) {}

    /** Something that was done, and the rule by which it is done again. */
    private record Act(Instant at, UnaryOperator<Situation> rule) {}

    /**
     * A wrap-up whose leg has ended under the policies of a catalog.
     *
     * @param situation without it, where the policies ask for none
     */
    record Opened(PastWrapUp past, Situation situation) {
        Optional<WrapUp> wrapUp() {
            return situation.findByLeg(past.wrapUp().leg());
        }

        /** The policy that it has; empty where there is no wrap-up. */
        Optional<WrapUpPolicy> policy() {
            return wrapUp().map(WrapUp::fixedPolicy);
        }
    }

    Ran run(Opened opened, Assumed assumed) {
        PastWrapUp past = opened.past();
        if (opened.wrapUp().isEmpty()) {
            return new Ran(null, false, false, true);
        }
        Situation begun = opened.situation();
        var walk = new Walk(
                begun.with(begun.agent().owing(assumed.owed())), past.wrapUp().id(), assumed.lag());
        boolean holds = walk.wrapUp().state().holds();
        acts(past, assumed).forEach(walk::does);
        walk.until(past.released().plus(SAME));
        boolean known = !walk.wrapUp().state().runs();
        walk.does(
                assumed.longest()
                        ? key(past, past.released(), past.released().plus(ON_AND_ON))
                        : confirmed(past, past.released()));
        walk.until(Instant.MAX);
        return new Ran(walk.wrapUp(), holds, walk.overdue, known);
    }

    /** Whether it matters whether keys were pressed at a deadline; nobody knows of any in a window that has none. */
    static boolean hasKeys(PastWrapUp past) {
        return past.wrapUp().inputAt() != null;
    }

    // ---- its beginning ----------------------------------------------------------------------------------------------

    /** Its leg has ended, and what the policies of {@code catalog} do then has happened. */
    Opened opened(PastWrapUp past, CatalogVersion catalog) {
        WrapUp wrapUp = past.wrapUp();
        WrapUp.Opening opening = past.opening();
        var policies = new PolicyChoice(catalog, past.surging());
        LegSpan span = wrapUp.span();
        var on = new LegSpan(
                span.key(), span.agent(), span.role(), span.startedAt(), null, span.held(), span.lateStart(), false);
        Situation during = legIs(Situation.of(agent(past), List.of()), past, on, policies, span.startedAt());
        Optional<WrapUp> begun = during.findByLeg(span.key());
        if (begun.isEmpty()) {
            return new Opened(past, during);
        }
        Situation prepared = during.with(prepared(past, begun.get()));
        Situation after = legIs(prepared, past, span, policies, opening.knownAt());
        Situation told = wasChosenLater(wrapUp, opening)
                ? ifAllowed(
                        after,
                        s -> rules.chosen(s, wrapUp.id(), wrapUp.choice(), past.details(), policies, opening.knownAt()))
                : after;
        return new Opened(past, told);
    }

    /** Somebody said after the end what the contact was about, if only to take it back. */
    private static boolean wasChosenLater(WrapUp wrapUp, WrapUp.Opening opening) {
        boolean takenBack = opening.choice().equals(WrapUp.Choice.NONE)
                && !wrapUp.fixedPolicy().askedBy().isEmpty();
        return takenBack || !wrapUp.choice().equals(opening.choice());
    }

    private Situation legIs(
            Situation situation, PastWrapUp past, LegSpan span, PolicyChoice policies, Instant knownAt) {
        return rules.legsAre(
                situation,
                List.of(new AfterCallRules.LegChange(span, past.details())),
                policies,
                () -> past.wrapUp().id(),
                knownAt);
    }

    /** Its agent, signed in, with a capacity that gives the leg the units that it took. */
    private static Agent agent(PastWrapUp past) {
        WrapUp wrapUp = past.wrapUp();
        Instant at = wrapUp.span().startedAt();
        return Agent.unknown(wrapUp.agent())
                .withLateProfile(
                        new ProfileChange(
                                null,
                                past.profile().team(),
                                null,
                                past.profile().skills(),
                                Math.max(1, wrapUp.legUnits()),
                                null,
                                null),
                        at)
                .withFacts(List.of(PresenceFact.of(
                        PresenceFact.Kind.SIGNED_IN,
                        at,
                        null,
                        ITS_OWN,
                        wrapUp.id().value())));
    }

    private static WrapUp prepared(PastWrapUp past, WrapUp begun) {
        WrapUp before = past.wrapUp();
        WrapUp chosen = begun.withChoice(past.opening().choice());
        WrapUp asked = before.requested() ? chosen.markRequested() : chosen;
        return wasBegun(before) ? asked.written(before.filled(), before.span().startedAt()) : asked;
    }

    /** A person had put something into the record before the end of the leg. */
    private static boolean wasBegun(WrapUp wrapUp) {
        return !wrapUp.filled().isEmpty()
                || wrapUp.state() instanceof Deferred owed
                        && (owed.cause() == Cause.BEGUN || owed.cause() == Cause.LATE);
    }

    // ---- what was done ----------------------------------------------------------------------------------------------

    private List<Act> acts(PastWrapUp past, Assumed assumed) {
        var acts = new ArrayList<Act>();
        past.wrapUp().stops().forEach(stop -> acts.addAll(stopped(past, stop)));
        past.wrapUp().credits().forEach(credit -> acts.add(lengthened(past, credit)));
        lastKey(past)
                .ifPresent(last -> acts.add(key(past, assumed.longest() ? past.ended() : typedFrom(past, last), last)));
        acts.addAll(ending(past, assumed));
        acts.sort(Comparator.comparing(Act::at)); // stable: of two at a time, what moves a deadline comes first
        return acts;
    }

    /** A call out of it is known as it begins, a wait for an application when it is over. */
    private static List<Act> stopped(PastWrapUp past, ClockStop stop) {
        Instant until = stop.until();
        var lasting = new ClockStop(stop.kind(), stop.id(), stop.from(), null);
        Act over = until == null ? null : stops(past, until, stop);
        if (stop.kind() == ClockStop.Kind.SYSTEM_WAIT) {
            return over == null ? List.of() : List.of(over);
        }
        Act begins = stops(past, stop.from(), lasting);
        return over == null ? List.of(begins) : List.of(begins, over);
    }

    private static Act stops(PastWrapUp past, Instant at, ClockStop stop) {
        WrapUpId id = past.wrapUp().id();
        return new Act(at, s -> {
            WrapUp wrapUp = s.get(id);
            return wrapUp.state() instanceof Open && wrapUp.deadline() != null
                    ? s.with(WindowClock.stopped(wrapUp, Set.of(stop.id()), List.of(stop)))
                    : s;
        });
    }

    private Act lengthened(PastWrapUp past, WrapUp.Credit credit) {
        WrapUpId id = past.wrapUp().id();
        Instant at = credit.at();
        String reason = credit.reason();
        return new Act(
                at,
                switch (credit.kind()) {
                    case "extension" -> s -> WindowRules.extended(s, id, reason, at);
                    case "override" ->
                        s -> WindowRules.extendedByOverride(s, id, credit.length(), reason == null ? "" : reason, at);
                    case "outage" ->
                        s -> WindowRules.outageCredited(s, id, at.minus(credit.length()), at, credit.length());
                    default -> throw new IllegalStateException("there is no credit of the kind " + credit.kind());
                });
    }

    /**
     * The last key that was pressed in the window. Keys that were pressed later, for a record that was owed, have covered it;
     * then those that kept a deadline waiting are known by the time at which that took effect.
     */
    private static Optional<Instant> lastKey(PastWrapUp past) {
        Instant input = past.wrapUp().inputAt();
        if (input == null || !input.isAfter(past.released())) {
            return Optional.ofNullable(input);
        }
        return Optional.of(past.wrapUp().cut() ? past.released().minus(WindowClock.TYPING) : past.released());
    }

    /** From when on keys are known to have been pressed up to the last: a deadline that waited for it waited for all of them. */
    private static Instant typedFrom(PastWrapUp past, Instant last) {
        Instant deadline = past.wrapUp().deadline();
        if (deadline == null) {
            return last;
        }
        Instant waited = deadline.plus(past.wrapUp().fixedPolicy().grace());
        return last.isAfter(waited) ? waited.minus(WindowClock.TYPING) : last;
    }

    private Act key(PastWrapUp past, Instant at, Instant last) {
        return new Act(at, s -> WindowRules.input(s, past.wrapUp().id(), last));
    }

    /** What a person did that let the agent go; nothing where a deadline did, or where nobody was held. */
    private List<Act> ending(PastWrapUp past, Assumed assumed) {
        WrapUp wrapUp = past.wrapUp();
        Instant released = past.released();
        return switch (wrapUp.state()) {
            case Completed c
            when !c.confirmedAt().isAfter(released) -> {
                List<Act> confirmed = assumed.taken() ? List.of(confirmed(past, c.confirmedAt())) : List.of();
                Instant deadline = wrapUp.deadline();
                boolean leftBefore =
                        released.isAfter(c.confirmedAt()) && deadline != null && released.isBefore(deadline);
                yield leftBefore ? joined(confirmed, left(past)) : confirmed;
            }
            case Deferred d when d.cause() == Cause.SIGNED_OUT -> List.of(left(past));
            case Expired e
            when !wrapUp.cut() && !wrapUp.wasDeferred() && !isOfItsEnd(past) ->
                List.of(new Act(released, s -> rules.ended(s, wrapUp.id(), e.reason(), released)));
            // what it was that put it off may be covered by what came after it
            case Completed c -> letGo(past, assumed);
            case Deferred d -> letGo(past, assumed);
            case Expired e -> letGo(past, assumed);
            case WrapUpState.Preparing p -> List.of();
            case Open o -> List.of();
            case Overdue o -> List.of();
        };
    }

    private List<Act> letGo(PastWrapUp past, Assumed assumed) {
        if (past.wrapUp().cut()) {
            return List.of();
        }
        if (isOfItsEnd(past)) {
            boolean wasHeld = opened(past, past.own())
                    .wrapUp()
                    .filter(wrapUp -> wrapUp.state().holds())
                    .isPresent();
            boolean byRelease = past.wrapUp().state() instanceof Deferred owed && owed.cause() == Cause.CHOSEN;
            return wasHeld ? List.of(byRelease ? putOff(past) : left(past)) : List.of();
        }
        return assumed.taken() || !isTheAgentsToDefer(past) ? List.of(putOff(past)) : List.of();
    }

    /** Its agent was released as its leg ended, by its policy or by whoever was quick. */
    private static boolean isOfItsEnd(PastWrapUp past) {
        return past.released().equals(past.ended());
    }

    private Act confirmed(PastWrapUp past, Instant at) {
        return new Act(at, s -> rules.completed(s, past.wrapUp().id(), CONFIRMED, ITS_OWN, null, at));
    }

    /** The agent did if its policy let it, else somebody for whom it need not: a supervisor. */
    private Act putOff(PastWrapUp past) {
        WrapUpId id = past.wrapUp().id();
        Instant at = past.released();
        var deferral = new AfterCallRules.Deferral(owner(past), null, ITS_OWN, List.of());
        return new Act(
                at,
                isTheAgentsToDefer(past)
                        ? s -> rules.deferred(s, id, deferral, at)
                        : s -> rules.deferredByOverride(s, id, deferral, at));
    }

    private static boolean isTheAgentsToDefer(PastWrapUp past) {
        WrapUpPolicy policy = past.wrapUp().fixedPolicy();
        Instant deadline = past.wrapUp().deadline();
        boolean tooSoon = isOfItsEnd(past)
                || policy.mode() == WrapUpMode.TIMEBOXED_FIXED
                        && deadline != null
                        && past.released().isBefore(deadline);
        boolean tooMany = owner(past) == Owner.AGENT && !policy.mayOweMoreThan(0);
        return policy.deferrable() && !tooSoon && !tooMany;
    }

    private static Owner owner(PastWrapUp past) {
        return past.wrapUp().state() instanceof Deferred owed ? owed.owner() : Owner.AGENT;
    }

    private Act left(PastWrapUp past) {
        Instant at = past.released();
        return new Act(
                at,
                s -> rules.presenceChanged(
                        s, List.of(PresenceFact.of(PresenceFact.Kind.SIGNED_OUT, at, null, ITS_OWN, ITS_OWN))));
    }

    private static List<Act> joined(List<Act> acts, Act last) {
        var all = new ArrayList<>(acts);
        all.add(last);
        return all;
    }

    // ---- how it goes ------------------------------------------------------------------------------------------------

    /** What a policy does not allow is not done, and all else goes on. */
    private static Situation ifAllowed(Situation situation, UnaryOperator<Situation> rule) {
        try {
            return rule.apply(situation);
        } catch (ProblemException refused) {
            return situation;
        }
    }

    /** One wrap-up on its way through time. */
    private final class Walk {
        private final WrapUpId id;
        private final Duration lag;
        private Situation now;
        private boolean overdue;

        Walk(Situation opened, WrapUpId id, Duration lag) {
            this.now = opened;
            this.id = id;
            this.lag = lag;
        }

        WrapUp wrapUp() {
            return now.get(id);
        }

        /** Deadlines that took effect before have done so by then; what nobody is held for any more is done to nothing. */
        void does(Act act) {
            until(act.at());
            if (wrapUp().state().holds()) {
                becomes(ifAllowed(now, act.rule()));
            }
        }

        void until(Instant time) {
            for (Optional<Instant> due = effect(); due.isPresent() && due.get().isBefore(time); due = effect()) {
                becomes(rules.deadlineReached(now, id, due.get()));
            }
        }

        private Optional<Instant> effect() {
            return AfterCallRules.dueAt(now, wrapUp()).map(due -> due.plus(lag));
        }

        private void becomes(Situation next) {
            now = next;
            overdue |= wrapUp().state() instanceof Overdue;
        }
    }
}
