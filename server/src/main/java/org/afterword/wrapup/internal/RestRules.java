package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.afterword.catalog.PolicySettings.OccupancyGuard;
import org.afterword.catalog.PolicySettings.Recovery;
import org.afterword.catalog.Queue;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.desk.Interval;
import org.afterword.desk.Leg;
import org.afterword.desk.LegKey;
import org.afterword.desk.Occupancy;
import org.afterword.desk.Rest;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState;
import org.jspecify.annotations.Nullable;

/**
 * Which rests agents are given, from the arguments alone. When a rest begins and ends follows from the agent's legs and
 * presence ({@link Agent#timeOf}); nothing of it moves the window that it follows.
 */
final class RestRules {
    /** How long after a contact its agent may still ask for a recovery. */
    static final Duration RIGHT_AFTER = Duration.ofMinutes(2);

    private static final String BY_RULE = "rule";
    private static final String ASKED = "asked";
    private static final String TOO_BUSY = "occupancy";
    private static final String OF_QUEUE = "queue:";

    private RestRules() {}

    /** The recovery that the policy of a contact gives by itself; none where its cap leaves no room for a whole one. */
    static Situation byRule(Situation situation, WrapUp wrapUp, Instant now) {
        Recovery recovery = wrapUp.fixedPolicy().recovery();
        Agent agent = situation.agent();
        boolean follows = wrapUp.state() instanceof WrapUpState.Preparing
                || wrapUp.state().holds();
        if (!recovery.byRule() || !follows || isGivenAfter(wrapUp.leg(), agent)) {
            return situation;
        }
        if (excess(agent, recovery, now).isPositive()) {
            return situation;
        }
        Rest rest = Rest.after(wrapUp.leg(), Rest.Kind.RECOVERY, BY_RULE, now, recovery.length());
        boolean isLate = wrapUp.state().holds() && !isOn(wrapUp.leg(), agent);
        return situation.with(agent.giveRest(isLate ? rest.fromWhenGiven() : rest));
    }

    private static boolean isGivenAfter(LegKey leg, Agent agent) {
        return recoveries(agent).stream().anyMatch(rest -> leg.equals(rest.after()));
    }

    /** Has legs and facts kept apart for as long as the guard of a contact's policy looks back; others may look further. */
    static Situation watched(Situation situation, WrapUpPolicy policy) {
        Agent agent = situation.agent();
        Duration window = policy.occupancyGuard().window();
        return window.compareTo(agent.lookBack()) > 0 ? situation.with(agent.lookingBack(window)) : situation;
    }

    /**
     * The rest that the guard of a contact's policy gives as the contact lets its agent go: where the agent was busier than it
     * allows, and does not rest as long anyway. By what is known at the release; what becomes known later gives and takes none.
     */
    static Situation guarded(Situation situation, WrapUp wrapUp, Instant at) {
        OccupancyGuard guard = wrapUp.fixedPolicy().occupancyGuard();
        Agent agent = situation.agent();
        Instant until = agent.restsUntil();
        boolean restsAsLong = until != null && !until.isBefore(at.plus(guard.rest()));
        if (guard.restSeconds() == 0 || !agent.presence().signedIn() || restsAsLong) {
            return situation;
        }
        Occupancy occupancy = agent.occupancy(at, guard.window());
        boolean isThereLongEnough = occupancy.available().multipliedBy(2).compareTo(guard.window()) >= 0;
        return isThereLongEnough && occupancy.isAbove(guard.percent())
                ? situation.with(agent.giveRest(Rest.from(at, Rest.Kind.OCCUPANCY, TOO_BUSY, guard.rest())))
                : situation;
    }

    /** What gives a recovery to whoever asks for it. */
    private record Source(
            Recovery recovery, String policy, @Nullable LegKey after) {}

    /**
     * The agent asks for a recovery: after what it is in, or from now on if its last contact was a moment ago. Asked twice, it
     * is given once.
     *
     * @param details  of the contacts that the agent is in
     * @param policies those under which windows open now
     * @throws ProblemException CONFLICT saying what is missing, or when it is possible again
     */
    static Situation asked(
            Situation situation, Map<InteractionId, InteractionDetails> details, PolicyChoice policies, Instant now) {
        Agent agent = situation.agent();
        if (!agent.presence().signedIn()) {
            throw refused("Agent %s is not signed in.".formatted(agent.id()));
        }
        if (recoveries(agent).stream().anyMatch(rest -> agent.timeOf(rest).keepsWorkAway(now))) {
            return situation;
        }
        Source source = sources(situation, details, policies, now).stream()
                .filter(each -> each.recovery().onRequest())
                .max(Comparator.comparing(each -> each.recovery().length()))
                .orElseThrow(() -> refused(
                        "Agent %s is in no contact, and in none that ended within the last %d seconds, whose policy gives a recovery on request."
                                .formatted(agent.id(), RIGHT_AFTER.toSeconds())));
        Recovery recovery = source.recovery();
        Duration excess = excess(agent, recovery, now);
        if (excess.isPositive()) {
            throw refused(
                    "Policy '%s' gives recoveries of %d seconds within %d hours at most. The next one is possible at %s."
                            .formatted(
                                    source.policy(),
                                    recovery.capSeconds(),
                                    recovery.capHours(),
                                    possibleAt(agent, recovery, excess, now)));
        }
        LegKey after = source.after();
        return situation.with(agent.giveRest(
                after == null || !isOn(after, agent)
                        ? Rest.from(now, Rest.Kind.RECOVERY, ASKED, recovery.length())
                        : Rest.after(after, Rest.Kind.RECOVERY, ASKED, now, recovery.length())));
    }

