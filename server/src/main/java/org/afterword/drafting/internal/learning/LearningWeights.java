package org.afterword.drafting.internal.learning;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.afterword.drafting.internal.learning.FeatureRows.Row;

/** The weights of features, a column for each score, while they are learned by stochastic gradients. */
final class LearningWeights {
    /* Chosen on the held-back fifth of MultiDoGO's train, with 30 confirmed contacts of each code and with all. */
    private static final double RATE = 0.2;

    /** In so many rounds. */
    static final int ROUNDS = 20;

    /** Bounds what training takes to about 32 MB of weights, and the model to a few. */
    private static final int MOST_TRAINED = 8_000_000;

    private static final int MOST_KEPT = 4_000_000;

    private final FeatureRows rows;
    private final int columns;
    private final GradientRows words;
    private final GradientRows meaning;
    private final float[] wordDecay;
    private final float meaningDecay;

    /** How many rows there may be for so many columns. */
    static int mostRows(int columns) {
        return MOST_TRAINED / Math.max(1, columns);
    }

    /**
     * @param all     of what is learned from
     * @param freedom C of the penalty {@code |w|² / (2 C)}
     */
    LearningWeights(FeatureRows rows, int columns, List<Row> all, double freedom) {
        this.rows = rows;
        this.columns = columns;
        this.words = new GradientRows(rows.count(), columns, RATE);
        this.meaning = new GradientRows(rows.dimensions() + 1, columns, RATE);
        this.wordDecay = decay(all, freedom);
        this.meaningDecay = (float) (1 / (freedom * all.size()));
    }

    /** What a row of weights loses each time it is seen, so that it is the whole penalty in a round. */
    private float[] decay(List<Row> all, double freedom) {
        var times = new int[rows.count()];
        for (Row row : all) {
            for (int at : row.rows()) {
                times[at]++;
            }
        }
        var decay = new float[times.length];
        for (int i = 0; i < decay.length; i++) {
            decay[i] = (float) (1 / (freedom * Math.max(1, times[i])));
        }
        return decay;
    }

    /** What a score is before anything was learned, instead of 0. */
    void startAt(int column, float score) {
        meaning.weights()[rows.dimensions() * columns + column] = score;
    }

    /** Adds the scores of the row. */
    void addTo(float[] scores, Row row) {
        for (int i = 0; i < row.rows().length; i++) {
            words.addTo(scores, row.rows()[i], row.values()[i]);
        }
        for (int d = 0; d < rows.dimensions(); d++) {
            meaning.addTo(scores, d, row.meaning()[d]);
        }
        meaning.addTo(scores, rows.dimensions(), 1);
    }

    /** Moves against the slopes that the loss has by each score of the row. */
    void step(Row row, float[] slopes) {
        float square = GradientRows.square(slopes);
        for (int i = 0; i < row.rows().length; i++) {
            int at = row.rows()[i];
            words.step(at, row.values()[i], slopes, square, wordDecay[at]);
        }
        for (int d = 0; d < rows.dimensions(); d++) {
            meaning.step(d, row.meaning()[d], slopes, square, meaningDecay);
        }
        meaning.step(rows.dimensions(), 1, slopes, square, 0);
    }

    /** Keeps the features that weigh most, each weight as one of 255 steps of its feature. */
    FeatureWeights packed() {
        float[] weights = words.weights();
        int[] kept = IntStream.range(0, rows.count())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -most(weights, row) * rows.rarity(row)))
                .limit(MOST_KEPT / Math.max(1, columns))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        var hashes = new int[kept.length];
        var sizes = new float[kept.length];
        var steps = new byte[kept.length * columns];
        for (int i = 0; i < kept.length; i++) {
            hashes[i] = rows.hash(kept[i]);
            float size = most(weights, kept[i]) / Byte.MAX_VALUE;
            sizes[i] = size * rows.rarity(kept[i]);
            for (int column = 0; column < columns; column++) {
                steps[i * columns + column] =
                        size == 0 ? 0 : (byte) Math.round(weights[kept[i] * columns + column] / size);
            }
        }
        return new FeatureWeights(columns, hashes, steps, sizes, meaning.weights());
    }

    private float most(float[] weights, int row) {
        float most = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
            most = Math.max(most, Math.abs(weights[i]));
        }
        return most;
    }
}
