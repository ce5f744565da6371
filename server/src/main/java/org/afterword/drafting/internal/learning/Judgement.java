package org.afterword.drafting.internal.learning;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two models by the same contacts, which neither has seen.
 *
 * @param contacts how many there were
 * @param loss     of the one that is judged, mean over the contacts: of a ranking the logarithmic loss, of a tagger how many values it
 *                 missed or found too many
 * @param against  that of the other one, or of what is known without any
 * @param error    standard error of the difference
 * @param right    share of contacts whose first code, or all of whose values, were right
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Judgement(int contacts, double loss, double against, double error, double right) {
    /** Half of a fifth of the contacts after which a model learns anew. */
    private static final int LEAST = 10;

    /** It is looked at again and again, and chance has its turn each time. */
    private static final int LEAST_TO_GO_BACK = 50;

    private static final double CLEARLY = 3;

    /** Confidences are never taken for certainty: one wrong one would outweigh all others. */
    private static final double LEAST_SHARE = 1e-4;

    /** @param other null = what the catalog's words say */
    public static Judgement of(RankingModel model, @Nullable RankingModel other, List<Lesson> unseen) {
        Link link = model.link();
        long right =
                unseen.stream().filter(l -> isRight(link, shares(model, l), l)).count();
        return of(
                unseen.stream()
                        .mapToDouble(l -> loss(link, shares(model, l), l))
                        .toArray(),
                unseen.stream()
                        .mapToDouble(l -> loss(link, shares(other, l), l))
                        .toArray(),
                right);
    }

    /** @param other null = nothing was found before */
    public static Judgement of(FieldTagger tagger, @Nullable FieldTagger other, List<TaughtTalk> unseen) {
        double[] wrong =
                unseen.stream().mapToDouble(talk -> talk.wrongBy(tagger)).toArray();
        return of(
                wrong,
                unseen.stream().mapToDouble(talk -> talk.wrongBy(other)).toArray(),
                Arrays.stream(wrong).filter(count -> count == 0).count());
    }

    private static Judgement of(double[] losses, double[] others, long right) {
        int count = losses.length;
        double mean = 0;
        double against = 0;
        double square = 0;
        for (int i = 0; i < count; i++) {
            mean += losses[i] / count;
            against += others[i] / count;
            square += Math.pow(losses[i] - others[i], 2) / count;
        }
        double variance = Math.max(0, square - Math.pow(mean - against, 2));
        return new Judgement(
                count,
                mean,
                against,
                count == 0 ? 0 : Math.sqrt(variance / count),
                count == 0 ? 0 : (double) right / count);
    }

    /** Whether it may replace the other one: it is not worse, as far as can be told. */
    public boolean mayReplace() {
        return contacts >= LEAST && loss <= against + error;
    }

    /** Whether it should not have replaced the other one. */
    public boolean isClearlyWorse() {
        return contacts >= LEAST_TO_GO_BACK && loss > against + CLEARLY * error;
    }

    private static Map<String, Double> shares(@Nullable RankingModel model, Lesson lesson) {
        return model == null ? lesson.prior() : model.rank(lesson.features(), lesson.prior());
    }

    private static double loss(Link link, Map<String, Double> shares, Lesson lesson) {
        if (link == Link.ONE_OF) {
            return -Math.log(Math.max(LEAST_SHARE, shares.getOrDefault(lesson.code(), 0.0)));
        }
        return Stream.concat(shares.keySet().stream(), lesson.codes().stream())
                .distinct()
                .mapToDouble(code -> {
                    double share = shares.getOrDefault(code, 0.0);
                    return -Math.log(Math.max(LEAST_SHARE, lesson.codes().contains(code) ? share : 1 - share));
                })
                .sum();
    }

    private static boolean isRight(Link link, Map<String, Double> shares, Lesson lesson) {
        if (link == Link.ONE_OF) {
            return lesson.code().equals(first(shares));
        }
        return lesson.codes()
                .equals(shares.entrySet().stream()
                        .filter(one -> one.getValue() >= RankingModel.LIKELY)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    private static @Nullable String first(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
