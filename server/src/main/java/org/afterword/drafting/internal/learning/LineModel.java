package org.afterword.drafting.internal.learning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.afterword.drafting.internal.learning.FeatureRows.Row;
import org.jspecify.annotations.Nullable;

/**
 * What each line of a contact tells by itself: one of the codes, or nothing. The first line that tells a code decides,
 *
 * <pre>{@code P(code) = Σ_t p_t(code) · Π_{s<t} p_s(nothing)}</pre>
 *
 * so a contact about several things is not the mixture of their words. Which line told it nobody says of a confirmed contact; that
 * is guessed from what was learned so far and learned from again (expectation and maximization, Dempster, Laird and Rubin 1977, here in
 * steps of one contact). Immutable.
 */
final class LineModel {
    /* Chosen on the held-back fifth of MultiDoGO's train, with 30 confirmed contacts of each code and with all. */
    private static final double FREEDOM = 3;

    /** From so many contacts on it is learned, however many there are whose lines nobody kept. */
    private static final int ENOUGH = 500;

    /** How far a line tells nothing before anything was learned of its words. */
    private static final float NOTHING = 3;

    /** Nothing that was learned makes a code less likely than this: a line may tell it in other words. */
    private static final double LEAST_SHARE = 1e-4;

    private final int codes;
    private final FeatureWeights weights;

    private LineModel(int codes, FeatureWeights weights) {
        this.codes = codes;
        this.weights = weights;
    }

    long bytes() {
        return weights.bytes();
    }

    /**
     * How likely each code is to be the one that is told first.
     *
     * @return logarithms of the shares, in the order of the codes; then of the share that no line told any
     */
    double[] firstTold(List<Features> lines) {
        var told = new double[codes + 1];
        double untold = 1;
        for (Features line : lines) {
            double[] shares = weights.scores(line);
            Softmax.inPlace(shares);
            for (int code = 0; code < codes; code++) {
                told[code] += untold * shares[code];
            }
            untold *= shares[codes];
        }
        told[codes] = untold;
        return Arrays.stream(told).map(share -> Math.log(LEAST_SHARE + share)).toArray();
    }

    void write(DataOutputStream out) throws IOException {
        weights.write(out);
    }

    static LineModel read(int codes, DataInputStream in) throws IOException {
        return new LineModel(codes, FeatureWeights.read(codes + 1, in));
    }

    /** @param lines of one contact; @param code the column of what it was about */
    private record Talk(List<Row> lines, int code) {}

    /**
     * @param lessons of contacts that have one code each
     * @param codes   a column for each
     * @return null = of too few contacts the lines are known
     */
    static @Nullable LineModel learned(List<Lesson> lessons, List<String> codes) {
        List<Lesson> heard = lessons.stream()
                .filter(lesson -> !lesson.features().lines().isEmpty())
                .toList();
        if (heard.size() < Math.max(1, Math.min(ENOUGH, lessons.size() / 2))) {
            return null;
        }
        int columns = codes.size() + 1;
        var rows = new FeatureRows(
                heard.stream()
                        .flatMap(lesson -> lesson.features().lines().stream())
                        .toList(),
                LearningWeights.mostRows(columns));
        var talks = new ArrayList<Talk>();
        for (Lesson lesson : heard) {
            talks.add(
                    new Talk(lesson.features().lines().stream().map(rows::of).toList(), codes.indexOf(lesson.code())));
        }
        List<Row> all = talks.stream().flatMap(talk -> talk.lines().stream()).toList();
        var weights = new LearningWeights(rows, columns, all, FREEDOM);
        weights.startAt(codes.size(), NOTHING);
        var random = new Random(1);
        for (int round = 0; round < LearningWeights.ROUNDS; round++) {
            Collections.shuffle(talks, random);
            talks.forEach(talk -> learn(talk, weights, columns));
        }
        return new LineModel(codes.size(), weights.packed());
    }

    private static void learn(Talk talk, LearningWeights weights, int columns) {
        int nothing = columns - 1;
        int count = talk.lines().size();
        var shares = new float[count][columns];
        var first = new double[count];
        double untold = 1;
        double total = 0;
        for (int t = 0; t < count; t++) {
            weights.addTo(shares[t], talk.lines().get(t));
            Softmax.inPlace(shares[t]);
            first[t] = untold * shares[t][talk.code()];
            total += first[t];
            untold *= shares[t][nothing];
        }
        if (total < Double.MIN_NORMAL) {
            return;
        }
        double reached = 1;
        for (int t = 0; t < count; t++) {
            // that it was told here, or later; lines after it say nothing of what they tell
            double here = first[t] / total;
            double later = Math.max(0, reached - here);
            float[] slopes = shares[t];
            for (int column = 0; column < columns; column++) {
                slopes[column] *= (float) reached;
            }
            slopes[talk.code()] -= (float) here;
            slopes[nothing] -= (float) later;
            weights.step(talk.lines().get(t), slopes);
            reached = later;
        }
    }
}
