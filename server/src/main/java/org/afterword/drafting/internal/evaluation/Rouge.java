package org.afterword.drafting.internal.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How much two texts share (Lin 2004): F1 of words, of pairs of words, and of the longest common subsequence; no stemming. */
final class Rouge {
    private Rouge() {}

    /** Of {@code n} words in a row each. */
    static double ofGrams(String text, String reference, int n) {
        Map<List<String>, Integer> one = grams(words(text), n);
        Map<List<String>, Integer> other = grams(words(reference), n);
        int shared = one.entrySet().stream()
                .mapToInt(gram -> Math.min(gram.getValue(), other.getOrDefault(gram.getKey(), 0)))
                .sum();
        return f1(shared, total(one), total(other));
    }

    static double ofSequence(String text, String reference) {
        List<String> one = words(text);
        List<String> other = words(reference);
        int[] longest = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j <= other.size(); j++) {
                int above = longest[j];
                longest[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(above, longest[j - 1]);
                diagonal = above;
            }
        }
        return f1(longest[other.size()], one.size(), other.size());
    }

    private static List<String> words(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Map<List<String>, Integer> grams(List<String> words, int n) {
        var grams = new HashMap<List<String>, Integer>();
        IntStream.rangeClosed(0, words.size() - n).forEach(i -> grams.merge(words.subList(i, i + n), 1, Integer::sum));
        return grams;
    }

    private static int total(Map<List<String>, Integer> grams) {
        return grams.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double f1(int shared, int one, int other) {
        return one + other == 0 ? 0 : 2.0 * shared / (one + other);
    }
}
