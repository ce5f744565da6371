package org.afterword.drafting.internal.check;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.afterword.drafting.internal.check.Fact.Kind;
import org.afterword.drafting.internal.language.Mention;
import org.afterword.drafting.internal.language.Mentions;
import org.afterword.drafting.internal.language.Token;

/**
 * The names, numbers, amounts, dates and times of what was said and done, to look up those of a statement.
 *
 * <p>A statement says them in one way and people say them in many, so both are read in every way that makes sense: 1998 is "nineteen
 * ninety eight", 8:15 is "quarter past eight" and 815, and 01/10/09 the tenth of January or the first of October. It is enough that one
 * reading of the one is a reading of the other. Where both say of what a number is so many, that has to agree: three days are not three years.
 */
public final class Facts {
    /** A text of the evidence. @param day from which its "tomorrow" counts */
    public record Source(String text, LocalDate day) {}

    /** Values of that length are texts, in which nothing is looked up beyond their beginning. */
    static final int LONGEST_VALUE = 1_000;

    /** Longer rows of digits are no number that people dictate. */
    private static final int LONGEST_ROW = 16;

    private static final int FEW_DIGITS = 3;
    private static final int YEAR_DIGITS = 4;
    private static final int LEAST_MISHEARD = 6;
    private static final int LEAST_PART = 5;

    private static final Set<String> ONE = Set.of("a", "an", "another", "once", "single", "each", "every", "first");
    private static final Set<String> TWO = Set.of("twice", "both", "pair", "couple", "double", "second");
    private static final Map<String, Integer> DECADES = Map.of(
            "twenties",
            20,
            "thirties",
            30,
            "forties",
            40,
            "fifties",
            50,
            "sixties",
            60,
            "seventies",
            70,
            "eighties",
            80,
            "nineties",
            90);
    private static final Set<String> NOTHING = Set.of("no", "none", "nothing", "never", "nobody", "free");

    private final Map<BigDecimal, Set<String>> unitsOfNumbers = new HashMap<>();
    private final Set<String> rows = new HashSet<>();
    private final List<Day> days = new ArrayList<>();
    private final Set<Integer> minutes = new TreeSet<>();
    private final Set<String> addresses = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> initials = new HashSet<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<Integer> years;

    /** @param noNames words that name nobody, in lower case, though they may be capitalized */
    public Facts(Collection<Source> sources, Collection<String> noNames) {
        sources.forEach(this::add);
        words.addAll(noNames);
        years = unitsOfNumbers.keySet().stream()
                .filter(number -> number.scale() <= 0 && number.precision() - number.scale() <= YEAR_DIGITS)
                .map(BigDecimal::intValue)
                .collect(Collectors.toSet());
    }

    private void add(Source source) {
        List<Token> tokens = Token.allIn(source.text());
        List<Numeral> numerals = Numeral.allIn(tokens);
        texts.add(normal(tokens));
        addNumbers(tokens, numerals);
        addMentions(source);
        for (Day.Found found : Day.allIn(source.text(), tokens, numerals)) {
            days.addAll(found.readings());
        }
        Clock.written(tokens).forEach(found -> minutes.addAll(found.minutes()));
        minutes.addAll(Clock.spoken(tokens, numerals));
        addWords(tokens);
    }

    private void addMentions(Source source) {
        for (Mention mention : Mentions.in(source.text(), source.day())) {
            switch (mention.kind()) {
                case DATE -> days.add(Day.of(LocalDate.parse(mention.value())));
                case TIME -> minutes.addAll(Clock.at(LocalTime.parse(mention.value())));
                case EMAIL -> addresses.add(mention.value());
                case PHONE -> rows.add(mention.value().replaceAll("[^0-9]", ""));
                case AMOUNT, NUMBER -> {}
            }
        }
    }

