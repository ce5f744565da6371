package org.afterword.drafting.internal.learning;

import java.util.Arrays;

/** Scores into shares that add up to 1. */
final class Softmax {
    private Softmax() {}

    static void inPlace(double[] scores) {
        double most = Arrays.stream(scores).max().orElse(0);
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - most);
            total += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= total;
        }
    }

    static void inPlace(float[] scores) {
        float most = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        float total = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) Math.exp(scores[i] - most);
            total += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= total;
        }
    }
}
