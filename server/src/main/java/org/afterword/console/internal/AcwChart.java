package org.afterword.console.internal;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ACW report drawn: a bar for the total time of each row, and beside it a strip from the median to the 90th percentile of
 * one wrap-up. All positions are percent of the axis, which begins at zero.
 *
 * @param longest what the whole width of a strip stands for, in seconds
 */
public record AcwChart(List<Bar> bars, double longest) {
    private static final int MOST_BARS = 12;
    private static final double LEAST_AXIS_SECONDS = 60;

    /** @param length of the bar; @param median and @param p90 on the strip's axis, null where too few wrap-ups say */
    public record Bar(
            AcwReportView.Row row,
            double length,
            @Nullable Double median,
            @Nullable Double p90) {}

    /**
     * The rows with any time; null if there are none.
     *
     * @param inOrder they keep their order, as times do; else the costliest come first, and only so many
     */
    public static @Nullable AcwChart of(List<AcwReportView.Row> rows, boolean inOrder) {
        List<AcwReportView.Row> costly =
                rows.stream().filter(row -> row.totalSeconds() > 0).toList();
        List<AcwReportView.Row> drawn = inOrder
                ? costly
                : costly.stream()
                        .sorted(Comparator.comparingDouble(AcwReportView.Row::totalSeconds)
                                .reversed())
                        .limit(MOST_BARS)
                        .toList();
        if (drawn.isEmpty()) {
            return null;
        }
        double most = drawn.stream()
                .mapToDouble(AcwReportView.Row::totalSeconds)
                .max()
                .orElseThrow();
        double axis = roundUp(drawn.stream()
                .mapToDouble(row -> row.p90Seconds() == null ? 0 : row.p90Seconds())
                .max()
                .orElse(0));
        return new AcwChart(
                drawn.stream()
                        .map(row -> new Bar(
                                row,
                                100 * row.totalSeconds() / most,
                                position(row.medianSeconds(), axis),
                                position(row.p90Seconds(), axis)))
                        .toList(),
                axis);
    }

    /** The next whole minute, at least one. */
    private static double roundUp(double seconds) {
        return Math.max(LEAST_AXIS_SECONDS, Math.ceil(seconds / 60) * 60);
    }

    private static @Nullable Double position(@Nullable Double seconds, double axis) {
        return seconds == null ? null : 100 * seconds / axis;
    }
}
