package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.desk.Interval;
import org.afterword.wrapup.ClockStop;
import org.afterword.wrapup.WrapUp;
import org.jspecify.annotations.Nullable;

/** When a window ends: its deadline, what stops its clock, and how long it waits for somebody who is typing. */
final class WindowClock {
    /** Whose last key is not older is still typing. */
    static final Duration TYPING = Duration.ofSeconds(3);

    private WindowClock() {}

    /**
     * When the deadline takes effect: after its grace, and while keys are pressed after the pause that follows, but no later
     * than the typing grace allows. Empty where there is no deadline, and while the clock stands still.
     */
    static Optional<Instant> effectiveAt(WrapUp wrapUp) {
        Instant deadline = wrapUp.deadline();
        if (deadline == null || standsStill(wrapUp)) {
            return Optional.empty();
        }
        Instant due = deadline.plus(wrapUp.fixedPolicy().grace());
        Instant input = wrapUp.inputAt();
        if (input == null || !input.plus(TYPING).isAfter(due)) {
            return Optional.of(due);
        }
        Instant quiet = input.plus(TYPING);
        Instant latest = due.plus(wrapUp.fixedPolicy().typingGrace());
        return Optional.of(quiet.isBefore(latest) ? quiet : latest);
    }

    /** Whether somebody calls or consults out of it right now. */
    static boolean standsStill(WrapUp wrapUp) {
        return wrapUp.stops().stream().anyMatch(stop -> stop.kind() == ClockStop.Kind.CALL_OUT && stop.until() == null);
    }

    /**
     * The deadline that a leg's end gives its window: the end, the window and the time in which the clock stood still, but
     * never less than {@code least} after the end was known. Null where the policy has none.
     */
    static @Nullable Instant deadline(WrapUp wrapUp, Instant legEnd, Instant receivedAt, Duration least) {
        if (!wrapUp.fixedPolicy().hasDeadline()) {
            return null;
        }
        Instant planned = legEnd.plus(wrapUp.fixedPolicy().window(wrapUp.filled()));
        Instant earliest = receivedAt.plus(least);
        return (planned.isBefore(earliest) ? earliest : planned).plus(stood(wrapUp));
    }

    /**
     * With stops of the clock as they are known now; the deadline moves by what that adds or takes.
     *
     * @param known ids of the stops of which everything is said: those that are not among {@code stops} were none
     */
    static WrapUp stopped(WrapUp wrapUp, Set<String> known, Collection<ClockStop> stops) {
        WrapUp with = wrapUp.withStops(Stream.concat(
                        wrapUp.stops().stream().filter(stop -> !known.contains(stop.id())), stops.stream())
                .sorted()
                .toList());
        Instant deadline = wrapUp.deadline();
        return deadline == null
                ? with
                : with.withDeadline(deadline.plus(stood(with)).minus(stood(wrapUp)));
    }

    /** How long the clock has stood still since the window opened; what still lasts is not counted yet. */
    static Duration stood(WrapUp wrapUp) {
        List<Interval> callOuts = Interval.union(intervals(wrapUp, ClockStop.Kind.CALL_OUT));
        return Interval.length(callOuts).plus(systemWaitCredited(wrapUp));
    }

    /** How long it has stood still by now for calls that still last, and did not for any that are over. */
    static Duration standsStillFor(WrapUp wrapUp, Instant now) {
        return Interval.length(Interval.union(intervals(wrapUp, ClockStop.Kind.CALL_OUT, now)))
                .minus(Interval.length(Interval.union(intervals(wrapUp, ClockStop.Kind.CALL_OUT))));
    }

    /** The part of the system waits that the window gets back. What is within a call-out counts there, once that is over. */
    static Duration systemWaitCredited(WrapUp wrapUp) {
        if (wrapUp.policy() == null) {
            return Duration.ZERO;
        }
        List<Interval> callOuts = intervals(wrapUp, ClockStop.Kind.CALL_OUT, Instant.MAX);
        var both = new ArrayList<>(callOuts);
        both.addAll(intervals(wrapUp, ClockStop.Kind.SYSTEM_WAIT));
        Duration waited = Interval.length(Interval.union(both)).minus(Interval.length(Interval.union(callOuts)));
        Duration cap = wrapUp.policy().systemWaitCap();
        return waited.compareTo(cap) < 0 ? waited : cap;
    }

    /** All system waits since the window opened. */
    static Duration systemWait(WrapUp wrapUp) {
        return Interval.length(Interval.union(intervals(wrapUp, ClockStop.Kind.SYSTEM_WAIT)));
    }

    private static List<Interval> intervals(WrapUp wrapUp, ClockStop.Kind kind) {
        return intervals(wrapUp, kind, Instant.MIN);
    }

    /** The stops of that kind since the window opened; what lasts still ends at {@code open}. */
    private static List<Interval> intervals(WrapUp wrapUp, ClockStop.Kind kind, Instant open) {
        Instant opened = wrapUp.openedAt();
        if (opened == null) {
            return List.of();
        }
        var intervals = new ArrayList<Interval>();
        for (ClockStop stop : wrapUp.stops()) {
            Instant until = stop.until() == null ? open : stop.until();
            if (stop.kind() == kind && until.isAfter(opened) && !until.isBefore(stop.from())) {
                intervals.add(new Interval(stop.from().isBefore(opened) ? opened : stop.from(), until));
            }
        }
        return intervals;
    }
}
