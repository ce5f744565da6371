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

/**
 * Learned weights of codes: logistic regression, multinomial where a contact has one of them, that starts from what the catalog's words
 * say. With no weights it is the catalog's ranking; each confirmed contact bends it. Immutable.
 */
public final class RankingModel {
    /** From the second on, how scores become shares stands in it; before, a contact had one of the codes. */
    private static final int FORMAT = 2;

    private static final int FIRST_FORMAT = 1;

    /** From here on it is more likely than not that a contact has a code, where it may have any. */
    public static final double LIKELY = 0.5;

    private final Link link;

    private final List<String> codes;
    private final int[] hashes;
    private final byte[] steps;
    private final float[] stepSizes;
    private final float[] meaning;
    private final int dimensions;
    private final Scales scales;
    private final double sure;

    /**
     * How scores become what was measured.
     *
     * @param learned of the codes that something was learned of
     * @param others  of what the catalog's words make of all others
     */
    record Scales(Scale learned, Scale others) {
        static final Scales NONE = new Scales(Scale.NONE, Scale.NONE);

        /** One for all: shares of one whole are measured by one rule. */
        static Scales cooled(double temperature) {
            var scale = new Scale(1 / temperature, 0);
            return new Scales(scale, scale);
        }
    }

    /**
     * @param hashes      of the features that have weights, ascending
     * @param steps       weights as multiples of their feature's step: one for each feature and code, code by code within a feature
     * @param meaning     weights likewise: one for each dimension and code, then one for each code (the bias)
     * @param scales      by which stated confidences are as right as held-back contacts were
     * @param sure        the least confidence of the first code from which {@link Trainer#SURE} of held-back contacts were right; above
     *                    1 = none is, or a contact has any of the codes
     */
    RankingModel(
            Link link,
            List<String> codes,
            int[] hashes,
            byte[] steps,
            float[] stepSizes,
            float[] meaning,
            Scales scales,
            double sure) {
        this.link = link;
        this.codes = List.copyOf(codes);
        this.hashes = hashes;
        this.steps = steps;
        this.stepSizes = stepSizes;
        this.meaning = meaning;
        this.dimensions = codes.isEmpty() ? 0 : meaning.length / codes.size() - 1;
        this.scales = scales;
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

    Link link() {
        return link;
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
     * @return shares that add up to 1 where a contact has one of the codes, else each for itself
     */
    public Map<String, Double> rank(Features features, Map<String, Double> prior) {
        if (dimensions != 0 && features.meaning().length != dimensions) {
            throw new IllegalArgumentException(
                    "features of %d dimensions for a model of %d".formatted(features.meaning().length, dimensions));
        }
        var ranked = new ArrayList<>(prior.keySet());
        double[] shares = logits(features, prior, ranked);
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (codes.contains(ranked.get(i)) ? scales.learned() : scales.others()).of(shares[i]);
        }
        link.toShares(shares);
        Map<String, Double> byCode = new HashMap<>();
        for (int i = 0; i < shares.length; i++) {
            byCode.put(ranked.get(i), shares[i]);
        }
        return byCode;
    }

    /** Of each of {@code ranked}, before they are brought to scale. */
    double[] logits(Features features, Map<String, Double> prior, List<String> ranked) {
        double[] scores = scores(features);
        return ranked.stream()
                .mapToDouble(code -> {
                    int learned = codes.indexOf(code);
                    return link.offset(prior.get(code)) + (learned < 0 ? 0 : scores[learned]);
                })
                .toArray();
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
    RankingModel measured(Scales scales, double sure) {
        return new RankingModel(link, codes, hashes, steps, stepSizes, meaning, scales, sure);
    }

    /** The same weights, with confidences as they were measured with {@code other}. */
    RankingModel measuredAs(RankingModel other) {
        return measured(other.scales, other.sure);
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(link.name());
            out.writeInt(codes.size());
            for (String code : codes) {
                out.writeUTF(code);
            }
            write(scales.learned(), out);
            write(scales.others(), out);
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

    private static void write(Scale scale, DataOutputStream out) throws IOException {
        out.writeDouble(scale.slope());
        out.writeDouble(scale.shift());
    }

    private static Scale scale(DataInputStream in) throws IOException {
        return new Scale(in.readDouble(), in.readDouble());
    }

    /** @throws IllegalArgumentException if {@code stored} is no model of this version or the one before it */
    public static RankingModel parse(byte[] stored) {
        try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int format = in.readInt();
            if (format != FORMAT && format != FIRST_FORMAT) {
                throw new IllegalArgumentException("a ranking model of format %d, not %d".formatted(format, FORMAT));
            }
            Link link = format == FIRST_FORMAT ? Link.ONE_OF : Link.valueOf(in.readUTF());
            var codes = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                codes.add(in.readUTF());
            }
            Scales scales = format == FIRST_FORMAT ? Scales.cooled(in.readDouble()) : new Scales(scale(in), scale(in));
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
            return new RankingModel(link, codes, hashes, steps, stepSizes, meaning, scales, sure);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a ranking model that is cut off after %d bytes".formatted(stored.length), e);
        }
    }
}