    /** A leg that ended may have a window that holds no units: a rest after it would have begun with its end. */
    private static boolean isOn(LegKey key, Agent agent) {
        Leg leg = agent.legs().get(key);
        return leg != null && (leg.isOn() || leg.isHeld());
    }

    /** The contacts that the agent is in or that hold it; if there are none, the last one, as long as that was a moment ago. */
    private static List<Source> sources(
            Situation situation, Map<InteractionId, InteractionDetails> details, PolicyChoice policies, Instant now) {
        var sources = new ArrayList<Source>();
        for (WrapUp wrapUp : situation.wrapUps().values()) {
            if (wrapUp.state() instanceof WrapUpState.Preparing) {
                var policy = policies.choose(AfterCallRules.contact(
                        situation.agent(),
                        details.getOrDefault(wrapUp.interaction(), InteractionDetails.UNKNOWN),
                        wrapUp,
                        policies));
                sources.add(new Source(policy.recovery(), policy.rule(), wrapUp.leg()));
            } else if (wrapUp.state().holds()) {
                sources.add(new Source(
                        wrapUp.fixedPolicy().recovery(), wrapUp.fixedPolicy().rule(), wrapUp.leg()));
            }
        }
        if (sources.isEmpty()) {
            situation.wrapUps().values().stream()
                    .filter(wrapUp -> wrapUp.policy() != null)
                    .filter(wrapUp -> isRightAfter(wrapUp.state().releasedAt(), now))
                    .max(Comparator.comparing(
                            wrapUp -> Objects.requireNonNull(wrapUp.state().releasedAt(), "it was released")))
                    .ifPresent(last -> sources.add(new Source(
                            last.fixedPolicy().recovery(), last.fixedPolicy().rule(), null)));
        }
        return sources;
    }

    private static boolean isRightAfter(@Nullable Instant released, Instant now) {
        return released != null && now.isBefore(released.plus(RIGHT_AFTER));
    }

    /** The contact that let the agent go last, if that was a moment ago: its wrap-up may have come to its end since. */
    static Optional<InteractionId> lastContact(Agent agent, Instant now) {
        return agent.legs().values().stream()
                .filter(leg -> isRightAfter(leg.releasedAt(), now))
                .max(Comparator.comparing(leg -> Objects.requireNonNull(leg.releasedAt(), "it was released")))
                .map(Leg::interaction);
    }

    /**
     * Time for what the agent owes, of a queue that is calm: where nothing holds the agent, it could take the queue's work, and had no
     * such time lately.
     */
    static Situation protectedTime(Situation situation, Queue queue, Instant now) {
        Agent agent = situation.agent();
        Queue.Calm calm = queue.calm();
        boolean isIdle = agent.load(now) == 0 && agent.isEligible(1, queue.requiredSkills(), now);
        if (calm == null
                || !isIdle
                || agent.owed() == 0
                || agent.rests().stream()
                        .anyMatch(rest -> rest.kind() == Rest.Kind.OWED_WORK
                                && rest.given().plus(calm.pause()).isAfter(now))) {
            return situation;
        }
        return situation.with(
                agent.giveRest(Rest.from(now, Rest.Kind.OWED_WORK, OF_QUEUE + queue.code(), calm.slot())));
    }

    /** Rests whose time is over are, however late that is looked at; and nobody needs time for what is no longer owed. */
    static Situation over(Situation situation, Instant now) {
        Agent agent = situation.agent().restsOverBy(now);
        Agent free = agent.owed() > 0 ? agent : agent.endRests(Rest.Kind.OWED_WORK, now);
        return free == situation.agent() ? situation : situation.with(free);
    }

    /** The agent is ready again, or does not want the rest that it waits for. */
    static Situation ended(Situation situation, Instant now) {
        return situation.with(situation.agent().endRests(now));
    }

    private static List<Rest> recoveries(Agent agent) {
        return agent.rests().stream()
                .filter(rest -> rest.kind() == Rest.Kind.RECOVERY)
                .toList();
    }

    /** By how much one more would go beyond the cap. Time that two share counts once; of those that are awaited, the longest. */
    private static Duration excess(Agent agent, Recovery recovery, Instant now) {
        Duration awaited = recoveries(agent).stream()
                .filter(rest -> agent.timeOf(rest).isAwaited())
                .map(Rest::length)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return Interval.length(taken(agent, recovery, now))
                .plus(awaited)
                .plus(recovery.length())
                .minus(recovery.cap());
    }

    /** What counts against the cap, in the order of time. */
    private static List<Interval> taken(Agent agent, Recovery recovery, Instant now) {
        Instant since = now.minus(recovery.within());
        var taken = new ArrayList<Interval>();
        for (Rest rest : recoveries(agent)) {
            Interval interval = agent.timeOf(rest).interval();
            if (interval != null && interval.until().isAfter(since)) {
                taken.add(new Interval(interval.from().isBefore(since) ? since : interval.from(), interval.until()));
            }
        }
        return Interval.union(taken);
    }

    /** When so much of what counts has gone out of sight, if nothing is added to it. */
    private static Instant possibleAt(Agent agent, Recovery recovery, Duration excess, Instant now) {
        Duration left = excess;
        for (Interval interval : taken(agent, recovery, now)) {
            if (left.compareTo(interval.length()) <= 0) {
                return interval.from().plus(left).plus(recovery.within());
            }
            left = left.minus(interval.length());
        }
        return now.plus(recovery.within());
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemType.CONFLICT, why);
    }
}
