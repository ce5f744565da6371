package org.afterword.drafting.internal.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.afterword.drafting.internal.learning.RankingModel.Scales;

/**
 * Learns a {@link RankingModel}: minimizes the logarithmic loss plus the penalty of its {@link Link} by stochastic gradients
 * ({@link GradientRows}). The same lessons in the same order give the same model.
 */
public final class Trainer {
    /* Chosen on the held-back fifth of MultiDoGO's train, with 30 confirmed contacts of each code and with all. */
    private static final double RATE = 0.2;
    private static final int ROUNDS = 20;

    /** Bounds what training takes to about 32 MB of weights, and the model to a few. */
    private static final int MOST_TRAINED_WEIGHTS = 8_000_000;

    private static final int MOST_KEPT_WEIGHTS = 4_000_000;

    /** How many of the contacts that a model is sure of should be right. */
    public static final double SURE = 0.97;

    private static final double NEVER = 2;

    /** What was seen once says nothing of the next contact. */
    private static final int LEAST_CONTACTS = 2;

    private static final int LEAST_TO_CALIBRATE = 30;
    private static final double COLDEST = 0.2;
    private static final double HOTTEST = 5;

    private final List<Lesson> lessons;
    private final Link link;
    private final List<String> codes;
    private final int dimensions;
    private final int[] hashes;
    private final float[] rarity;

    /** A lesson with its features as rows of the weights. */
    private record Row(int[] rows, float[] values, float[] meaning, float[] offsets, int[] codes) {}

