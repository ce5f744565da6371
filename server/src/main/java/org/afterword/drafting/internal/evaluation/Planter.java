package org.afterword.drafting.internal.evaluation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Numbers;
import org.afterword.drafting.internal.language.Token;

/**
 * Puts errors into statements: a name, number, amount, date or time of a statement becomes another one of the same kind and form, out of what
 * people wrote of other contacts, that does not stand in the talk. It finds values by patterns of its own, so that what the
 * check does not see is planted all the same.
 */
public final class Planter {
    /** What can be planted. */
    public enum Kind {
        NAME,
        DATE,
        TIME,
        AMOUNT,
        NUMBER
    }

    /**
     * A value of a statement.
     *
     * @param form which of its kind's patterns it is, so that it gives way to one that could stand there as well
     */
    record Value(Kind kind, String form, String text, int from, int to) {}

    /** A statement with an error in it. @param from where that begins; @param to where it ends, exclusive */
    public record Planted(String text, int from, int to) {}

    private static final String MONTH =
            "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    private static final String WORDS =
            "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|"
                    + "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";

    private static final List<String> SPELLED = List.of(WORDS.split("\\|"));
    private static final List<String> SMALL = List.of(
            "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "18", "20", "30", "40",
            "50", "60", "70", "80", "90");

    private static final Map<Kind, List<Pattern>> PATTERNS = patterns();

    private static final Set<String> NO_NAMES = Set.of(
            "customer",
            "agent",
            "doctor",
            "patient",
            "user",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december");

    private static final int TRIES = 50;

    private final Map<Kind, Map<String, List<String>>> pool = new EnumMap<>(Kind.class);

    /** Makes {@code statement} one whose values may be planted elsewhere. */
    public void learn(String statement, Set<String> talk) {
        for (Value value : values(statement, talk)) {
            pool.computeIfAbsent(value.kind(), kind -> new HashMap<>())
                    .computeIfAbsent(value.form(), form -> new ArrayList<>())
                    .add(value.text());
        }
    }

    /** The words of a talk, in lower case; its small numbers in digits and in words. */
    public static Set<String> words(String talk) {
        var words = new HashSet<String>();
        List<Token> tokens = Token.allIn(talk);
        for (int i = 0; i < tokens.size(); i++) {
            words.add(tokens.get(i).lower());
            Numbers.Parsed number = Numbers.at(tokens, i);
            if (number != null) {
                words.add(number.value().toPlainString());
                int small = SMALL.indexOf(number.value().toPlainString());
                if (small >= 0) {
                    words.add(SPELLED.get(small));
                }
            }
        }
        return words;
    }

    /** Its values; names only those that were said. */
    static List<Value> values(String statement, Set<String> talk) {
        var values = new ArrayList<Value>();
        PATTERNS.forEach((kind, patterns) -> {
            for (int form = 0; form < patterns.size(); form++) {
                Matcher matcher = patterns.get(form).matcher(statement);
                while (matcher.find()) {
                    String text = matcher.group();
                    boolean taken = values.stream()
                            .anyMatch(other -> other.from() < matcher.end() && matcher.start() < other.to());
                    if (!taken && (kind != Kind.NAME || isName(text, talk))) {
                        values.add(new Value(kind, form(kind, form, text), text, matcher.start(), matcher.end()));
                    }
                }
            }
        });
        return values;
    }

    /** The statement with one of its values of the kind exchanged; empty where it has none, or nothing fits. */
    public Optional<Planted> plant(String statement, Kind kind, Set<String> talk, Random random) {
        if (Token.allIn(statement).stream().noneMatch(Token::isWord)) {
            return Optional.empty();
        }
        List<Value> values = values(statement, talk).stream()
                .filter(value -> value.kind() == kind)
                .toList();
        if (values.isEmpty()) {
            return Optional.empty();
        }
        Value value = values.get(random.nextInt(values.size()));
        List<String> others = pool.getOrDefault(kind, Map.of()).getOrDefault(value.form(), List.of());
        for (int i = 0; i < TRIES && !others.isEmpty(); i++) {
            String other = others.get(random.nextInt(others.size()));
            // who says "no" or "a" said these
            if (!other.matches("[01]")
                    && Token.allIn(other).stream()
                            .noneMatch(token -> saysSomething(token) && talk.contains(token.lower()))
                    && !statement.toLowerCase(Locale.ROOT).contains(other.toLowerCase(Locale.ROOT))) {
                return Optional.of(new Planted(
                        statement.substring(0, value.from()) + other + statement.substring(value.to()),
                        value.from(),
                        value.from() + other.length()));
            }
        }
        return Optional.empty();
    }

    private static boolean saysSomething(Token token) {
        return token.isNumeric() || token.isWord() && token.text().length() > 2 && !token.is("the");
    }

    private static boolean isName(String text, Set<String> talk) {
        return Token.allIn(text).stream()
                .map(Token::lower)
                .allMatch(word -> talk.contains(word) && !NO_NAMES.contains(word));
    }

    private static String form(Kind kind, int pattern, String text) {
        return switch (kind) {
            case NAME -> "words " + text.split(" ").length;
            case NUMBER -> pattern == 0 ? "digits " + text.length() : "words";
            case DATE, TIME, AMOUNT -> "pattern " + pattern;
        };
    }

    private static Map<Kind, List<Pattern>> patterns() {
        var patterns = new EnumMap<Kind, List<Pattern>>(Kind.class);
        patterns.put(
                Kind.DATE,
                List.of(
                        Pattern.compile("\\b" + MONTH + " \\d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\\d\\d\\b"),
                        Pattern.compile("\\b" + MONTH + " \\d{1,2}(?:st|nd|rd|th)?\\b"),
                        Pattern.compile("\\b" + MONTH + " (?:of )?(?:19|20)\\d\\d\\b"),
                        Pattern.compile("\\b\\d{1,2}/\\d{1,2}/(?:\\d{4}|\\d{2})\\b"),
                        Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\d\\b"),
                        Pattern.compile("(?i)\\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b"),
                        Pattern.compile("\\b(?:19|20)\\d\\d\\b")));
        patterns.put(
                Kind.TIME,
                List.of(
                        Pattern.compile("(?i)\\b\\d{1,2}:\\d\\d ?[ap]\\.?m\\b"),
                        Pattern.compile("(?i)(?<![.:\\d])\\d{1,2} ?[ap]\\.?m\\b"),
                        Pattern.compile("\\b\\d{1,2}:\\d\\d\\b")));
        patterns.put(
                Kind.AMOUNT,
                List.of(
                        Pattern.compile("[$£€] ?\\d[\\d,]*(?:\\.\\d+)?"),
                        Pattern.compile("(?i)\\b\\d[\\d,]*(?:\\.\\d+)? (?:dollars|euros|pounds)\\b")));
        patterns.put(
                Kind.NUMBER,
                List.of(
                        Pattern.compile("(?<![\\p{Alnum}$£€.,:/-])\\d+(?:[.,]\\d+)*(?![\\p{Alnum}:/]|[.,]\\d)"),
                        Pattern.compile("(?i)\\b(?:" + WORDS + ")\\b(?![ -](?:" + WORDS + "|hundred|thousand))")));
        patterns.put(
                Kind.NAME,
                List.of(
                        Pattern.compile(
                                "(?<=[^.!?:;\\s] |Dr\\. |Mr\\. |Ms\\. |Mrs\\. )\\p{Lu}\\p{Ll}{2,}(?: \\p{Lu}\\p{Ll}{2,})*(?![\\p{L}-])")));
        return patterns;
    }
}
