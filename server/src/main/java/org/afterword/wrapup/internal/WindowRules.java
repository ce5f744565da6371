package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.afterword.catalog.PolicySettings;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.Leg;
import org.afterword.desk.PresenceFact;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.ClockStop;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUp.Credit;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpState.Open;
import org.afterword.wrapup.WrapUpState.Preparing;
import org.jspecify.annotations.Nullable;

/**
 * What moves the deadline of a window. A leg has one window, the first wrap-up's; what was split off goes by it, whichever of
 * them a person names.
 */
final class WindowRules {
    private WindowRules() {}

    /** Whether anything of its leg has time left: itself, or of what was split off it. */
    static boolean isOpen(Situation situation, WrapUp first) {
        return first.state() instanceof Open
                || first.state().holds()
                        && situation.partsOf(first).stream().anyMatch(part -> part.state() instanceof Open);
    }

    /** Whether something runs that was split off it: then its agent stays, whatever becomes of it. */
    static boolean staysForParts(Situation situation, WrapUp first) {
        return situation.partsOf(first).stream().anyMatch(part -> part.state().runs());
    }

    /** Puts the first wrap-up of a leg in place with a window that has moved, and what was split off goes along. */
    static Situation moved(Situation situation, WrapUp first, String announcement) {
        return shared(placed(situation, first, announcement), first, announcement, part -> part.sharing(first));
    }

    /**
     * It runs again, until then, with what was split off; what its clock stood still before counts no more. Of what it stands still for
     * now, only what is still to come counts where the window was over.
     */
    static Situation openedAgain(
            Situation situation, WrapUp first, @Nullable Instant deadline, String announcement, Instant now) {
        WrapUp longer = stopped(situation.agent(), first);
        Instant until = deadline == null || isOpen(situation, first)
                ? deadline
                : deadline.minus(WindowClock.standsStillFor(longer, now));
        WrapUp open = first.state().runs() ? longer.openUntil(until) : longer.withDeadline(until);
        return shared(
                placed(situation, open, announcement),
                open,
                "extended",
                part -> part.sharing(open).openUntil(until));
    }

    /** What is done with is told of nothing until its agent is released. */
    private static Situation placed(Situation situation, WrapUp first, String announcement) {
        return first.state().runs() ? situation.with(first, announcement) : situation.with(first);
    }

    private static Situation shared(
            Situation situation, WrapUp first, String announcement, UnaryOperator<WrapUp> change) {
        Situation now = situation;
        for (WrapUp part : situation.partsOf(first)) {
            if (part.state().runs()) {
                now = now.with(change.apply(part), announcement);
            } else if (part.state() instanceof Preparing || AfterCallRules.isOwedBySigningOut(part)) {
                now = now.with(part.sharing(first));
            }
        }
        return now;
    }

