package org.afterword.drafting.internal.learning;

import org.jspecify.annotations.Nullable;

/**
 * Rows of weights that learn by stochastic gradients, each row with a rate of its own (AdaGrad, Duchi et al. 2011): rows that are
 * seldom seen move far.
 */
final class GradientRows {
    private final float[] weights;
    private final float[] seen;
    private final int columns;
    private final float rate;
    private float @Nullable [] sum;
    private int remembered;

    GradientRows(int rows, int columns, double rate) {
        this.weights = new float[rows * columns];
        this.seen = new float[rows];
        this.columns = columns;
        this.rate = (float) rate;
    }

    float[] weights() {
        return weights;
    }

    /** Adds {@code value} times the row to the scores. */
    void addTo(float[] scores, int row, float value) {
        int from = row * columns;
        for (int column = 0; column < columns; column++) {
            scores[column] += value * weights[from + column];
        }
    }

    /**
     * Moves a row against the slopes of the loss.
     *
     * @param square the sum of the squares of {@code slopes}
     * @param decay  what it loses beside that, for each unit of its rate
     */
    void step(int row, float value, float[] slopes, float square, float decay) {
        seen[row] += value * value * square;
        if (seen[row] == 0) {
            return;
        }
        float own = (float) (rate / Math.sqrt(seen[row]));
        float step = own * value;
        float rest = 1 / (1 + own * decay);
        int from = row * columns;
        for (int column = 0; column < columns; column++) {
            weights[from + column] = (weights[from + column] - step * slopes[column]) * rest;
        }
    }

    /** Adds the weights of now to the mean that {@link #average} makes of them. */
    void remember() {
        if (sum == null) {
            sum = new float[weights.length];
        }
        for (int i = 0; i < weights.length; i++) {
            sum[i] += weights[i];
        }
        remembered++;
    }

    /** Puts the mean of what was remembered in place of the weights: it swings less than they do. */
    void average() {
        if (sum != null) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = sum[i] / remembered;
            }
        }
    }

    static float square(float[] slopes) {
        float square = 0;
        for (float slope : slopes) {
            square += slope * slope;
        }
        return square;
    }
}
