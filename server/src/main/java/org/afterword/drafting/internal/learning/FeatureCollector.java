package org.afterword.drafting.internal.learning;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Collects the {@link Features} of one contact, zone by zone: the same word says something else where a contact begins. */
public final class FeatureCollector {
    private static final int SHORTEST_PIECE = 3;
    private static final int LONGEST_PIECE = 4;

    /** Who dictates a novel teaches nothing by it; the cost of a draft stays bounded. */
    private static final int MOST_WORDS = 3_000;

    private final Map<Integer, Float> collected = new TreeMap<>();

    /**
     * Words, pairs of words that follow each other and pieces of words.
     *
     * @param zone   where in the contact they stood
     * @param weight of the whole zone, beside others
     * @param lines  each the words of a sentence, in lower case
     */
    public FeatureCollector words(String zone, double weight, List<List<String>> lines) {
        Map<String, Integer> counts = new HashMap<>();
        int words = 0;
        for (List<String> line : lines) {
            String before = null;
            for (String word : line) {
                if (words++ < MOST_WORDS) {
                    counts.merge(word, 1, Integer::sum);
                    if (before != null) {
                        counts.merge(before + ' ' + word, 1, Integer::sum);
                    }
                    pieces(word, counts);
                    before = word;
                }
            }
        }
        return add(zone, weight, counts);
    }

    /** What is known of a contact beside its words: each fact as it is. */
    public FeatureCollector facts(String zone, double weight, List<String> facts) {
        Map<String, Integer> counts = new HashMap<>();
        facts.forEach(fact -> counts.merge(fact, 1, Integer::sum));
        return add(zone, weight, counts);
    }

    /** @param meaning where parts of the talk lie, one after the other; always as many */
    public Features with(float[] meaning) {
        return with(meaning, List.of());
    }

    /** @param lines each of what the customer said first, by itself */
    public Features with(float[] meaning, List<Features> lines) {
        var hashes = new int[collected.size()];
        var weights = new float[collected.size()];
        int i = 0;
        for (Map.Entry<Integer, Float> feature : collected.entrySet()) {
            hashes[i] = feature.getKey();
            weights[i++] = feature.getValue();
        }
        return new Features(hashes, weights, Arrays.copyOf(meaning, meaning.length), lines);
    }

    private static void pieces(String word, Map<String, Integer> counts) {
        String marked = '^' + word + '$';
        for (int length = SHORTEST_PIECE; length <= LONGEST_PIECE; length++) {
            for (int from = 0; from + length <= marked.length(); from++) {
                counts.merge('#' + marked.substring(from, from + length), 1, Integer::sum);
            }
        }
    }

    private FeatureCollector add(String zone, double weight, Map<String, Integer> counts) {
        double square = 0;
        for (int count : counts.values()) {
            square += Math.pow(damped(count), 2);
        }
        double scale = square == 0 ? 0 : weight / Math.sqrt(square);
        counts.forEach((text, count) -> collected.merge(hash(zone, text), (float) (damped(count) * scale), Float::sum));
        return this;
    }

    private static double damped(int count) {
        return 1 + Math.log(count);
    }

    private static int hash(String zone, String text) {
        var crc = new CRC32C();
        crc.update((zone + '\0' + text).getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
