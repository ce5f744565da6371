package org.afterword.console.internal;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where after-call work goes.
 *
 * @param until   the last day that is in
 * @param groupBy what rows can stand for
 * @param sort    what they can be sorted by
 * @param subject what they stand for now
 * @param answer  what the report says, as a sentence
 * @param chart   null if there is nothing to draw
 * @param csv     address of the same rows as CSV
 * @param json    address of the same rows as JSON
 */
public record AcwReportView(
        LocalDate from,
        LocalDate until,
        List<Option> groupBy,
        List<Option> sort,
        String subject,
        String answer,
        List<Row> rows,
        @Nullable AcwChart chart,
        String csv,
        String json) {

    public record Option(String code, String label, boolean chosen) {}

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