    private Trainer(List<Lesson> lessons, Link link) {
        this.lessons = List.copyOf(lessons);
        this.link = link;
        this.codes = lessons.stream()
                .flatMap(lesson -> lesson.codes().stream())
                .distinct()
                .sorted()
                .toList();
        this.dimensions = lessons.isEmpty() ? 0 : lessons.getFirst().features().meaning().length;
        Map<Integer, Integer> contacts = new HashMap<>();
        for (Lesson lesson : lessons) {
            for (int hash : lesson.features().hashes()) {
                contacts.merge(hash, 1, Integer::sum);
            }
        }
        this.hashes = contacts.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST_CONTACTS)
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TRAINED_WEIGHTS / Math.max(1, codes.size()))
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
        this.rarity = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            rarity[i] = (float) (Math.log((1.0 + lessons.size()) / (1.0 + contacts.getOrDefault(hashes[i], 1))) + 1);
        }
        level();
    }

    /** Rare words weigh more, and all together as much as before. */
    private void level() {
        double plain = 0;
        double weighed = 0;
        for (Lesson lesson : lessons) {
            Features features = lesson.features();
            for (int i = 0; i < features.hashes().length; i++) {
                int row = Arrays.binarySearch(hashes, features.hashes()[i]);
                double square = Math.pow(features.weights()[i], 2);
                plain += square;
                weighed += row < 0 ? 0 : square * rarity[row] * rarity[row];
            }
        }
        float scale = weighed == 0 ? 1 : (float) Math.sqrt(plain / weighed);
        for (int i = 0; i < rarity.length; i++) {
            rarity[i] *= scale;
        }
    }

    /**
     * What was learned.
     *
     * @param model from all lessons
     * @param blind from those alone that {@link HeldBack} does not name, to be judged by the others
     */
    public record Trained(RankingModel model, RankingModel blind) {}

    /** Of contacts that have one of the codes each. */
    public static Trained train(List<Lesson> lessons) {
        return train(lessons, Link.ONE_OF);
    }

    /**
     * Learns from all lessons. How far the model's confidences may be believed is measured with one that did not see the fifth of
     * them that {@link HeldBack} names, on that fifth.
     *
     * @param lessons in an order that means nothing
     */
    public static Trained train(List<Lesson> lessons, Link link) {
        Map<Boolean, List<Lesson>> heldBack =
                lessons.stream().collect(Collectors.partitioningBy(lesson -> HeldBack.is(lesson.id())));
        List<Lesson> judges = heldBack.getOrDefault(true, List.of());
        RankingModel blind = new Trainer(heldBack.getOrDefault(false, List.of()), link).learned();
        RankingModel measured = judges.size() < LEAST_TO_CALIBRATE
                ? blind
                : switch (link) {
                    case ONE_OF -> measuredAsWhole(blind, judges);
                    case ANY_OF -> measuredOneByOne(blind, judges);
                };
        return new Trained(new Trainer(lessons, link).learned().measuredAs(measured), measured);
    }

    private static RankingModel measuredAsWhole(RankingModel blind, List<Lesson> judges) {
        var scales = Scales.cooled(temperature(blind, judges));
        return blind.measured(scales, sure(blind.measured(scales, NEVER), judges));
    }

    /** A code that nothing was learned of is as likely as the catalog's words made those likely that something was learned of. */
    private static RankingModel measuredOneByOne(RankingModel blind, List<Lesson> judges) {
        var learned = new ArrayList<Scale.Seen>();
        var others = new ArrayList<Scale.Seen>();
        for (Lesson lesson : judges) {
            List<String> ranked =
                    blind.codes().stream().filter(lesson.prior()::containsKey).toList();
            double[] scores = blind.logits(lesson.features(), lesson.prior(), ranked);
            for (int i = 0; i < scores.length; i++) {
                boolean right = lesson.codes().contains(ranked.get(i));
                learned.add(new Scale.Seen(scores[i], right));
                others.add(new Scale.Seen(Link.ANY_OF.offset(lesson.prior().get(ranked.get(i))), right));
            }
        }
        return blind.measured(new Scales(Scale.fitted(learned), Scale.fitted(others)), NEVER);
    }

    private RankingModel learned() {
        int count = codes.size();
        var weights = new GradientRows(hashes.length, count, RATE);
        var meaning = new GradientRows(dimensions + 1, count, RATE);
        List<Row> rows = rows();
        float[] decay = decay(rows);
        var meaningDecay = (float) (1 / (link.freedom() * rows.size()));
        var order = new ArrayList<>(rows);
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (Row row : order) {
                float[] slopes = slopes(row, weights, meaning);
                float square = GradientRows.square(slopes);
                for (int i = 0; i < row.rows().length; i++) {
                    int at = row.rows()[i];
                    weights.step(at, row.values()[i], slopes, square, decay[at]);
                }
                for (int d = 0; d < dimensions; d++) {
                    meaning.step(d, row.meaning()[d], slopes, square, meaningDecay);
                }
                meaning.step(dimensions, 1, slopes, square, 0);
            }
        }
        return packed(weights.weights(), meaning.weights());
    }

    /** Of the loss by each score: what the model states less what is true. */
    private float[] slopes(Row row, GradientRows weights, GradientRows meaning) {
        float[] slopes = row.offsets().clone();
        for (int i = 0; i < row.rows().length; i++) {
            weights.addTo(slopes, row.rows()[i], row.values()[i]);
        }
        for (int d = 0; d < dimensions; d++) {
            meaning.addTo(slopes, d, row.meaning()[d]);
        }
        meaning.addTo(slopes, dimensions, 1);
        link.toShares(slopes);
        for (int code : row.codes()) {
            slopes[code] -= 1;
        }
        return slopes;
    }

    private List<Row> rows() {
        return lessons.stream().map(this::row).toList();
    }

    private Row row(Lesson lesson) {
        Features features = lesson.features();
        int[] known = IntStream.range(0, features.hashes().length)
                .filter(i -> Arrays.binarySearch(hashes, features.hashes()[i]) >= 0)
                .toArray();
        var rows = new int[known.length];
        var values = new float[known.length];
        for (int i = 0; i < known.length; i++) {
            rows[i] = Arrays.binarySearch(hashes, features.hashes()[known[i]]);
            values[i] = features.weights()[known[i]] * rarity[rows[i]];
        }
        var offsets = new float[codes.size()];
        for (int code = 0; code < offsets.length; code++) {
            offsets[code] = (float) link.offset(lesson.prior().get(codes.get(code)));
        }
        return new Row(
                rows,
                values,
                features.meaning(),
                offsets,
                lesson.codes().stream().mapToInt(codes::indexOf).toArray());
    }

    /** What a row of weights loses each time it is seen, so that it is the whole penalty in a round. */
    private float[] decay(List<Row> rows) {
        var times = new int[hashes.length];
        for (Row row : rows) {
            for (int at : row.rows()) {
                times[at]++;
            }
        }
        var decay = new float[hashes.length];
        for (int i = 0; i < decay.length; i++) {
            decay[i] = (float) (1 / (link.freedom() * Math.max(1, times[i])));
        }
        return decay;
    }

    /** Keeps the features that weigh most, each weight as one of 255 steps of its feature. */
    private RankingModel packed(float[] weights, float[] meaning) {
        int count = codes.size();
        int[] kept = IntStream.range(0, hashes.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -most(weights, row) * rarity[row]))
                .limit(MOST_KEPT_WEIGHTS / Math.max(1, count))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        var keptHashes = new int[kept.length];
        var sizes = new float[kept.length];
        var steps = new byte[kept.length * count];
        for (int i = 0; i < kept.length; i++) {
            keptHashes[i] = hashes[kept[i]];
            float size = most(weights, kept[i]) / Byte.MAX_VALUE;
            sizes[i] = size * rarity[kept[i]];
            for (int code = 0; code < count; code++) {
                steps[i * count + code] = size == 0 ? 0 : (byte) Math.round(weights[kept[i] * count + code] / size);
            }
        }
        return new RankingModel(link, codes, keptHashes, steps, sizes, meaning, Scales.NONE, NEVER);
    }

    private float most(float[] weights, int row) {
        float most = 0;
        for (int i = row * codes.size(); i < (row + 1) * codes.size(); i++) {
            most = Math.max(most, Math.abs(weights[i]));
        }
        return most;
    }

    /** With which the model's confidences have the least loss on contacts that it did not see (Guo et al. 2017). */
    private static double temperature(RankingModel model, List<Lesson> heldBack) {
        List<double[]> rightFirst = heldBack.stream()
                .map(lesson -> {
                    var ranked = new LinkedHashSet<String>();
                    ranked.add(lesson.code());
                    ranked.addAll(lesson.prior().keySet());
                    return model.logits(lesson.features(), lesson.prior(), List.copyOf(ranked));
                })
                .toList();
        double low = Math.log(COLDEST);
        double high = Math.log(HOTTEST);
        for (int i = 0; i < 30; i++) {
            double lower = low + (high - low) / 3;
            double higher = high - (high - low) / 3;
            if (loss(rightFirst, Math.exp(lower)) < loss(rightFirst, Math.exp(higher))) {
                high = higher;
            } else {
                low = lower;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /** The first code of a contact. */
    private record First(double confidence, boolean right) {}

    private static double sure(RankingModel model, List<Lesson> heldBack) {
        List<First> surestFirst = heldBack.stream()
                .map(lesson -> {
                    Map.Entry<String, Double> first = model.rank(lesson.features(), lesson.prior()).entrySet().stream()
                            .max(Map.Entry.comparingByValue())
                            .orElseThrow();
                    return new First(first.getValue(), first.getKey().equals(lesson.code()));
                })
                .sorted(Comparator.comparingDouble(First::confidence).reversed())
                .toList();
        double sure = NEVER;
        int right = 0;
        for (int i = 0; i < surestFirst.size(); i++) {
            right += surestFirst.get(i).right() ? 1 : 0;
            if (i + 1 >= LEAST_TO_CALIBRATE && right >= SURE * (i + 1)) {
                sure = surestFirst.get(i).confidence();
            }
        }
        return sure;
    }

    private static double loss(List<double[]> rightFirst, double temperature) {
        double loss = 0;
        for (double[] logits : rightFirst) {
            double[] shares = logits.clone();
            for (int i = 0; i < shares.length; i++) {
                shares[i] /= temperature;
            }
            Softmax.inPlace(shares);
            loss -= Math.log(Math.max(shares[0], Double.MIN_NORMAL));
        }
        return loss;
    }
}
