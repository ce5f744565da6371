package org.afterword.drafting;

import java.util.Arrays;

/** A direction in meaning space: of unit length, or all zero where there was nothing to embed. */
public final class Vector {
    private final float[] values;

    private Vector(float[] values) {
        this.values = values;
    }

    /** The direction of {@code values}, which may have any length. */
    public static Vector of(float[] values) {
        double square = 0;
        for (float value : values) {
            square += (double) value * value;
        }
        float[] unit = values.clone();
        if (square > 0) {
            double length = Math.sqrt(square);
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (float) (unit[i] / length);
            }
        }
        return new Vector(unit);
    }

    /** Cosine of the angle to {@code other}; 0 if either is zero. */
    public double cosine(Vector other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "vectors of %d and %d dimensions".formatted(values.length, other.values.length));
        }
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * other.values[i];
        }
        return sum;
    }

    public int dimensions() {
        return values.length;
    }

    /** A copy, for whoever stores it. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
