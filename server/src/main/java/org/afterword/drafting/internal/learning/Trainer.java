package org.afterword.drafting.internal.learning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.afterword.drafting.internal.learning.FeatureRows.Row;
import org.afterword.drafting.internal.learning.RankingModel.Scales;
import org.afterword.drafting.internal.learning.RankingModel.Scores;
import org.jspecify.annotations.Nullable;

/**
 * Learns a {@link RankingModel}: minimizes the logarithmic loss plus the penalty of its {@link Link} by stochastic gradients
 * ({@link LearningWeights}). The same lessons in the same order give the same model.
 */
public final class Trainer {
    /** How many of the contacts that a model is sure of should be right. */
    public static final double SURE = 0.97;

    private static final double NEVER = 2;

    private static final int LEAST_TO_CALIBRATE = 30;

    private static final double A_FIFTH = 0.2;
    private static final int LEAST_TO_SHIFT = 20;

    private final List<Lesson> lessons;
    private final Link link;
    private final List<String> codes;

    /** @param codes the columns of those that the contact has */
    private record Known(Row row, float[] offsets, int[] codes) {}

    private Trainer(List<Lesson> lessons, Link link) {
        this.lessons = List.copyOf(lessons);
        this.link = link;
        this.codes = lessons.stream()
                .flatMap(lesson -> lesson.codes().stream())
                .distinct()
                .sorted()
                .toList();
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
                    case ONE_OF -> measuredAsWhole(blind, heldBack.getOrDefault(false, List.of()), judges);
                    case ANY_OF -> measuredOneByOne(blind, judges);
                };
        return new Trained(new Trainer(lessons, link).learned().measuredAs(measured), measured);
    }

    private static RankingModel measuredAsWhole(RankingModel blind, List<Lesson> seen, List<Lesson> judges) {
        // contacts to come have lines, so those that do say how right it is, once they are enough
        List<Lesson> withLines = judges.stream()
                .filter(lesson -> !lesson.features().lines().isEmpty())
                .toList();
        List<Lesson> fair = withLines.size() < LEAST_TO_CALIBRATE ? judges : withLines;
        Balance balance = Balance.fitted(rightFirst(blind, fair));
        var scales = Scales.of(balance, shiftOfOthers(seen, fair, balance));
        return blind.measured(scales, sure(blind.measured(scales, NEVER), fair));
    }

    /**
     * What codes that nothing was learned of have to get beside the catalog's words, so that those learned do not take their contacts: by
     * what they would have needed had some codes been added yesterday.
     */
    private static double shiftOfOthers(List<Lesson> seen, List<Lesson> judges, Balance balance) {
        Set<String> added = aFifth(seen);
        long ofAdded =
                judges.stream().filter(lesson -> added.contains(lesson.code())).count();
        if (ofAdded < LEAST_TO_SHIFT) {
            return 0;
        }
        RankingModel before = new Trainer(
                        seen.stream()
                                .filter(lesson -> !added.contains(lesson.code()))
                                .toList(),
                        Link.ONE_OF)
                .learned();
        return balance.shiftOfOthers(rightFirst(before, judges));
    }

    /** Codes that have about a fifth of the contacts, drawn by their names; none where each has more. */
    private static Set<String> aFifth(List<Lesson> seen) {
        Map<String, Long> contacts = seen.stream().collect(Collectors.groupingBy(Lesson::code, Collectors.counting()));
        var chosen = new HashSet<String>();
        long left = Math.round(A_FIFTH * seen.size());
        for (String code : contacts.keySet().stream()
                .sorted(Comparator.comparingInt(Trainer::lot).thenComparing(Comparator.naturalOrder()))
                .toList()) {
            long own = contacts.getOrDefault(code, 0L);
            if (own <= left) {
                chosen.add(code);
                left -= own;
            }
        }
        return chosen;
    }

    private static int lot(String code) {
        var crc = new CRC32C();
        crc.update(code.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** A code that nothing was learned of is as likely as the catalog's words made those likely that something was learned of. */
    private static RankingModel measuredOneByOne(RankingModel blind, List<Lesson> judges) {
        var learned = new ArrayList<Scale.Seen>();
        var others = new ArrayList<Scale.Seen>();
        for (Lesson lesson : judges) {
            List<String> ranked =
                    blind.codes().stream().filter(lesson.prior()::containsKey).toList();
            double[] scores =
                    blind.scores(lesson.features(), lesson.prior(), ranked).whole();
            for (int i = 0; i < scores.length; i++) {
                boolean right = lesson.codes().contains(ranked.get(i));
                learned.add(new Scale.Seen(scores[i], right));
                others.add(new Scale.Seen(Link.ANY_OF.offset(lesson.prior().get(ranked.get(i))), right));
            }
        }
        return blind.measured(new Scales(Scale.fitted(learned), Scale.fitted(others), 0), NEVER);
    }

    private RankingModel learned() {
        var rows = new FeatureRows(
                lessons.stream().map(Lesson::features).toList(), LearningWeights.mostRows(codes.size()));
        List<Known> order = new ArrayList<>(
                lessons.stream().map(lesson -> known(lesson, rows)).toList());
        var weights = new LearningWeights(
                rows, codes.size(), order.stream().map(Known::row).toList(), link.freedom());
        var random = new Random(1);
        for (int round = 0; round < LearningWeights.ROUNDS; round++) {
            Collections.shuffle(order, random);
            for (Known one : order) {
                weights.step(one.row(), slopes(one, weights));
            }
        }
        FeatureWeights packed = weights.packed();
        LineModel lines = link == Link.ONE_OF ? LineModel.learned(lessons, codes) : null;
        return new RankingModel(link, codes, packed, lines, unmeasured(lines), NEVER);
    }

    private static Scales unmeasured(@Nullable LineModel lines) {
        return lines == null ? Scales.NONE : Scales.of(Balance.UNMEASURED, 0);
    }

    private Known known(Lesson lesson, FeatureRows rows) {
        var offsets = new float[codes.size()];
        for (int code = 0; code < offsets.length; code++) {
            offsets[code] = (float) link.offset(lesson.prior().get(codes.get(code)));
        }
        return new Known(
                rows.of(lesson.features()),
                offsets,
                lesson.codes().stream().mapToInt(codes::indexOf).toArray());
    }

    /** Of the loss by each score: what the model states less what is true. */
    private float[] slopes(Known one, LearningWeights weights) {
        float[] slopes = one.offsets().clone();
        weights.addTo(slopes, one.row());
        link.toShares(slopes);
        for (int code : one.codes()) {
            slopes[code] -= 1;
        }
        return slopes;
    }

    private static List<Scores> rightFirst(RankingModel model, List<Lesson> heldBack) {
        return heldBack.stream()
                .map(lesson -> {
                    var ranked = new LinkedHashSet<String>();
                    ranked.add(lesson.code());
                    ranked.addAll(lesson.prior().keySet());
                    return model.scores(lesson.features(), lesson.prior(), List.copyOf(ranked));
                })
                .toList();
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
            if (i + 1 >= LEAST_TO_CALIBRATE && right >= surely(i + 1)) {
                sure = surestFirst.get(i).confidence();
            }
        }
        return sure;
    }

    /** By a standard error more than {@link #SURE}: what is just enough by chance is chosen, and would not hold. */
    private static double surely(int contacts) {
        return SURE * contacts + Math.sqrt(SURE * (1 - SURE) * contacts);
    }
}
