package org.afterword.drafting.internal.language;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Mention.Kind;
import org.jspecify.annotations.Nullable;

/** Finds the values that a text mentions: e-mail addresses, phone numbers, dates, times, amounts of money, numbers. */
public final class Mentions {
    private static final Pattern EMAIL =
            Pattern.compile("[\\p{Alnum}._%+-]{1,64}@[\\p{Alnum}-]{1,63}(?:\\.[\\p{Alnum}-]{1,63}){1,4}");
    private static final Pattern SPOKEN_EMAIL = Pattern.compile(
            "(?i)\\b([a-z0-9]+(?: (?:dot|underscore) [a-z0-9]+){0,3}) at ([a-z0-9]+) dot (com|org|net|edu|gov|co|io|de|uk)\\b");
    private static final Pattern PHONE = Pattern.compile(
            "(?<![\\p{Alnum}$€£.,])(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{2,4}\\)[ .-]?)?\\d{3}[ .-]?\\d{3,4}(?:[ .-]?\\d{3,4})?(?![\\p{Alnum}]|[.,]\\d)");
    private static final int PHONE_LEAST_DIGITS = 7;
    private static final int PHONE_MOST_DIGITS = 15;

    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("$", "$"),
            Map.entry("€", "€"),
            Map.entry("£", "£"),
            Map.entry("dollar", "$"),
            Map.entry("dollars", "$"),
            Map.entry("buck", "$"),
            Map.entry("bucks", "$"),
            Map.entry("usd", "$"),
            Map.entry("euro", "€"),
            Map.entry("euros", "€"),
            Map.entry("eur", "€"),
            Map.entry("pounds", "£"),
            Map.entry("gbp", "£"));

    /** Before "one" these make a pronoun of it. */
    private static final Set<String> BEFORE_PRONOUN = Set.of(
            "this",
            "that",
            "which",
            "another",
            "the",
            "no",
            "any",
            "every",
            "other",
            "good",
            "new",
            "last",
            "first",
            "next",
            "right",
            "same",
            "better",
            "cheaper",
            "nice",
            "great",
            "different");

    private Mentions() {}

    /**
     * All mentions in {@code text}, in order, none overlapping another.
     *
     * @param today the day on which it was said, from which "tomorrow" counts
     */
    public static List<Mention> in(String text, LocalDate today) {
        var found = new ArrayList<Mention>();
        var taken = new BitSet();
        byPattern(EMAIL, text, Kind.EMAIL, m -> m.group().toLowerCase(Locale.ROOT), found, taken);
        byPattern(SPOKEN_EMAIL, text, Kind.EMAIL, Mentions::spokenEmail, found, taken);
        byPattern(Dates.NUMERIC, text, Kind.DATE, m -> Dates.numeric(m.group(), today), found, taken);
        byPattern(PHONE, text, Kind.PHONE, m -> phone(m.group()), found, taken);
        List<Token> tokens = Token.allIn(text).stream()
                .filter(t -> taken.nextSetBit(t.from()) < 0 || taken.nextSetBit(t.from()) >= t.to())
                .toList();
        byToken(tokens, today, found);
        found.sort(Comparator.comparingInt(Mention::from));
        return List.copyOf(found);
    }

    private static void byPattern(
            Pattern pattern,
            String text,
            Kind kind,
            Function<Matcher, @Nullable String> value,
            List<Mention> found,
            BitSet taken) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            int next = taken.nextSetBit(matcher.start());
            String canonical = value.apply(matcher);
            if (canonical != null && (next < 0 || next >= matcher.end())) {
                found.add(new Mention(kind, canonical, matcher.start(), matcher.end()));
                taken.set(matcher.start(), matcher.end());
            }
        }
    }

    private static void byToken(List<Token> tokens, LocalDate today, List<Mention> found) {
        int i = 0;
        while (i < tokens.size()) {
            Found mention = at(tokens, i, today);
            if (mention == null) {
                i++;
            } else {
                found.add(new Mention(
                        mention.kind,
                        mention.value,
                        tokens.get(i).from(),
                        tokens.get(mention.next - 1).to()));
                i = mention.next;
            }
        }
    }

    private static @Nullable Found at(List<Token> tokens, int i, LocalDate today) {
        Found spokenPhone = spokenPhone(tokens, i);
        if (spokenPhone != null) {
            return spokenPhone;
        }
        Dates.Parsed date = Dates.at(tokens, i, today);
        if (date != null) {
            return new Found(Kind.DATE, date.date().toString(), date.next());
        }
        Times.Parsed time = Times.at(tokens, i);
        if (time != null) {
            return new Found(Kind.TIME, time.time().toString(), time.next());
        }
        return amountOrNumber(tokens, i);
    }

    private static @Nullable Found amountOrNumber(List<Token> tokens, int i) {
        boolean signed = CURRENCIES.containsKey(tokens.get(i).lower());
        Numbers.Parsed number = Numbers.at(tokens, signed ? i + 1 : i);
        if (number == null || number.ordinal()) {
            return null;
        }
        int next = number.next();
        BigDecimal value = number.value();
        if (signed) {
            return new Found(Kind.AMOUNT, CURRENCIES.get(tokens.get(i).lower()) + money(value), next);
        }
        if (next < tokens.size() && CURRENCIES.containsKey(tokens.get(next).lower())) {
            return new Found(Kind.AMOUNT, CURRENCIES.get(tokens.get(next).lower()) + money(value), next + 1);
        }
        return isPronoun(tokens, i) ? null : new Found(Kind.NUMBER, plain(value), next);
    }

    /** {@code 1500} → {@code 1,500}; two decimals if there are any. */
    static String money(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        var format = new DecimalFormat(whole ? "#,##0" : "#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static boolean isPronoun(List<Token> tokens, int i) {
        if (!tokens.get(i).is("one")) {
            return false;
        }
        boolean before = i > 0 && BEFORE_PRONOUN.contains(tokens.get(i - 1).lower());
        boolean after = i + 1 < tokens.size()
                && Set.of("of", "that", "is", "second", "moment", "way")
                        .contains(tokens.get(i + 1).lower());
        return before || after;
    }

    private static @Nullable String phone(String text) {
        String digits = text.replaceAll("\\D", "");
        if (digits.length() < PHONE_LEAST_DIGITS || digits.length() > PHONE_MOST_DIGITS || text.matches("\\d+")) {
            return null;
        }
        return text.startsWith("+") ? "+" + digits : digits;
    }

    /** Seven or more single digits in a row, as people dictate them. */
    private static @Nullable Found spokenPhone(List<Token> tokens, int i) {
        var digits = new StringBuilder();
        int next = i;
        while (next < tokens.size() && digits.length() < PHONE_MOST_DIGITS && Numbers.digitAt(tokens, next) >= 0) {
            digits.append(Numbers.digitAt(tokens, next));
            next++;
        }
        return digits.length() < PHONE_LEAST_DIGITS ? null : new Found(Kind.PHONE, digits.toString(), next);
    }

    private static String spokenEmail(Matcher matcher) {
        String user = matcher.group(1).replace(" dot ", ".").replace(" underscore ", "_");
        return (user + "@" + matcher.group(2) + "." + matcher.group(3)).toLowerCase(Locale.ROOT);
    }

    private record Found(Kind kind, String value, int next) {}
}
