package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A time from one instant to another. */
public record Interval(Instant from, Instant until) {
    public Interval {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("until (%s) is before from (%s)".formatted(until, from));
        }
    }

    /** The same time in intervals that neither overlap nor touch, the first one first. */
    public static List<Interval> union(Collection<Interval> intervals) {
        var union = new ArrayList<Interval>();
        for (Interval next :
                intervals.stream().sorted(Comparator.comparing(Interval::from)).toList()) {
            Interval last = union.isEmpty() ? null : union.getLast();
            if (last != null && !next.from().isAfter(last.until())) {
                Instant until = next.until().isAfter(last.until()) ? next.until() : last.until();
                union.set(union.size() - 1, new Interval(last.from(), until));
            } else {
                union.add(next);
            }
        }
        return union;
    }

    /** What two unions have in common. */
    public static List<Interval> common(List<Interval> union, List<Interval> other) {
        var common = new ArrayList<Interval>();
        for (Interval a : union) {
            for (Interval b : other) {
                Instant from = a.from.isAfter(b.from) ? a.from : b.from;
                Instant until = a.until.isBefore(b.until) ? a.until : b.until;
                if (from.isBefore(until)) {
                    common.add(new Interval(from, until));
                }
            }
        }
        return common;
    }

    public Duration length() {
        return Duration.between(from, until);
    }

    /** How long all of a union take together. */
    public static Duration length(Collection<Interval> union) {
        return union.stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }
}
