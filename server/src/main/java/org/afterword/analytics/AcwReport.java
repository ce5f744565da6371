package org.afterword.analytics;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * An ACW report.
 *
 * @param workTime what percentages are taken of: {@code signedIn}, the time for which agents were signed in
 * @param totals   over all legs, not the sum of the rows: medians have no sum
 */
public record AcwReport(
        Instant from, Instant to, GroupBy groupBy, ZoneId zone, String workTime, List<AcwRow> rows, AcwRow totals) {
    public AcwReport {
        rows = List.copyOf(rows);
    }
}
