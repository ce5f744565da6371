package org.afterword.drafting.internal.learning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Learned weights of codes: multinomial logistic regression that starts from what the catalog's words say. With no weights it is
 * the catalog's ranking; each confirmed contact bends it. Immutable.
 */
public final class RankingModel {
    /** How far the catalog's words are believed. Chosen on the held-back fifth of MultiDoGO's train, with 30 and with all per code. */
    private static final double PRIOR_POWER = 0.7;

    /** What a code has that the catalog's words gave nothing. */
    private static final double LEAST_PRIOR = 1e-5;

    private static final int FORMAT = 1;

    private final List<String> codes;
    private final int[] hashes;
    private final byte[] steps;
    private final float[] stepSizes;
    private final float[] meaning;
    private final int dimensions;
    private final double temperature;
    private final double sure;

    /**
     * @param hashes      of the features that have weights, ascending
     * @param steps       weights as multiples of their feature's step: one for each feature and code, code by code within a feature
     * @param meaning     weights likewise: one for each dimension and code, then one for each code (the bias)
     * @param temperature by which scores are divided, so that stated confidences are as right as held-back contacts were
     * @param sure        the least confidence of the first code from which {@link Trainer#SURE} of held-back contacts were right; above
     *                    1 = none is
     */
    RankingModel(
            List<String> codes,
            int[] hashes,
            byte[] steps,
            float[] stepSizes,
            float[] meaning,
            double temperature,
            double sure) {
        this.codes = List.copyOf(codes);
        this.hashes = hashes;
        this.steps = steps;
        this.stepSizes = stepSizes;
        this.meaning = meaning;
        this.dimensions = codes.isEmpty() ? 0 : meaning.length / codes.size() - 1;
        this.temperature = temperature;
        this.sure = sure;
        if (steps.length != hashes.length * codes.size() || stepSizes.length != hashes.length) {
            throw new IllegalArgumentException("%d features of %d codes have %d weights and %d steps"
                    .formatted(hashes.length, codes.size(), steps.length, stepSizes.length));
        }
    }

    /** The codes it has learned something of. */
    public List<String> codes() {
        return codes;
    }

    /** What it takes in memory, about. */
    public long bytes() {
        return (long) Integer.BYTES * hashes.length
                + steps.length
                + (long) Float.BYTES * (stepSizes.length + meaning.length);
    }

    /**
     * How likely each code is.
     *
     * @param prior what the catalog's words made of the contact, code → share; the result has the same codes
     * @return shares that add up to 1
     */
    public Map<String, Double> rank(Features features, Map<String, Double> prior) {
        if (dimensions != 0 && features.meaning().length != dimensions) {
            throw new IllegalArgumentException(
                    "features of %d dimensions for a model of %d".formatted(features.meaning().length, dimensions));
        }
        var ranked = new ArrayList<>(prior.keySet());
        double[] shares = logits(features, prior, ranked);
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= temperature;
        }
        Softmax.inPlace(shares);
        Map<String, Double> byCode = new HashMap<>();
        for (int i = 0; i < shares.length; i++) {
            byCode.put(ranked.get(i), shares[i]);
        }
        return byCode;
    }

    /** Of each of {@code ranked}, before the temperature. */
    double[] logits(Features features, Map<String, Double> prior, List<String> ranked) {
        double[] scores = scores(features);
        return ranked.stream()
                .mapToDouble(code -> {
                    int learned = codes.indexOf(code);
                    return offset(prior.get(code)) + (learned < 0 ? 0 : scores[learned]);
                })
                .toArray();
    }

    static double offset(@Nullable Double prior) {
        return PRIOR_POWER * Math.log(LEAST_PRIOR + (prior == null ? 0 : prior));
    }

    private double[] scores(Features features) {
        int count = codes.size();
        var scores = new double[count];
        for (int d = 0; d < dimensions; d++) {
            double value = features.meaning()[d];
            for (int code = 0; code < count; code++) {
                scores[code] += value * meaning[d * count + code];
            }
        }
        for (int code = 0; code < count; code++) {
            scores[code] += meaning[dimensions * count + code];
        }
        int[] present = features.hashes();
        for (int i = 0; i < present.length; i++) {
            int feature = Arrays.binarySearch(hashes, present[i]);
            if (feature >= 0) {
                double value = features.weights()[i] * stepSizes[feature];
                for (int code = 0; code < count; code++) {
                    scores[code] += value * steps[feature * count + code];
                }
            }
        }
        return scores;
    }

    /** From this confidence on, {@link Trainer#SURE} of the held-back contacts had the first code; above 1 where that holds of none. */
    public double sure() {
        return sure;
    }

    /** The same weights, with confidences as they were measured. */
    RankingModel measured(double temperature, double sure) {
        return new RankingModel(codes, hashes, steps, stepSizes, meaning, temperature, sure);
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(codes.size());
            for (String code : codes) {
                out.writeUTF(code);
            }
            out.writeDouble(temperature);
            out.writeDouble(sure);
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
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if {@code stored} is no model of this version */
    public static RankingModel parse(byte[] stored) {
        try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a ranking model of format %d, not %d".formatted(format, FORMAT));
            }
            var codes = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                codes.add(in.readUTF());
            }
            double temperature = in.readDouble();
            double sure = in.readDouble();
            var hashes = new int[in.readInt()];
            var stepSizes = new float[hashes.length];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = in.readInt();
                stepSizes[i] = in.readFloat();
            }
            byte[] steps = in.readNBytes(hashes.length * codes.size());
            var meaning = new float[in.readInt()];
            for (int i = 0; i < meaning.length; i++) {
                meaning[i] = Float.float16ToFloat(in.readShort());
            }
            return new RankingModel(codes, hashes, steps, stepSizes, meaning, temperature, sure);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a ranking model that is cut off after %d bytes".formatted(stored.length), e);
        }
    }
}
