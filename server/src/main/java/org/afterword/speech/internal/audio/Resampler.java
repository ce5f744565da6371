package org.afterword.speech.internal.audio;

import java.util.Arrays;

/**
 * Brings sound of any rate to another, piece by piece: each sample that is wanted is the sum of those around it, weighted by a
 * low-pass filter (a sine cardinal under a Hann window) that is centred on its time.
 */
final class Resampler {
    /** How many waves of the filter there are to each side. */
    private static final int WAVES = 16;

    /** How much of the band is kept; the rest is where the filter falls off. */
    private static final double KEPT = 0.94;

    private final int up;
    private final int down;
    private final int half;
    private final double cutoff;

    /** The filter as it lies for each place that a wanted sample can have between two given ones; made when first needed. */
    private final float[][] filters;

    /** Given samples that are still needed; the first {@code half} are silence before the start. */
    private float[] given;

    private int held;

    /** Where the first of {@code given} is, in given samples; the sound begins at 0. */
    private long firstHeld;

    private long made;

    Resampler(int from, int to) {
        int common = greatestCommonDivisor(from, to);
        this.up = to / common;
        this.down = from / common;
        this.cutoff = Math.min(1.0, (double) to / from) * KEPT;
        this.half = (int) Math.ceil(WAVES / cutoff);
        this.filters = new float[up][];
        this.given = new float[4 * half];
        this.held = half;
        this.firstHeld = -half;
    }

    private static int greatestCommonDivisor(int one, int other) {
        return other == 0 ? one : greatestCommonDivisor(other, one % other);
    }

    /** What is certain of the result once {@code samples} are known too. */
    float[] more(float[] samples) {
        if (up == down) {
            return samples;
        }
        append(samples);
        long known = firstHeld + held;
        // the last that is wanted has half a filter of known samples behind it
        long wanted = Math.max(made, Math.ceilDiv((known - half) * up, (long) down));
        var result = new float[(int) (wanted - made)];
        for (int i = 0; i < result.length; i++) {
            result[i] = sample(made + i);
        }
        made = wanted;
        forget();
        return result;
    }

    /** The rest, when no more samples come. */
    float[] end() {
        return up == down ? new float[0] : more(new float[half]);
    }

    private void append(float[] samples) {
        if (held + samples.length > given.length) {
            given = Arrays.copyOf(given, Math.max(2 * given.length, held + samples.length));
        }
        System.arraycopy(samples, 0, given, held, samples.length);
        held += samples.length;
    }

    private float sample(long number) {
        long position = number * down;
        float[] filter = filter((int) (position % up));
        int from = (int) (position / up - half + 1 - firstHeld);
        float sum = 0;
        for (int i = 0; i < filter.length; i++) {
            sum += filter[i] * given[from + i];
        }
        return sum;
    }

    private float[] filter(int place) {
        float[] known = filters[place];
        if (known != null) {
            return known;
        }
        var weights = new double[2 * half];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = i - half + 1 - (double) place / up;
            weights[i] = sineCardinal(cutoff * x) * window(x / half);
            sum += weights[i];
        }
        var filter = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            filter[i] = (float) (weights[i] / sum);
        }
        filters[place] = filter;
        return filter;
    }

    private static double sineCardinal(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double window(double x) {
        return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
    }

    private void forget() {
        long needed = made * down / up - half + 1;
        int gone = (int) Math.max(0, Math.min(needed - firstHeld, held));
        if (gone > 0) {
            System.arraycopy(given, gone, given, 0, held - gone);
            held -= gone;
            firstHeld += gone;
        }
    }
}
