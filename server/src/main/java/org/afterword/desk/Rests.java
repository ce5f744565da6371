package org.afterword.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When an agent's rests are. What is kept of a rest says what it follows and how long it is; when it begins and what ends it is
 * derived from the agent's legs and facts, whatever order these became known in.
 */
final class Rests {
    private Rests() {}

    static Rest.Time time(Rest rest, Agent agent) {
        Instant due = due(rest, agent);
        if (due == null) {
            // a leg that is another's by now is waited for no longer
            return rest.endedAt() == null && isOfLegOnDesk(rest, agent) ? Rest.Time.AWAITED : Rest.Time.NEVER;
        }
        Instant away = agent.signedOutFrom(due).orElse(Instant.MAX);
        Instant ended = rest.endedAt() == null ? Instant.MAX : rest.endedAt();
        Instant from = freeFrom(due, agent);
        if (from.equals(Instant.MAX)) {
            return ended.equals(Instant.MAX) && away.equals(Instant.MAX) ? Rest.Time.AWAITED : Rest.Time.NEVER;
        }
        Instant planned = from.plus(rest.length());
        Instant until = Stream.of(planned, ended, away, nextStart(from, agent))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        boolean isOver = until.isBefore(planned) || !ended.equals(Instant.MAX);
        return until.isAfter(from) ? new Rest.Time(new Interval(from, until), isOver) : Rest.Time.NEVER;
    }

    /** Null while its leg holds the agent. */
    private static @Nullable Instant due(Rest rest, Agent agent) {
        if (rest.due() != null || rest.after() == null) {
            return rest.due();
        }
        Leg leg = agent.legs().get(rest.after());
        Instant free = leg == null ? Instant.MAX : leg.busyUntil();
        return free.equals(Instant.MAX) ? null : free;
    }

    /** The first moment from {@code time} on at which no leg and no wrap-up holds the agent; {@link Instant#MAX} before there is one. */
    private static Instant freeFrom(Instant time, Agent agent) {
        Instant free = time;
        boolean moved = true;
        while (moved && !free.equals(Instant.MAX)) {
            moved = false;
            for (Leg leg : agent.legs().values()) {
                if (!leg.span().startedAt().isAfter(free) && leg.busyUntil().isAfter(free)) {
                    free = leg.busyUntil();
                    moved = true;
                }
            }
        }
        return free;
    }

    private static Instant nextStart(Instant time, Agent agent) {
        Instant next = Instant.MAX;
        for (Leg leg : agent.legs().values()) {
            Instant start = leg.span().startedAt();
            next = start.isAfter(time) && start.isBefore(next) ? start : next;
        }
        return next;
    }

    /**
     * What has to be kept of them once legs and facts up to {@code until} are folded in: when they were and from when on they
     * are awaited no longer hangs on those. The end of the last one stays known, since the agent shows its state from then on.
     */
    static List<Rest> settled(Agent agent, Instant until) {
        var kept = new ArrayList<Rest>();
        Instant last = agent.restedUntil();
        for (Rest rest : agent.rests()) {
            Rest.Time time = time(rest, agent);
            Interval interval = time.interval();
            boolean old = interval == null
                    ? time.isOver() && forgottenAt(rest).isBefore(until) && !isOfLegOnDesk(rest, agent)
                    : time.isOver()
                            && interval.until().isBefore(until.minus(rest.kind().remembered()))
                            && !interval.until().equals(last);
            if (!old) {
                kept.add(settled(rest, time, agent, until));
            }
        }
        return kept;
    }

    /** Caps count what was taken of a recovery; time for what is owed is not offered again for a while, whether it was taken or not. */
    private static Instant forgottenAt(Rest rest) {
        return rest.kind() == Rest.Kind.OWED_WORK
                ? rest.given().plus(rest.kind().remembered())
                : rest.given();
    }

    /** What was given after a leg is not given again. */
    private static boolean isOfLegOnDesk(Rest rest, Agent agent) {
        return rest.after() != null && agent.legs().containsKey(rest.after());
    }

    private static Rest settled(Rest rest, Rest.Time time, Agent agent, Instant until) {
        Instant due = due(rest, agent);
        if (due == null || due.isAfter(until)) {
            return rest;
        }
        Interval interval = time.interval();
        if (interval == null && time.isOver()) {
            return rest.endedAt(due);
        }
        if (interval == null || interval.from().isAfter(until)) {
            return rest.dueAt(until); // something held the agent then
        }
        Rest begun = rest.dueAt(interval.from());
        return time.isOver() && !interval.until().isAfter(until) ? begun.endedAt(interval.until()) : begun;
    }
}
