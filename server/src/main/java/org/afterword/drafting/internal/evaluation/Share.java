package org.afterword.drafting.internal.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.afterword.drafting.EvaluationReport.Figure;

/** A share whose parts are counted contact by contact, with what the choice of contacts does to it. */
final class Share {
    private static final int RESAMPLES = 1000;
    private static final double TAIL = 0.025;

    private final String name;
    private final List<double[]> counts = new ArrayList<>();

    Share(String name) {
        this.name = name;
    }

    /** Of one contact. */
    void add(double part, double whole) {
        counts.add(new double[] {part, whole});
    }

    void add(boolean holds) {
        add(holds ? 1 : 0, 1);
    }

    /** Of the contacts that have anything of it; empty where none has. */
    Optional<Figure> figure() {
        double whole = counts.stream().mapToDouble(count -> count[1]).sum();
        if (whole == 0) {
            return Optional.empty();
        }
        // the same contacts give the same interval
        var random = new Random(1);
        double[] values = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double[] sum = new double[2];
            for (int drawn = 0; drawn < counts.size(); drawn++) {
                double[] count = counts.get(random.nextInt(counts.size()));
                sum[0] += count[0];
                sum[1] += count[1];
            }
            values[i] = sum[1] == 0 ? 0 : sum[0] / sum[1];
        }
        Arrays.sort(values);
        double part = counts.stream().mapToDouble(count -> count[0]).sum();
        return Optional.of(new Figure(
                null,
                name,
                part / whole,
                values[(int) (TAIL * RESAMPLES)],
                values[(int) ((1 - TAIL) * RESAMPLES)],
                Math.round(whole)));
    }
}
