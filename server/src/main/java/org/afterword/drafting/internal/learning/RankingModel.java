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
 * What was learned of codes: logistic regression, multinomial where a contact has one of them, that starts from what the catalog's words
 * say. With no weights it is the catalog's ranking; each confirmed contact bends it. Where a contact has one code, what its lines tell one
 * by one ({@link LineModel}) has a say beside that. Immutable.
 */
public final class RankingModel {
    /**
     * From the second on, how scores become shares stands in it; before, a contact had one of the codes. From the third on, lines are read
     * by themselves.
     */
    private static final int FORMAT = 3;

    private static final int SECOND_FORMAT = 2;
    private static final int FIRST_FORMAT = 1;

    /** From here on it is more likely than not that a contact has a code, where it may have any. */
    public static final double LIKELY = 0.5;

    private final Link link;
    private final List<String> codes;
    private final FeatureWeights weights;
    private final @Nullable LineModel lines;
    private final Scales scales;
    private final double sure;

    /**
     * How scores become what was measured.
     *
     * @param learned of the codes that something was learned of
     * @param others  of what the catalog's words make of all others
     * @param lines   by how much what lines tell one by one counts beside it
     */
    record Scales(Scale learned, Scale others, double lines) {
        static final Scales NONE = new Scales(Scale.NONE, Scale.NONE, 0);

        /**
         * Shares of one whole.
         *
         * @param shift of codes that nothing was learned of, against those that something was
         */
        static Scales of(Balance balance, double shift) {
            return new Scales(new Scale(balance.whole(), 0), new Scale(balance.whole(), shift), balance.lines());
        }
    }

    /**
     * @param lines  null = nothing was learned of lines
     * @param scales by which stated confidences are as right as held-back contacts were
     * @param sure   the least confidence of the first code from which clearly {@link Trainer#SURE} of held-back contacts were right; above
     *               1 = none is, or a contact has any of the codes
     */
    RankingModel(
            Link link,
            List<String> codes,
            FeatureWeights weights,
            @Nullable LineModel lines,
            Scales scales,
            double sure) {
        this.link = link;
        this.codes = List.copyOf(codes);
        this.weights = weights;
        this.lines = lines;
        this.scales = scales;
        this.sure = sure;
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
        return weights.bytes() + (lines == null ? 0 : lines.bytes());
    }

    /**
     * How likely each code is.
     *
     * @param prior what the catalog's words made of the contact, code → share; the result has the same codes
     * @return shares that add up to 1 where a contact has one of the codes, else each for itself
     */
    public Map<String, Double> rank(Features features, Map<String, Double> prior) {
        var ranked = new ArrayList<>(prior.keySet());
        Scores scores = scores(features, prior, ranked);
        var shares = new double[ranked.size()];
        for (int i = 0; i < shares.length; i++) {
            Scale scale = scores.learned()[i] ? scales.learned() : scales.others();
            shares[i] = scale.of(scores.whole()[i]) + scales.lines() * scores.lines()[i];
        }
        link.toShares(shares);
        Map<String, Double> byCode = new HashMap<>();
        for (int i = 0; i < shares.length; i++) {
            byCode.put(ranked.get(i), shares[i]);
        }
        return byCode;
    }

    /**
     * Of each code, before they are brought to scale.
     *
     * @param whole   of all that is known of the contact
     * @param lines   of what its lines tell one by one; zeros = they tell nothing
     * @param learned whether something was learned of the code
     */
    record Scores(double[] whole, double[] lines, boolean[] learned) {
        boolean hasLines() {
            return Arrays.stream(lines).anyMatch(told -> told != 0);
        }
    }

    Scores scores(Features features, Map<String, Double> prior, List<String> ranked) {
        double[] learned = weights.scores(features);
        double[] told = lines == null || features.lines().isEmpty() ? null : lines.firstTold(features.lines());
        var whole = new double[ranked.size()];
        var byLines = new double[ranked.size()];
        var known = new boolean[ranked.size()];
        for (int i = 0; i < whole.length; i++) {
            int code = codes.indexOf(ranked.get(i));
            whole[i] = link.offset(prior.get(ranked.get(i))) + (code < 0 ? 0 : learned[code]);
            byLines[i] = told == null ? 0 : told[code < 0 ? codes.size() : code];
            known[i] = code >= 0;
        }
        return new Scores(whole, byLines, known);
    }

    /** From this confidence on, clearly {@link Trainer#SURE} of the held-back contacts had the first code; above 1 where that holds of none. */
    public double sure() {
        return sure;
    }

    /** The same weights, with confidences as they were measured. */
    RankingModel measured(Scales scales, double sure) {
        return new RankingModel(link, codes, weights, lines, scales, sure);
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
            out.writeDouble(scales.lines());
            out.writeDouble(sure);
            weights.write(out);
            out.writeBoolean(lines != null);
            if (lines != null) {
                lines.write(out);
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

    /** @throws IllegalArgumentException if {@code stored} is no model of this version or one before it */
    public static RankingModel parse(byte[] stored) {
        try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int format = in.readInt();
            if (format < FIRST_FORMAT || format > FORMAT) {
                throw new IllegalArgumentException("a ranking model of format %d, not %d".formatted(format, FORMAT));
            }
            Link link = format == FIRST_FORMAT ? Link.ONE_OF : Link.valueOf(in.readUTF());
            var codes = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                codes.add(in.readUTF());
            }
            Scales scales = format == FIRST_FORMAT
                    ? Scales.of(new Balance(1 / in.readDouble(), 0), 0)
                    : new Scales(scale(in), scale(in), format == SECOND_FORMAT ? 0 : in.readDouble());
            double sure = in.readDouble();
            FeatureWeights weights = FeatureWeights.read(codes.size(), in);
            boolean hasLines = format == FORMAT && in.readBoolean();
            LineModel lines = hasLines ? LineModel.read(codes.size(), in) : null;
            return new RankingModel(link, codes, weights, lines, scales, sure);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a ranking model that is cut off after %d bytes".formatted(stored.length), e);
        }
    }
}
