package org.afterword.drafting.internal.check;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.afterword.drafting.internal.language.Token;
import org.jspecify.annotations.Nullable;

/**
 * As much of a date as was said: "January tenth", "August 2008", "Friday". What was not said is null.
 *
 * @param month 1 to 12
 */
record Day(
        @Nullable Integer year,
        @Nullable Integer month,
        @Nullable Integer day,
        @Nullable DayOfWeek weekday) {

    /** Where a date stands, with all that it may mean: 3/4 is the third of April to some. */
    record Found(int from, int to, List<Day> readings) {}

    private static final Pattern NUMERIC = Pattern.compile(
            "(?<![\\p{Alnum}/.-])(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})([/.-])(\\d{1,2})\\5(\\d{4}|\\d{2})|(\\d{1,2})/(\\d{4}))(?![\\p{Alnum}/-])");

    private static final Map<String, Integer> MONTHS = months();
    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();

    /** Words of another meaning: a month or a weekday only beside a number, or in capitals inside a sentence. */
    private static final Set<String> OTHER_WORDS =
            Set.of("may", "march", "mar", "sat", "sun", "dec", "jan", "wed", "second");

    private static final int CENTURY = 100;

    static Day of(LocalDate date) {
        return new Day(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), date.getDayOfWeek());
    }

    /** All dates that name a month, a weekday or a day in numbers. "Tomorrow" is none: that takes a calendar. */
    static List<Found> allIn(String text, List<Token> tokens, List<Numeral> numerals) {
        var found = new ArrayList<Found>();
        NUMERIC.matcher(text).results().forEach(match -> {
            List<Day> readings = numeric(match);
            if (!readings.isEmpty()) {
                found.add(new Found(match.start(), match.end(), readings));
            }
        });
        Map<Integer, Numeral> byFirst = new HashMap<>();
        Map<Integer, Numeral> byNext = new HashMap<>();
        numerals.forEach(numeral -> {
            byFirst.putIfAbsent(numeral.first(), numeral);
            byNext.put(numeral.next(), numeral);
        });
        for (int i = 0; i < tokens.size(); i++) {
            named(text, tokens, i, byFirst, byNext).ifPresent(found::add);
        }
        return found;
    }

    /** Whether this, said in a statement, is what {@code heard} says. What only the statement says is not. */
    boolean isIn(Day heard, Set<Integer> years) {
        boolean sameDay = isIn(month, heard.month) && isIn(day, heard.day);
        boolean sameYear = year == null || year.equals(heard.year) || heard.year == null && years.contains(year);
        if (month == null && day == null) {
            return sameYear && isIn(weekday, heard.weekday);
        }
        return sameDay && sameYear;
    }

    private static boolean isIn(@Nullable Object said, @Nullable Object heard) {
        return said == null || said.equals(heard);
    }

    private static List<Day> numeric(MatchResult match) {
        if (match.group(1) != null) {
            return dated(Integer.parseInt(match.group(1)), number(match, 2), number(match, 3)).stream()
                    .toList();
        }
        if (match.group(9) != null) {
            int month = number(match, 8);
            return month > 12 || month == 0 ? List.of() : List.of(new Day(number(match, 9), month, null, null));
        }
        var readings = new ArrayList<Day>();
        for (int year : years(match.group(7))) {
            dated(year, number(match, 4), number(match, 6)).ifPresent(readings::add);
            dated(year, number(match, 6), number(match, 4)).ifPresent(readings::add);
        }
        return readings;
    }

    private static int[] years(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() > 2 ? new int[] {year} : new int[] {2000 + year, 2000 - CENTURY + year};
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static Optional<Day> dated(int year, int month, int day) {
        boolean exists =
                month >= 1 && month <= 12 && day >= 1 && day <= Month.of(month).maxLength();
        return exists ? Optional.of(new Day(year, month, day, null)) : Optional.empty();
    }

    private static Optional<Found> named(
            String text, List<Token> tokens, int i, Map<Integer, Numeral> byFirst, Map<Integer, Numeral> byNext) {
        Token token = tokens.get(i);
        DayOfWeek weekday = WEEKDAYS.get(token.lower());
        boolean plain = !OTHER_WORDS.contains(token.lower());
        boolean inside = i > 0
                && token.isCapitalized()
                && !text.substring(tokens.get(i - 1).to(), token.from()).matches(".*[.!?].*");
        if (weekday != null) {
            return plain || inside
                    ? Optional.of(new Found(token.from(), token.to(), List.of(new Day(null, null, null, weekday))))
                    : Optional.empty();
        }
        Integer month = MONTHS.get(token.lower());
        if (month == null) {
            return Optional.empty();
        }
        int from = i;
        int next = i + 1;
        Integer day = null;
        Numeral before = byNext.get(is(tokens, i - 1, "of") ? i - 1 : i);
        if (before != null && isDay(before)) {
            day = before.value().intValue();
            from = before.first();
        }
        Numeral after = byFirst.get(is(tokens, next, "the") ? next + 1 : next);
        if (day == null && after != null && isDay(after)) {
            day = after.value().intValue();
            next = after.next();
        }
        Integer year = null;
        Numeral last = byFirst.get(next);
        if (last != null) {
            Numeral more = byFirst.get(last.next());
            if (last.isYear()) {
                year = last.value().intValue();
                next = last.next();
            } else if (more != null && year(last, more) > 0) {
                year = year(last, more);
                next = more.next();
            }
        }
        if (day == null && year == null && !plain && !inside) {
            return Optional.empty();
        }
        int begin = tokens.get(from).from();
        int end = tokens.get(next - 1).to();
        return Optional.of(new Found(begin, end, List.of(new Day(year, month, day, null))));
    }

    /** "Nineteen ninety eight", "twenty ten"; 0 where it is no year. */
    private static int year(Numeral century, Numeral rest) {
        boolean spoken = !century.ordinal()
                && !rest.ordinal()
                && (century.digits().equals("19") || century.digits().equals("20"))
                && rest.digits().length() == 2;
        return spoken ? Integer.parseInt(century.digits() + rest.digits()) : 0;
    }

    private static boolean isDay(Numeral numeral) {
        return numeral.value().scale() <= 0
                && numeral.value().signum() > 0
                && numeral.value().intValue() <= 31
                && numeral.digits().length() <= 2
                && (numeral.unit().isEmpty() || numeral.unit().equals(Numeral.OTHER));
    }

    private static boolean is(List<Token> tokens, int at, String word) {
        return at >= 0 && at < tokens.size() && tokens.get(at).is(word);
    }

    private static Map<String, Integer> months() {
        var names = new HashMap<String, Integer>();
        for (Month month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            names.put(name, month.getValue());
            names.put(name.substring(0, 3), month.getValue());
        }
        names.put("sept", 9);
        return names;
    }

    private static Map<String, DayOfWeek> weekdays() {
        var names = new HashMap<String, DayOfWeek>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            names.put(name, day);
            names.put(name + "s", day);
            names.put(name.substring(0, 3), day);
        }
        names.put("thurs", DayOfWeek.THURSDAY);
        names.put("tues", DayOfWeek.TUESDAY);
        return names;
    }
}
