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
        // four sums, since each addition waits for the one before it
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            first += (double) values[i] * other.values[i];
            second += (double) values[i + 1] * other.values[i + 1];
            third += (double) values[i + 2] * other.values[i + 2];
            fourth += (double) values[i + 3] * other.values[i + 3];
        }
        for (; i < values.length; i++) {
            first += (double) values[i] * other.values[i];
        }
        return first + second + third + fourth;
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
