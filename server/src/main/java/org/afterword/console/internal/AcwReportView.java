package org.afterword.console.internal;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where after-call work goes.
 *
 * @param answer     what the report says, as a sentence
 * @param chart      null if there is nothing to draw
 * @param csv        address of the same rows as CSV
 * @param json       address of the same rows as JSON
 */
public record AcwReportView(
        Query query,
        String answer,
        List<Row> rows,
        @Nullable AcwChart chart,
        String csv,
        String json) {

    /** @param until the last day that is in */
    public record Query(LocalDate from, LocalDate until, String groupBy, String sort) {}

    /** @param records address of the records behind the row; null where they cannot be listed */
    public record Row(
            String label,
            long handled,
            double totalSeconds,
            @Nullable Double meanSeconds,
            @Nullable Double medianSeconds,
            @Nullable Double p90Seconds,
            @Nullable Double percent,
            @Nullable Double overrunRate,
            @Nullable String records) {}
}
