package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.afterword.conversation.LegRole;

/**
 * How busy an agent was within a time: the union of its legs and wrap-ups, of the time in which it was signed in and not "not
 * ready". Time with a leg or wrap-up counts as the latter, whatever the agent wanted; a rest does too, so that resting brings the
 * occupancy down. What was before the facts that are still apart is left out.
 *
 * @param busy      with a leg or a wrap-up; never more than {@code available}
 * @param available signed in, and not "not ready"
 */
public record Occupancy(Duration busy, Duration available) {

    static Occupancy of(Agent agent, Instant until, Duration window) {
        Instant begin = until.minus(window);
        Instant from = agent.knowsPresenceAt(begin) ? begin : agent.settledUntil();
        if (!from.isBefore(until)) {
            return new Occupancy(Duration.ZERO, Duration.ZERO);
        }
        var signedIn = new ArrayList<Interval>();
        var ready = new ArrayList<Interval>();
        Presence presence = agent.settled()
                .after(agent.facts().stream()
                        .filter(fact -> !fact.at().isAfter(from))
                        .toList());
        Instant since = from;
        List<PresenceFact> within = agent.facts().stream()
                .filter(fact -> fact.at().isAfter(from) && fact.at().isBefore(until))
                .sorted()
                .toList();
        for (PresenceFact fact : within) {
            add(presence, new Interval(since, fact.at()), signedIn, ready);
            presence = presence.after(List.of(fact));
            since = fact.at();
        }
        add(presence, new Interval(since, until), signedIn, ready);
        List<Interval> busy = Interval.common(Interval.union(signedIn), Interval.union(busy(agent, from, until)));
        ready.addAll(busy);
        return new Occupancy(Interval.length(busy), Interval.length(Interval.union(ready)));
    }

    private static void add(Presence presence, Interval time, List<Interval> signedIn, List<Interval> ready) {
        if (presence.signedIn()) {
            signedIn.add(time);
            if (presence.wanted() == AgentState.AVAILABLE) {
                ready.add(time);
            }
        }
    }

    /** A monitor is at no work of its own. */
    private static List<Interval> busy(Agent agent, Instant from, Instant until) {
        var busy = new ArrayList<Interval>();
        for (Leg leg : agent.legs().values()) {
            Instant start =
                    leg.span().startedAt().isBefore(from) ? from : leg.span().startedAt();
            Instant released = leg.releasedAt() == null ? until : leg.releasedAt();
            Instant end = released.isBefore(until) ? released : until;
            if (leg.role() != LegRole.MONITOR && start.isBefore(end)) {
                busy.add(new Interval(start, end));
            }
        }
        return busy;
    }

    /** Whether it is more than so many of a hundred. */
    public boolean isAbove(int percent) {
        return busy.multipliedBy(100).compareTo(available.multipliedBy(percent)) > 0;
    }
}
