package org.afterword.analytics;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Which ACW report is wanted.
 *
 * @param from    legs that ended at this time or later
 * @param to      and before this time
 * @param minutes length of an {@link GroupBy#INTERVAL}: 15 or 30
 * @param zone    where days begin, and hours in zones that are half an hour off
 */
public record AcwQuery(Instant from, Instant to, GroupBy groupBy, int minutes, ZoneId zone, AcwSort sort) {
    public AcwQuery {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from (%s) must be before to (%s)".formatted(from, to));
        }
        if (minutes != 15 && minutes != 30) {
            throw new IllegalArgumentException("minutes (%d) must be 15 or 30".formatted(minutes));
        }
    }

    /** In the usual order: what costs most first, and times as they pass. */
    public static AcwQuery of(Instant from, Instant to, GroupBy groupBy, ZoneId zone) {
        return new AcwQuery(from, to, groupBy, 30, zone, AcwSort.usual(groupBy));
    }

    public AcwQuery sortedBy(AcwSort other) {
        return new AcwQuery(from, to, groupBy, minutes, zone, other);
    }
}
