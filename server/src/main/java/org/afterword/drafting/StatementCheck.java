package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.afterword.drafting.internal.check.Checking;
import org.jspecify.annotations.Nullable;

/**
 * Holds a text against all that was said and done, whoever wrote it and whatever it rests on: what an agent types, what people wrote of past
 * contacts. Pure, but for the embedder's memory of texts.
 *
 * <ul>
 *   <li>Names, numbers, amounts, dates and times have to occur, in whatever form.
 *   <li>An opinion about the customer is one, unless its words were said.
 *   <li>The rest has to be borne out: how likely it is not, is estimated from the words and their meaning. That is a hint, no proof.
 * </ul>
 */
public final class StatementCheck {
    /** Longer texts are checked up to here. */
    public static final int LONGEST = 4_000;

    /** What the check found of a statement. */
    public enum Verdict {
        @JsonProperty("supported")
        SUPPORTED,
        /** Something in it is in no evidence, or hardly anything is. */
        @JsonProperty("unsupported")
        UNSUPPORTED,
        /** It judges the customer. */
        @JsonProperty("opinion")
        OPINION
    }

    /**
     * A part of a statement that makes the verdict.
     *
     * @param kind {@code name}, {@code number}, {@code amount}, {@code date}, {@code time}, {@code address} or {@code opinion}
     * @param from where it begins in the whole text, in UTF-16 units
     * @param to   where it ends, exclusive
     */
    public record Part(String kind, String text, int from, int to) {}

    /**
     * A statement of the text with what was found.
     *
     * @param from  where it begins in the text, in UTF-16 units
     * @param to    where it ends, exclusive
     * @param parts what is in no evidence, or judges; empty where the statement as a whole is not borne out
     * @param doubt how likely nothing bears it out, 0 to 1
     * @param turns that come nearest to it, nearest first
     */
    public record Finding(int from, int to, Verdict verdict, List<Part> parts, double doubt, List<Integer> turns) {
        public Finding {
            parts = List.copyOf(parts);
            turns = List.copyOf(turns);
        }
    }

    private final Checking checking;

    public StatementCheck(DraftInput input, Embedder embedder) {
        this.checking = Checking.of(input, embedder);
    }

    /** Why nothing can be checked: there are no words, or they are in a language that it does not read. Null where it can. */
    public @Nullable String obstacle() {
        return checking.obstacle();
    }

    /** What the text says exactly and no evidence does, in order: the part of the check that takes no time. */
    public List<Part> missing(String text) {
        return checking.missing(bounded(text));
    }

    /** Each statement of the text in order; those that say nothing to check are left out. */
    public List<Finding> of(String text) {
        return checking.of(bounded(text));
    }

    private static String bounded(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
