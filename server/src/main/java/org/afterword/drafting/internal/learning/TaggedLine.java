package org.afterword.drafting.internal.learning;

import java.util.List;

/**
 * One line of a talk in which the values of fields are known.
 *
 * @param words  for each word the hashes of what is seen of it
 * @param values in order, none overlapping another
 */
public record TaggedLine(int[][] words, List<Value> values) {
    /**
     * Words that are the value of a field.
     *
     * @param from       the first of them
     * @param to         the one after the last
     * @param confidence that these words, no more and no less, are a value of this field; 1 = known
     */
    public record Value(String field, int from, int to, double confidence) {
        public Value {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("a value of '%s' from word %d to %d".formatted(field, from, to));
            }
        }
    }

    public TaggedLine {
        values = List.copyOf(values);
    }
}
