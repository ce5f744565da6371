package org.afterword.drafting.internal.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Numbers;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;

/**
 * One number as it stands in a text: {@code 1,500}, "twenty six", "8th", the 08 of {@code 08/27}.
 *
 * @param digits  its digits as they are written or would be
 * @param ordinal whether it was "third" or "3rd"
 * @param unit    of what it is so many, in one word ({@code year}, {@code %}, {@code $}, {@link #OTHER}); empty where it does not say
 * @param first   index of its first token
 * @param next    index of the first token after it
 */
record Numeral(String digits, BigDecimal value, boolean ordinal, String unit, int first, int next) {
    private static final Pattern PARTS = Pattern.compile("[^0-9]+");

    /** Numbers of so many digits are read as digits alone. */
    private static final int LONGEST = 15;

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("%", "%"),
            Map.entry("percent", "%"),
            Map.entry("year", "year"),
            Map.entry("years", "year"),
            Map.entry("yr", "year"),
            Map.entry("month", "month"),
            Map.entry("months", "month"),
            Map.entry("week", "week"),
            Map.entry("weeks", "week"),
            Map.entry("day", "day"),
            Map.entry("days", "day"),
            Map.entry("hour", "hour"),
            Map.entry("hours", "hour"),
            Map.entry("minute", "minute"),
            Map.entry("minutes", "minute"),
            Map.entry("mg", "mg"),
            Map.entry("milligram", "mg"),
            Map.entry("milligrams", "mg"),
            Map.entry("dollar", "$"),
            Map.entry("dollars", "$"),
            Map.entry("bucks", "$"),
            Map.entry("usd", "$"),
            Map.entry("euro", "€"),
            Map.entry("euros", "€"),
            Map.entry("eur", "€"),
            Map.entry("gbp", "£"));

    /** The unit of what is counted without one: "two sisters". */
    static final String OTHER = "thing";

    /** So many words may stand between a number and its unit: "six more months". */
    private static final int NEAR = 3;

    private static final Map<String, String> SIGNS =
            Map.of("$", "$", "€", "€", "£", "£", "usd", "$", "eur", "€", "gbp", "£");

    /** All numbers of {@code text}, in order. */
    static List<Numeral> allIn(List<Token> tokens) {
        var numerals = new ArrayList<Numeral>();
        int i = 0;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            Numbers.Parsed parsed = Numbers.at(tokens, i);
            if (parsed != null) {
                boolean asWritten = token.isNumeric() && !parsed.ordinal();
                BigDecimal value = withPoint(parsed.value(), tokens, parsed.next());
                int next = value.equals(parsed.value()) ? parsed.next() : parsed.next() + 2;
                String digits = asWritten && value.equals(parsed.value())
                        ? token.lower().replaceAll("[^0-9]", "")
                        : value.toPlainString();
                numerals.add(new Numeral(digits, plain(value), parsed.ordinal(), unit(tokens, i, next), i, next));
                i = next;
            } else {
                if (token.is("1/2")) {
                    numerals.add(new Numeral("0.5", BigDecimal.valueOf(5, 1), false, unit(tokens, i, i + 1), i, i + 1));
                } else if (token.isNumeric()) {
                    for (String part : PARTS.split(token.lower())) {
                        if (!part.isEmpty()) {
                            numerals.add(new Numeral(part, value(part), false, unit(tokens, i, i + 1), i, i + 1));
                        }
                    }
                } else if ((token.is("oh") || token.is("o")) && besideNumber(tokens, i)) {
                    numerals.add(new Numeral("0", BigDecimal.ZERO, false, "", i, i + 1));
                }
                i++;
            }
        }
        return numerals;
    }

    /** The unit of that name, or empty. */
    static String unitNamed(String word) {
        return UNITS.getOrDefault(word, "");
    }

    /** The same value, however many zeros it was written with. */
    static BigDecimal plain(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** Whether it was said or written as one digit. */
    boolean isDigit() {
        return digits.length() == 1;
    }

    boolean isYear() {
        return !ordinal
                && value.compareTo(BigDecimal.valueOf(1900)) >= 0
                && value.compareTo(BigDecimal.valueOf(2100)) < 0;
    }

    private static BigDecimal value(String digits) {
        return digits.length() > LONGEST ? BigDecimal.valueOf(-1) : plain(new BigDecimal(digits));
    }

    /** "One point five". */
    private static BigDecimal withPoint(BigDecimal whole, List<Token> tokens, int next) {
        boolean point = next + 1 < tokens.size() && tokens.get(next).is("point");
        int digit = point ? Numbers.digitAt(tokens, next + 1) : -1;
        return digit < 0 || whole.scale() > 0 ? whole : whole.add(BigDecimal.valueOf(digit, 1));
    }

    private static boolean besideNumber(List<Token> tokens, int i) {
        return i > 0 && Numbers.at(tokens, i - 1) != null || Numbers.at(tokens, i + 1) != null;
    }

    /** Of what: a unit that stands near, else the sign before it, else {@link #OTHER} where it counts something else. */
    private static String unit(List<Token> tokens, int first, int next) {
        if (first > 0 && SIGNS.containsKey(tokens.get(first - 1).lower())) {
            return SIGNS.getOrDefault(tokens.get(first - 1).lower(), "");
        }
        for (int i = next; i < Math.min(tokens.size(), next + NEAR); i++) {
            Token token = tokens.get(i);
            if (UNITS.containsKey(token.lower())) {
                return UNITS.getOrDefault(token.lower(), "");
            }
            if (token.from() - tokens.get(i - 1).to() > 1 || !token.isWord()) {
                break;
            }
        }
        boolean counts = next < tokens.size()
                && tokens.get(next).isWord()
                && tokens.get(next).from() - tokens.get(next - 1).to() <= 1
                && !Stems.of(tokens.get(next).lower()).isEmpty()
                && Numbers.at(tokens, next) == null;
        return counts ? OTHER : "";
    }
}
