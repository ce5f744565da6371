package org.afterword.drafting.internal.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.afterword.drafting.EvaluationReport.Figure;

/**
 * How often something wrong is doubted more than something right (the area under the ROC curve; ties count half), with what the choice of
 * contacts does to it.
 */
public final class RankScore {
    private static final int RESAMPLES = 1000;
    private static final double TAIL = 0.025;

    private record Item(double doubt, boolean wrong) {}

    private final String name;
    private final List<List<Item>> contacts = new ArrayList<>();

    public RankScore(String name) {
        this.name = name;
    }

    /** What follows is of another contact. */
    public void nextContact() {
        contacts.add(new ArrayList<>());
    }

    public void add(double doubt, boolean wrong) {
        contacts.getLast().add(new Item(doubt, wrong));
    }

    /** Empty where nothing is wrong, or nothing right. */
    public Optional<Figure> figure() {
        List<Item> all = contacts.stream().flatMap(List::stream).toList();
        double area = area(all);
        if (Double.isNaN(area)) {
            return Optional.empty();
        }
        // the same contacts give the same interval
        var random = new Random(1);
        double[] areas = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            var drawn = new ArrayList<Item>();
            for (int j = 0; j < contacts.size(); j++) {
                drawn.addAll(contacts.get(random.nextInt(contacts.size())));
            }
            double value = area(drawn);
            areas[i] = Double.isNaN(value) ? area : value;
        }
        Arrays.sort(areas);
        return Optional.of(new Figure(
                null, name, area, areas[(int) (TAIL * RESAMPLES)], areas[(int) ((1 - TAIL) * RESAMPLES)], all.size()));
    }

    private static double area(List<Item> items) {
        List<Item> sorted = items.stream()
                .sorted((one, other) -> Double.compare(one.doubt(), other.doubt()))
                .toList();
        double ranks = 0;
        long wrong = 0;
        int i = 0;
        while (i < sorted.size()) {
            int end = i;
            while (end < sorted.size()
                    && sorted.get(end).doubt() == sorted.get(i).doubt()) {
                end++;
            }
            double rank = (i + 1 + end) / 2.0;
            for (; i < end; i++) {
                if (sorted.get(i).wrong()) {
                    ranks += rank;
                    wrong++;
                }
            }
        }
        long right = items.size() - wrong;
        return wrong == 0 || right == 0 ? Double.NaN : (ranks - wrong * (wrong + 1) / 2.0) / ((double) wrong * right);
    }
}
