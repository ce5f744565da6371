package org.afterword.drafting.internal.language;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers in digits and in words. */
public final class Numbers {
    /**
     * A number that was read.
     *
     * @param next    index of the first token after it
     * @param ordinal whether it was "third" or "3rd"
     */
    public record Parsed(BigDecimal value, int next, boolean ordinal) {
        /** The value, or the nearest {@code int}. */
        public int intValue() {
            return value.min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
        }
    }

    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9));

    private static final Map<String, Integer> TEENS = Map.of(
            "ten",
            10,
            "eleven",
            11,
            "twelve",
            12,
            "thirteen",
            13,
            "fourteen",
            14,
            "fifteen",
            15,
            "sixteen",
            16,
            "seventeen",
            17,
            "eighteen",
            18,
            "nineteen",
            19);

    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80, "ninety",
            90);

    private static final Map<String, Integer> SCALES = Map.of("hundred", 100, "thousand", 1_000, "million", 1_000_000);

    private static final Map<String, Integer> ORDINALS = Map.ofEntries(
            Map.entry("first", 1),
            Map.entry("second", 2),
            Map.entry("third", 3),
            Map.entry("fourth", 4),
            Map.entry("fifth", 5),
            Map.entry("sixth", 6),
            Map.entry("seventh", 7),
            Map.entry("eighth", 8),
            Map.entry("ninth", 9),
            Map.entry("tenth", 10),
            Map.entry("eleventh", 11),
            Map.entry("twelfth", 12),
            Map.entry("thirteenth", 13),
            Map.entry("fourteenth", 14),
            Map.entry("fifteenth", 15),
            Map.entry("sixteenth", 16),
            Map.entry("seventeenth", 17),
            Map.entry("eighteenth", 18),
            Map.entry("nineteenth", 19),
            Map.entry("twentieth", 20),
            Map.entry("thirtieth", 30));

    private static final Pattern ORDINAL = Pattern.compile("[0-9]+(?:st|nd|rd|th)");
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,3}(?:,[0-9]{3})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]+)?");
    private static final int LONGEST_DIGITS = 15;
    private static final long LARGEST = 1_000_000_000L;

    private Numbers() {}

    /** The number that begins at token {@code at}, or null. */
    public static @Nullable Parsed at(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return null;
        }
        Token token = tokens.get(at);
        return token.isNumeric() ? inDigits(token, at) : inWords(tokens, at);
    }

    /** The single spoken digit at {@code at} ("oh" counts as zero), or −1. */
    public static int digitAt(List<Token> tokens, int at) {
        String word = tokens.get(at).lower();
        if (word.length() == 1 && word.charAt(0) >= '0' && word.charAt(0) <= '9') {
            return word.charAt(0) - '0';
        }
        return word.equals("oh") || word.equals("o") ? 0 : UNITS.getOrDefault(word, -1);
    }

    private static @Nullable Parsed inDigits(Token token, int at) {
        String text = token.lower();
        boolean ordinal = ORDINAL.matcher(text).matches();
        String digits = ordinal ? text.substring(0, text.length() - 2) : text;
        if (digits.length() > LONGEST_DIGITS || !PLAIN.matcher(digits).matches()) {
            return null;
        }
        return new Parsed(new BigDecimal(digits.replace(",", "")), at + 1, ordinal);
    }

    private static @Nullable Parsed inWords(List<Token> tokens, int at) {
        long total = 0;
        long group = 0;
        int i = at;
        boolean any = false;
        boolean open = true; // whether a unit may still follow in this group
        while (i < tokens.size()) {
            String word = tokens.get(i).lower();
            if (ORDINALS.containsKey(word) && (open || (group % 10 == 0 && group > 0 && ORDINALS.get(word) < 10))) {
                return new Parsed(BigDecimal.valueOf(total + group + ORDINALS.get(word)), i + 1, true);
            }
            if (open && TENS.containsKey(word)) {
                group += TENS.get(word);
                open = false;
                i++;
                if (i < tokens.size() && UNITS.getOrDefault(tokens.get(i).lower(), 0) > 0) {
                    group += UNITS.getOrDefault(tokens.get(i).lower(), 0);
                    i++;
                }
            } else if (open && (TEENS.containsKey(word) || UNITS.containsKey(word))) {
                group += TEENS.getOrDefault(word, UNITS.getOrDefault(word, 0));
                open = false;
                i++;
            } else if (word.equals("a")
                    && !any
                    && i + 1 < tokens.size()
                    && SCALES.containsKey(tokens.get(i + 1).lower())) {
                group = 1;
                i++;
            } else if (any && word.equals("hundred") && group > 0 && group < 100) {
                group *= 100;
                open = true;
                i++;
            } else if (any && (word.equals("thousand") || word.equals("million")) && group > 0 && total < LARGEST) {
                total = (total + group) * SCALES.getOrDefault(word, 1);
                group = 0;
                open = true;
                i++;
            } else if (word.equals("and") && open && any && startsNumber(tokens, i + 1)) {
                i++;
                continue;
            } else {
                break;
            }
            any = true;
        }
        return any ? new Parsed(BigDecimal.valueOf(total + group), i, false) : null;
    }

    private static boolean startsNumber(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return false;
        }
        String word = tokens.get(at).lower();
        return UNITS.containsKey(word) || TEENS.containsKey(word) || TENS.containsKey(word);
    }
}
