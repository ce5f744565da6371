package org.afterword.drafting.internal.learning;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which features of what was seen get weights, in which row each stands, and how much it counts: rare ones more. */
final class FeatureRows {
    /** What was seen once says nothing of the next one. */
    private static final int LEAST_SEEN = 2;

    private final int[] hashes;
    private final float[] rarity;
    private final int dimensions;

    /** Features as rows of the weights. */
    record Row(int[] rows, float[] values, float[] meaning) {}

    /** @param most so many rows at most: those that were seen most often */
    FeatureRows(List<Features> seen, int most) {
        this.dimensions = seen.isEmpty() ? 0 : seen.getFirst().meaning().length;
        Map<Integer, Integer> times = new HashMap<>();
        for (Features features : seen) {
            for (int hash : features.hashes()) {
                times.merge(hash, 1, Integer::sum);
            }
        }
        this.hashes = times.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST_SEEN)
                .sorted(Map.Entry.<Integer, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
        this.rarity = new float[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            rarity[i] = (float) (Math.log((1.0 + seen.size()) / (1.0 + times.getOrDefault(hashes[i], 1))) + 1);
        }
        level(seen);
    }

    /** Rare words weigh more, and all together as much as before. */
    private void level(List<Features> seen) {
        double plain = 0;
        double weighed = 0;
        for (Features features : seen) {
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

    int count() {
        return hashes.length;
    }

    int dimensions() {
        return dimensions;
    }

    int hash(int row) {
        return hashes[row];
    }

    float rarity(int row) {
        return rarity[row];
    }

    Row of(Features features) {
        int[] known = IntStream.range(0, features.hashes().length)
                .filter(i -> Arrays.binarySearch(hashes, features.hashes()[i]) >= 0)
                .toArray();
        var rows = new int[known.length];
        var values = new float[known.length];
        for (int i = 0; i < known.length; i++) {
            rows[i] = Arrays.binarySearch(hashes, features.hashes()[known[i]]);
            values[i] = features.weights()[known[i]] * rarity[rows[i]];
        }
        return new Row(rows, values, features.meaning());
    }
}
