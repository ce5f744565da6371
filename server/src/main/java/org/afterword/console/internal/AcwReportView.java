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
    public record Query(LocalDate from, LocalDate until, Group groupBy, Sort sort) {}

    /** What a row stands for; {@code code} as the API names it. */
    public enum Group {
        QUEUE("queue", "Queue"),
        TEAM("team", "Team"),
        AGENT("agent", "Agent"),
        CALL_TYPE("callType", "Call type"),
        DISPOSITION("disposition", "Disposition"),
        CHANNEL("channel", "Channel"),
        CAMPAIGN("campaign", "Campaign"),
        COMPLEXITY("complexity", "Complexity"),
        DAY("day", "Day"),
        HOUR("hour", "Hour");

        private final String code;
        private final String label;

        Group(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }
    }

    public enum Sort {
        TOTAL("acwTotalSeconds", "Total time"),
        MEAN("acwMeanSeconds", "Mean"),
        P90("acwP90Seconds", "90th percentile"),
        OVERRUN("overrunRate", "Overrun"),
        KEY("key", "Name");

        private final String code;
        private final String label;

        Sort(String code, String label) {
            this.code = code;
            this.label = label;
        }

        public String code() {
            return code;
        }

        public String label() {
            return label;
        }
    }

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
