package org.afterword.drafting.internal.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.afterword.drafting.internal.learning.TaggedLine.Value;

/**
 * Learns a {@link FieldTagger}: minimizes the logarithmic loss of whole lines plus {@code |w|² / (2 C)} by stochastic gradients
 * ({@link GradientRows}). The same lines in the same order give the same tagger.
 */
public final class FieldTaggerTrainer {
    /* Chosen on the held-back fifth of MultiDoGO's train. */
    private static final double C = 1;
    private static final double RATE = 0.2;
    private static final int ROUNDS = 12;

    /** Bounds what training takes to about 64 MB. */
    private static final int MOST_WEIGHTS = 16_000_000;

    /** What was seen once says nothing of the next contact. */
    private static final int LEAST_SEEN = 2;

    private final List<String> fields;
    private final int states;
    private final int[] hashes;
    private final float[] decay;
    private final GradientRows weights;
    private final GradientRows transitions;
    private final Chain chain;
    private final List<Row> lines;

    /**
     * A line with what is seen of its words as rows of the weights.
     *
     * @param way the state of each word
     */
    private record Row(int[][] words, int[] way) {}

    private FieldTaggerTrainer(List<TaggedLine> lines) {
        this.fields = List.copyOf(new TreeSet<>(lines.stream()
                .flatMap(line -> line.values().stream().map(Value::field))
                .toList()));
        this.states = Chain.states(fields.size());
        Map<Integer, Integer> seen = new HashMap<>();
        for (TaggedLine line : lines) {
            for (int[] word : line.words()) {
                for (int hash : word) {
                    seen.merge(hash, 1, Integer::sum);
                }
            }
        }
        this.hashes = seen.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST_SEEN)
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_WEIGHTS / states)
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
        this.decay = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            decay[i] = (float) (1 / (C * seen.getOrDefault(hashes[i], 1)));
        }
        this.weights = new GradientRows(hashes.length, states, RATE);
        this.transitions = new GradientRows(states, states, RATE);
        this.chain = new Chain(fields.size(), transitions.weights());
        this.lines = lines.stream()
                .filter(line -> line.words().length > 0)
                .map(this::row)
                .toList();
    }

    /** @param lines in an order that means nothing */
    public static FieldTagger train(List<TaggedLine> lines) {
        return new FieldTaggerTrainer(lines).learned();
    }

    private Row row(TaggedLine line) {
        var words = new int[line.words().length][];
        for (int word = 0; word < words.length; word++) {
            words[word] = Arrays.stream(line.words()[word])
                    .map(hash -> Arrays.binarySearch(hashes, hash))
                    .filter(row -> row >= 0)
                    .toArray();
        }
        var way = new int[words.length];
        for (Value value : line.values()) {
            int begins = Chain.beginning(fields.indexOf(value.field()));
            Arrays.fill(way, value.from(), value.to(), begins + 1);
            way[value.from()] = begins;
        }
        return new Row(words, way);
    }

    private FieldTagger learned() {
        var order = new ArrayList<>(lines);
        var random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(order, random);
            order.forEach(this::learn);
            if (round >= ROUNDS / 2) {
                weights.remember();
                transitions.remember();
            }
        }
        weights.average();
        transitions.average();
        return new FieldTagger(fields, hashes, weights.weights(), transitions.weights());
    }

    private void learn(Row line) {
        int length = line.words().length;
        var scores = new float[length][states];
        for (int word = 0; word < length; word++) {
            for (int row : line.words()[word]) {
                weights.addTo(scores[word], row, 1);
            }
        }
        Chain.Marginals stated = chain.marginals(scores);
        var slopes = new float[states];
        for (int word = 0; word < length; word++) {
            double[] shares = stated.of(word);
            for (int state = 0; state < states; state++) {
                slopes[state] = (float) shares[state];
            }
            slopes[line.way()[word]] -= 1;
            float square = GradientRows.square(slopes);
            for (int row : line.words()[word]) {
                weights.step(row, 1, slopes, square, decay[row]);
            }
        }
        for (int word = 0; word + 1 < length; word++) {
            double[] pairs = stated.ofPair(word);
            for (int from = 0; from < states; from++) {
                for (int to = 0; to < states; to++) {
                    slopes[to] = (float) pairs[from * states + to];
                }
                if (from == line.way()[word]) {
                    slopes[line.way()[word + 1]] -= 1;
                }
                transitions.step(from, 1, slopes, GradientRows.square(slopes), 0);
            }
        }
        if (length > 1) {
            chain.learnAgain();
        }
    }
}
