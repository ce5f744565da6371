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

    /** Whether any of the rows has contacts that were none. A column of nothing but zeros is not worth its room. */
    public boolean hasNoContacts() {
        return rows.stream().anyMatch(row -> row.noContact() > 0);
    }

    public boolean hasNotStarted() {
        return rows.stream().anyMatch(row -> row.notStarted() > 0);
    }

    public boolean hasSystemWaits() {
        return rows.stream().anyMatch(row -> row.systemWaitSeconds() != null && row.systemWaitSeconds() > 0);
    }

    /** Whether leaks can be told by what the rows stand for; zeros are worth showing. */
    public boolean hasLeaks() {
        return rows.stream().anyMatch(row -> row.leaks() != null);
    }

    public record Option(String code, String label, boolean chosen) {}

    /**
     * @param systemWaitSeconds within the mean
     * @param leaks             null where they cannot be told by this
     * @param records           address of the records behind the row; null where they cannot be listed
     */
    public record Row(
            String label,
            long handled,
            double totalSeconds,
            @Nullable Double meanSeconds,
            @Nullable Double medianSeconds,
            @Nullable Double p90Seconds,
            @Nullable Double percent,
            @Nullable Double overrunRate,
            @Nullable Double systemWaitSeconds,
            long noContact,
            long notStarted,
            @Nullable Long leaks,
            @Nullable Double leaksPer10000,
            @Nullable String records) {}
}