    private void addNumbers(List<Token> tokens, List<Numeral> numerals) {
        for (List<Numeral> row : rows(tokens, numerals)) {
            boolean dictated = row.size() >= FEW_DIGITS && row.stream().allMatch(Numeral::isDigit);
            for (int i = 0; i < row.size(); i++) {
                var digits = new StringBuilder();
                for (int j = i; j < Math.min(row.size(), i + LONGEST_ROW); j++) {
                    digits.append(row.get(j).digits());
                    String joined = digits.toString();
                    rows.add(joined);
                    boolean number = j > i && joined.length() <= YEAR_DIGITS && (!dictated || j - i + 1 == row.size());
                    if (number) {
                        addNumber(
                                Numeral.plain(new BigDecimal(joined)),
                                row.get(j).unit());
                    }
                }
                if (!dictated) {
                    addNumber(row.get(i).value(), row.get(i).unit());
                }
            }
        }
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (ONE.contains(token.lower())) {
                addNumber(BigDecimal.ONE, Numeral.OTHER);
            } else if (TWO.contains(token.lower())) {
                addNumber(BigDecimal.TWO, unitAfter(tokens, i));
            } else if (NOTHING.contains(token.lower()) || token.lower().endsWith("n't")) {
                addNumber(BigDecimal.ZERO, Numeral.OTHER);
            } else if (token.is("dozen")) {
                addNumber(Numeral.plain(BigDecimal.valueOf(12)), "");
            } else if (DECADES.containsKey(token.lower())) {
                addNumber(Numeral.plain(BigDecimal.valueOf(DECADES.get(token.lower()))), "");
            } else if (token.is("half")) {
                addHalf(numerals, tokens, i);
            }
        }
    }

    /** "Half", "two and a half", "a year and a half". */
    private void addHalf(List<Numeral> numerals, List<Token> tokens, int at) {
        BigDecimal half = BigDecimal.valueOf(5, 1);
        addNumber(half, "");
        addNumber(Numeral.plain(BigDecimal.valueOf(50)), "%");
        addNumber(Numeral.plain(BigDecimal.valueOf(30)), "");
        boolean more =
                at >= 2 && tokens.get(at - 1).is("a") && tokens.get(at - 2).is("and");
        if (more) {
            addNumber(half.add(BigDecimal.ONE), "");
            numerals.stream()
                    .filter(numeral -> numeral.next() <= at - 2 && numeral.next() >= at - 3)
                    .forEach(numeral -> addNumber(numeral.value().add(half), ""));
        }
    }

    /** "A couple of days". */
    private static String unitAfter(List<Token> tokens, int at) {
        int next = at + 1 < tokens.size() && tokens.get(at + 1).is("of") ? at + 2 : at + 1;
        String unit = next < tokens.size() ? Numeral.unitNamed(tokens.get(next).lower()) : "";
        return unit.isEmpty() ? Numeral.OTHER : unit;
    }

    private void addNumber(BigDecimal value, String unit) {
        unitsOfNumbers.computeIfAbsent(value, number -> new HashSet<>()).add(unit);
    }

    private void addWords(List<Token> tokens) {
        var letters = new StringBuilder();
        var first = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            String word = NameWords.plain(token);
            words.add(word);
            words.add(token.lower());
            if (i > 0) {
                words.add(NameWords.plain(tokens.get(i - 1)) + word);
            }
            first.append(word.charAt(0));
            if (token.isWord() && word.length() == 1) {
                letters.append(word);
                words.add(letters.toString());
            } else {
                letters.setLength(0);
            }
        }
        initials.add(first.toString());
    }

    /** Numbers that stand together, as a phone number or a year in words does. */
    private static List<List<Numeral>> rows(List<Token> tokens, List<Numeral> numerals) {
        var rows = new ArrayList<List<Numeral>>();
        for (Numeral numeral : numerals) {
            List<Numeral> last = rows.isEmpty() ? List.of() : rows.getLast();
            boolean goesOn = !last.isEmpty()
                    && !last.getLast().ordinal()
                    && (last.getLast().unit().isEmpty() || last.getLast().unit().equals(Numeral.OTHER))
                    && last.getLast().next() >= numeral.first()
                    && last.getLast().first() != numeral.first()
                    && tokens.get(numeral.first()).from()
                                    - tokens.get(last.getLast().next() - 1).to()
                            <= 2;
            if (goesOn) {
                last.add(numeral);
            } else {
                rows.add(new ArrayList<>(List.of(numeral)));
            }
        }
        return rows;
    }

    /** What the statement says exactly and the evidence does not, in order. A statement that stands there word for word says nothing else. */
    public List<Fact> missing(String statement, LocalDate day) {
        List<Token> tokens = Token.allIn(statement);
        if (isVerbatim(tokens)) {
            return List.of();
        }
        List<Numeral> numerals = Numeral.allIn(tokens);
        var missing = new ArrayList<Fact>();
        var taken = new BitSet();
        addresses(statement, day, taken, missing);
        dates(statement, day, tokens, numerals, taken, missing);
        times(statement, day, tokens, taken, missing);
        numbers(statement, tokens, numerals, taken, missing);
        for (Token name : NameWords.in(statement, tokens, taken::get)) {
            if (!isNamed(name)) {
                missing.add(new Fact(Kind.NAME, name.text(), name.from(), name.to()));
            }
        }
        missing.sort(Comparator.comparingInt(Fact::from));
        return missing;
    }

    /** Whether the statement stands there as it is, but for punctuation and case. */
    public boolean isVerbatim(String statement) {
        return isVerbatim(Token.allIn(statement));
    }

    private boolean isVerbatim(List<Token> tokens) {
        String normal = normal(tokens);
        return texts.stream().anyMatch(text -> text.contains(normal));
    }

    private static String normal(List<Token> tokens) {
        return tokens.stream().map(Token::lower).collect(Collectors.joining(" ", " ", " "));
    }

    private void addresses(String statement, LocalDate day, BitSet taken, List<Fact> missing) {
        for (Mention mention : Mentions.in(statement, day)) {
            if (mention.kind() == Mention.Kind.EMAIL) {
                judge(
                        Kind.ADDRESS,
                        statement,
                        mention.from(),
                        mention.to(),
                        addresses.contains(mention.value()),
                        taken,
                        missing);
            }
        }
    }

    private void dates(
            String statement,
            LocalDate day,
            List<Token> tokens,
            List<Numeral> numerals,
            BitSet taken,
            List<Fact> missing) {
        for (Day.Found found : Day.allIn(statement, tokens, numerals)) {
            // the day of the contact is known without being said
            boolean heard = found.readings().stream()
                    .anyMatch(reading -> reading.day() != null && reading.isIn(Day.of(day), years)
                            || days.stream().anyMatch(other -> reading.isIn(other, years)));
            judge(Kind.DATE, statement, found.from(), found.to(), heard, taken, missing);
        }
        for (Mention mention : Mentions.in(statement, day)) {
            boolean relative = mention.kind() == Mention.Kind.DATE && isFree(taken, mention.from(), mention.to());
            String text = statement.substring(mention.from(), mention.to()).toLowerCase(Locale.ROOT);
            if (relative
                    && !text.startsWith("to")
                    && !text.endsWith("today")
                    && text.chars().noneMatch(Character::isDigit)) {
                Day said = Day.of(LocalDate.parse(mention.value()));
                boolean heard = days.stream().anyMatch(other -> said.isIn(other, years)) || hasWords(text);
                judge(Kind.DATE, statement, mention.from(), mention.to(), heard, taken, missing);
            }
        }
    }

    private void times(String statement, LocalDate day, List<Token> tokens, BitSet taken, List<Fact> missing) {
        for (Mention mention : Mentions.in(statement, day)) {
            if (mention.kind() == Mention.Kind.TIME && isFree(taken, mention.from(), mention.to())) {
                boolean heard = minutes.containsAll(Clock.at(LocalTime.parse(mention.value())))
                        || hasWords(statement.substring(mention.from(), mention.to()));
                judge(Kind.TIME, statement, mention.from(), mention.to(), heard, taken, missing);
            }
        }
        for (Clock.Found found : Clock.written(tokens)) {
            if (isFree(taken, found.from(), found.to())) {
                boolean heard = found.minutes().stream().anyMatch(minutes::contains)
                        || hasWords(statement.substring(found.from(), found.to()));
                judge(Kind.TIME, statement, found.from(), found.to(), heard, taken, missing);
            }
        }
    }

    private void numbers(
            String statement, List<Token> tokens, List<Numeral> numerals, BitSet taken, List<Fact> missing) {
        List<Numeral> free = numerals.stream()
                .filter(numeral -> isFree(
                        taken,
                        tokens.get(numeral.first()).from(),
                        tokens.get(numeral.next() - 1).to()))
                .filter(numeral -> !isNumbering(statement, tokens, numeral) && !isInCode(statement, tokens, numeral))
                .filter(numeral -> !(numeral.ordinal() && numeral.value().compareTo(BigDecimal.TWO) <= 0))
                .filter(numeral -> !tokens.get(numeral.first()).is("one")
                        || numeral.value().compareTo(BigDecimal.ONE) != 0)
                .toList();
        for (List<Numeral> row : rows(tokens, free)) {
            String joined = row.stream().map(Numeral::digits).collect(Collectors.joining());
            if (row.size() > 1 && isRow(joined)) {
                taken.set(start(tokens, row.getFirst()), end(tokens, row.getLast()));
                continue;
            }
            boolean dictated = row.size() > FEW_DIGITS && row.stream().allMatch(Numeral::isDigit);
            if (dictated) {
                judge(
                        Kind.NUMBER,
                        statement,
                        start(tokens, row.getFirst()),
                        end(tokens, row.getLast()),
                        false,
                        taken,
                        missing);
                continue;
            }
            for (Numeral numeral : row) {
                boolean money =
                        "$€£".contains(numeral.unit()) && !numeral.unit().isEmpty();
                judge(
                        money ? Kind.AMOUNT : Kind.NUMBER,
                        statement,
                        start(tokens, numeral),
                        end(tokens, numeral),
                        isCounted(numeral),
                        taken,
                        missing);
            }
        }
    }

    private boolean isCounted(Numeral numeral) {
        Set<String> units = unitsOfNumbers.getOrDefault(numeral.value(), Set.of());
        boolean any = numeral.unit().isEmpty() || numeral.unit().equals(Numeral.OTHER);
        boolean agrees = !units.isEmpty() && (any || units.contains("") || units.contains(numeral.unit()));
        return agrees || any && numeral.digits().length() > FEW_DIGITS && isRow(numeral.digits());
    }

    private boolean isRow(String digits) {
        return rows.contains(digits);
    }

    /** "2." at the beginning of an entry. */
    private static boolean isNumbering(String statement, List<Token> tokens, Numeral numeral) {
        int start = start(tokens, numeral);
        int end = end(tokens, numeral);
        boolean begins = numeral.first() == 0
                || statement.substring(end(tokens, numeral.first() - 1), start).matches("(?s).*[.;:\\n]\\s*");
        boolean ends = statement.startsWith(")", end)
                || statement.startsWith(". ", end)
                || statement.length() == end + 1 && statement.endsWith(".");
        return begins
                && ends
                && numeral.digits().length() <= 2
                && tokens.get(numeral.first()).isNumeric();
    }

    /** The 1 of "S1": one or two digits behind a letter are part of a word. */
    private static boolean isInCode(String statement, List<Token> tokens, Numeral numeral) {
        int start = start(tokens, numeral);
        return numeral.digits().length() < FEW_DIGITS && start > 0 && Character.isLetter(statement.charAt(start - 1));
    }

    private boolean isNamed(Token name) {
        String word = NameWords.plain(name);
        if (words.contains(word)
                || words.contains(name.lower())
                || words.contains(word + "s")
                || word.endsWith("s") && words.contains(word.substring(0, word.length() - 1))) {
            return true;
        }
        boolean acronym = word.length() > 1 && name.text().equals(name.text().toUpperCase(Locale.ROOT));
        if (acronym && initials.stream().anyMatch(all -> all.contains(word))) {
            return true;
        }
        return word.length() >= LEAST_PART && words.stream().anyMatch(heard -> isLike(word, heard));
    }

    /** As speech recognition or a handle ("SpotifyCares") spells it. */
    private static boolean isLike(String word, String heard) {
        return heard.length() >= LEAST_PART
                        && (heard.startsWith(word) || word.startsWith(heard) && word.length() - heard.length() <= 2)
                || word.length() >= LEAST_MISHEARD && isOneLetterOff(word, heard);
    }

    private static boolean isOneLetterOff(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        int same = 0;
        while (same < one.length() && same < other.length() && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        int oneLeft = one.length() - same;
        int otherLeft = other.length() - same;
        return tail(one, oneLeft - 1).equals(tail(other, otherLeft - 1))
                || tail(one, oneLeft).equals(tail(other, otherLeft - 1))
                || tail(one, oneLeft - 1).equals(tail(other, otherLeft));
    }

    private static String tail(String word, int length) {
        return word.substring(word.length() - Math.max(0, length));
    }

    private boolean hasWords(String text) {
        String normal = normal(Token.allIn(text));
        return texts.stream().anyMatch(heard -> heard.contains(normal));
    }

    private static void judge(
            Kind kind, String statement, int from, int to, boolean heard, BitSet taken, List<Fact> missing) {
        taken.set(from, to);
        if (!heard) {
            missing.add(new Fact(kind, statement.substring(from, to), from, to));
        }
    }

    private static boolean isFree(BitSet taken, int from, int to) {
        int next = taken.nextSetBit(from);
        return next < 0 || next >= to;
    }

    private static int start(List<Token> tokens, Numeral numeral) {
        return tokens.get(numeral.first()).from();
    }

    private static int end(List<Token> tokens, Numeral numeral) {
        return end(tokens, numeral.next() - 1);
    }

    private static int end(List<Token> tokens, int token) {
        return tokens.get(token).to();
    }
}
