package org.afterword.drafting.internal.learning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Learned weights of features, a column for each score. Immutable. */
final class FeatureWeights {
    private final int columns;
    private final int[] hashes;
    private final byte[] steps;
    private final float[] stepSizes;
    private final float[] meaning;
    private final int dimensions;

    /**
     * @param hashes    of the features that have weights, ascending
     * @param steps     weights as multiples of their feature's step: one for each feature and column, column by column within a feature
     * @param stepSizes of each feature
     * @param meaning   weights likewise: one for each dimension and column, then one for each column (the bias)
     */
    FeatureWeights(int columns, int[] hashes, byte[] steps, float[] stepSizes, float[] meaning) {
        this.columns = columns;
        this.hashes = hashes;
        this.steps = steps;
        this.stepSizes = stepSizes;
        this.meaning = meaning;
        this.dimensions = columns == 0 ? 0 : meaning.length / columns - 1;
        if (steps.length != hashes.length * columns || stepSizes.length != hashes.length) {
            throw new IllegalArgumentException("%d features of %d columns have %d weights and %d steps"
                    .formatted(hashes.length, columns, steps.length, stepSizes.length));
        }
    }

    /** What it takes in memory, about. */
    long bytes() {
        return (long) Integer.BYTES * hashes.length
                + steps.length
                + (long) Float.BYTES * (stepSizes.length + meaning.length);
    }

    /** @return a score for each column */
    double[] scores(Features features) {
        if (dimensions != 0 && features.meaning().length != dimensions) {
            throw new IllegalArgumentException(
                    "features of %d dimensions for a model of %d".formatted(features.meaning().length, dimensions));
        }
        var scores = new double[columns];
        for (int d = 0; d < dimensions; d++) {
            double value = features.meaning()[d];
            for (int column = 0; column < columns; column++) {
                scores[column] += value * meaning[d * columns + column];
            }
        }
        for (int column = 0; column < columns; column++) {
            scores[column] += meaning[dimensions * columns + column];
        }
        int[] present = features.hashes();
        for (int i = 0; i < present.length; i++) {
            int feature = Arrays.binarySearch(hashes, present[i]);
            if (feature >= 0) {
                double value = features.weights()[i] * stepSizes[feature];
                for (int column = 0; column < columns; column++) {
                    scores[column] += value * steps[feature * columns + column];
                }
            }
        }
        return scores;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            out.writeInt(hashes[i]);
            out.writeFloat(stepSizes[i]);
        }
        out.write(steps);
        out.writeInt(meaning.length);
        for (float weight : meaning) {
            out.writeShort(Float.floatToFloat16(weight));
        }
    }

    static FeatureWeights read(int columns, DataInputStream in) throws IOException {
        var hashes = new int[in.readInt()];
        var stepSizes = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = in.readInt();
            stepSizes[i] = in.readFloat();
        }
        byte[] steps = in.readNBytes(hashes.length * columns);
        var meaning = new float[in.readInt()];
        for (int i = 0; i < meaning.length; i++) {
            meaning[i] = Float.float16ToFloat(in.readShort());
        }
        return new FeatureWeights(columns, hashes, steps, stepSizes, meaning);
    }
}