    /** The clocks of windows stand still as the agent's legs and facts tell now, whatever was known of that before. */
    static Situation clocksStopped(Situation situation) {
        Situation now = situation;
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.isPart() || wrapUp.deadline() == null) {
                continue;
            }
            WrapUp stopped = stopped(situation.agent(), wrapUp);
            boolean moves = isOpen(situation, wrapUp) || AfterCallRules.isOwedBySigningOut(wrapUp);
            if (moves && !stopped.equals(wrapUp)) {
                now = moved(now, stopped, told(wrapUp, stopped));
            } else if (wrapUp.state().holds() && !stopped.stops().equals(wrapUp.stops())) {
                // its time is over, and may be lengthened
                now = now.with(stopped.withDeadline(wrapUp.deadline()));
            }
        }
        return now;
    }

    private static String told(WrapUp before, WrapUp after) {
        boolean stands = WindowClock.standsStill(after);
        return stands == WindowClock.standsStill(before) ? "extended" : stands ? "paused" : "resumed";
    }

    /** With the stops of its clock as the agent's legs and facts tell now. */
    static WrapUp stopped(Agent agent, WrapUp window) {
        var known = new HashSet<String>();
        var stops = new ArrayList<ClockStop>();
        for (Leg leg : agent.legs().values()) {
            String id = leg.key().toString();
            known.add(id);
            if (isCallOut(leg, window)) {
                stops.add(new ClockStop(
                        ClockStop.Kind.CALL_OUT,
                        id,
                        leg.span().startedAt(),
                        leg.span().endedAt()));
            }
        }
        for (PresenceFact fact : agent.facts()) {
            if (fact.waited() != null && window.interaction().equals(fact.interaction())) {
                String id = fact.source() + " " + fact.id();
                known.add(id);
                stops.add(
                        new ClockStop(ClockStop.Kind.SYSTEM_WAIT, id, fact.at().minus(fact.waited()), fact.at()));
            }
        }
        return WindowClock.stopped(window, known, stops);
    }

    private static boolean isCallOut(Leg leg, WrapUp window) {
        Instant opened = window.openedAt();
        return opened != null
                && (leg.outbound() || leg.role() == LegRole.CONSULT)
                && !leg.key().equals(window.leg())
                && !leg.span().startedAt().isBefore(opened);
    }

    /** The agent asks for more time; from overdue it goes back to an open window. */
    static Situation extended(Situation situation, WrapUpId id, @Nullable String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireHeldWithDeadline(wrapUp);
        PolicySettings.Extensions allowed = wrapUp.fixedPolicy().extensions();
        if (wrapUp.extensions() >= allowed.count()) {
            throw AfterCallRules.refused(
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
    static Situation extendedByOverride(Situation situation, WrapUpId id, Duration length, String reason, Instant now) {
        WrapUp wrapUp = situation.get(id);
        requireHeldWithDeadline(wrapUp);
        return lengthened(situation, wrapUp, new Credit("override", length, now, reason), now);
    }

    private static void requireHeldWithDeadline(WrapUp wrapUp) {
        if (!wrapUp.state().runs()) {
            throw AfterCallRules.refused(wrapUp, "Only an open or overdue window can be extended.");
        }
        if (wrapUp.deadline() == null) {
            throw AfterCallRules.refused(wrapUp, "It has no deadline, so there is nothing to extend.");
        }
    }

    /**
     * Lengthens from the deadline, or from now if that has passed: an extension of nothing but the past would be none. While
     * its clock stands still, it does not pass.
     */
    private static Situation lengthened(Situation situation, WrapUp named, Credit credit, Instant now) {
        WrapUp first = situation.firstOf(named);
        Instant deadline = first.deadline();
        boolean passes = !isOpen(situation, first) || !WindowClock.standsStill(first);
        Instant from = deadline == null ? now : passes ? later(deadline, now) : deadline;
        return openedAgain(situation, first.credited(credit), from.plus(credit.length()), "extended", now);
    }

    /**
     * Our own downtime took part of the window: it is given back once, within a cap.
     *
     * @param most what is given back at most
     */
    static Situation outageCredited(
            Situation situation, WrapUpId id, Instant downSince, Instant upAgain, Duration most) {
        WrapUp first = situation.get(id);
        Instant deadline = first.deadline();
        Instant opened = first.openedAt();
        if (!isOpen(situation, first) || deadline == null || opened == null) {
            return situation;
        }
        Instant until = deadline.isBefore(upAgain) ? deadline : upAgain;
        Duration overlap = Duration.between(later(downSince, opened), until);
        if (overlap.isNegative() || overlap.isZero()) {
            return situation;
        }
        Duration length = overlap.compareTo(most) < 0 ? overlap : most;
        return moved(
                situation,
                first.credited(new Credit("outage", length, upAgain, null)).withDeadline(deadline.plus(length)),
                "extended");
    }

    /** The agent waited for one of our own systems; told once of each. What is over already gets nothing back. */
    static Situation systemWaited(Situation situation, WrapUpId id, String system, Instant since, Instant now) {
        WrapUp first = situation.get(id);
        Instant opened = first.openedAt();
        if (opened == null
                || !first.state().holds()
                || first.stops().stream().anyMatch(stop -> stop.id().equals(system))) {
            return situation;
        }
        var wait = new ClockStop(ClockStop.Kind.SYSTEM_WAIT, system, later(since, opened), now);
        WrapUp stopped = WindowClock.stopped(first, Set.of(system), List.of(wait));
        if (!isOpen(situation, first) || Objects.equals(stopped.deadline(), first.deadline())) {
            return situation.with(stopped.withDeadline(first.deadline()));
        }
        return moved(situation, stopped, "extended");
    }

    /** The agent is typing, in one of the records that its window is for. Says nothing to anybody. */
    static Situation input(Situation situation, WrapUpId id, Instant now) {
        WrapUp wrapUp = situation.get(id);
        WrapUpState state = wrapUp.state();
        if (!state.runs() && !(state instanceof Preparing)) {
            return situation;
        }
        WrapUp first = situation.firstOf(wrapUp).withInput(now);
        Situation typed = situation.with(first);
        for (WrapUp part : situation.partsOf(first)) {
            if (part.state().runs() || part.state() instanceof Preparing) {
                typed = typed.with(part.withInput(now));
            }
        }
        return typed;
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
