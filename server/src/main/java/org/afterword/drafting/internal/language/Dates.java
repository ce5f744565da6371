package org.afterword.drafting.internal.language;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days as people name them, resolved from the day on which they are named.
 *
 * <p>A date without a year is the nearest such day. "Friday" is the coming one, "next Friday" the one of the next calendar week
 * (Monday to Sunday), "the 8th" the coming 8th. What cannot be told apart (3/4) is no date.
 */
final class Dates {
    record Parsed(LocalDate date, int next) {}

    /** {@code 2026-03-09}, {@code 3/19/2026}, {@code 19.3.2026}. */
    static final Pattern NUMERIC = Pattern.compile(
            "(?<![\\p{Alnum}/.-])(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4}))(?![\\p{Alnum}/-])");

    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();
    private static final Map<String, Month> MONTHS = months();

    /** After "the 4th" these make something else of it. */
    private static final Set<String> NOT_DAYS = Set.of(
            "street", "st", "avenue", "ave", "floor", "road", "one", "time", "option", "row", "place", "grade",
            "person", "world", "century", "party", "degree", "attempt");

    private Dates() {}

    /** The date that begins at token {@code at}, or null. */
    static @Nullable Parsed at(List<Token> tokens, int at, LocalDate today) {
        return switch (tokens.get(at).lower()) {
            case "today", "tonight" -> new Parsed(today, at + 1);
            case "tomorrow" -> new Parsed(today.plusDays(1), at + 1);
            case "yesterday" -> new Parsed(today.minusDays(1), at + 1);
            case "later", "earlier" -> word(tokens, at + 1, "today") ? new Parsed(today, at + 2) : null;
            case "in" -> inDays(tokens, at, today);
            case "the" -> theDay(tokens, at, today);
            default -> named(tokens, at, today);
        };
    }

    static @Nullable String numeric(String text, LocalDate today) {
        Matcher matcher = NUMERIC.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        if (matcher.group(1) != null) {
            return date(Integer.parseInt(matcher.group(1)), matcher.group(2), matcher.group(3));
        }
        int year = Integer.parseInt(matcher.group(6));
        String monthFirst = date(year, matcher.group(4), matcher.group(5));
        String dayFirst = date(year, matcher.group(5), matcher.group(4));
        if (monthFirst != null && dayFirst != null && !monthFirst.equals(dayFirst)) {
            return null;
        }
        return monthFirst != null ? monthFirst : dayFirst;
    }

    private static @Nullable String date(int year, String month, String day) {
        try {
            return LocalDate.of(year, Integer.parseInt(month), Integer.parseInt(day))
                    .toString();
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    private static @Nullable Parsed named(List<Token> tokens, int at, LocalDate today) {
        String word = tokens.get(at).lower();
        boolean nextWeek = word.equals("next");
        if (nextWeek || word.equals("this") || word.equals("coming")) {
            DayOfWeek day =
                    at + 1 < tokens.size() ? WEEKDAYS.get(tokens.get(at + 1).lower()) : null;
            return day == null ? null : new Parsed(nextWeek ? nextWeeks(day, today) : coming(day, today), at + 2);
        }
        DayOfWeek day = WEEKDAYS.get(word);
        if (day != null) {
            return weekday(tokens, at, day, today);
        }
        Month month = MONTHS.get(word);
        return month != null ? monthThenDay(tokens, at, month, today) : dayThenMonth(tokens, at, today);
    }

    /** "Friday", "Friday next week", "Friday the 8th", "Friday March 8th". */
    private static Parsed weekday(List<Token> tokens, int at, DayOfWeek day, LocalDate today) {
        if (at + 1 < tokens.size()) {
            Parsed exact = switch (tokens.get(at + 1).lower()) {
                case "the" -> theDay(tokens, at + 1, today);
                default ->
                    MONTHS.containsKey(tokens.get(at + 1).lower())
                                    || tokens.get(at + 1).isNumeric()
                            ? named(tokens, at + 1, today)
                            : null;
            };
            if (exact != null) {
                return exact;
            }
        }
        if (word(tokens, at + 2, "week")) {
            if (word(tokens, at + 1, "next")) {
                return new Parsed(nextWeeks(day, today), at + 3);
            }
            if (word(tokens, at + 1, "this")) {
                return new Parsed(coming(day, today), at + 3);
            }
        }
        return new Parsed(coming(day, today), at + 1);
    }

    private static @Nullable Parsed monthThenDay(List<Token> tokens, int at, Month month, LocalDate today) {
        int place = word(tokens, at + 1, "the") ? at + 2 : at + 1;
        Numbers.Parsed day = Numbers.at(tokens, place);
        if (day == null || !isDay(day)) {
            return null;
        }
        return withYear(tokens, day.next(), month, day.intValue(), today);
    }

    /** "8th of March", "8 March", "8th of this month". */
    private static @Nullable Parsed dayThenMonth(List<Token> tokens, int at, LocalDate today) {
        Numbers.Parsed day = Numbers.at(tokens, at);
        if (day == null || !isDay(day)) {
            return null;
        }
        int next = day.next();
        boolean of = word(tokens, next, "of");
        int place = of ? next + 1 : next;
        if (of && word(tokens, place + 1, "month")) {
            LocalDate month = word(tokens, place, "next") ? today.plusMonths(1) : today;
            boolean known = word(tokens, place, "next") || word(tokens, place, "this") || word(tokens, place, "the");
            return known ? parsed(month.getYear(), month.getMonth(), day.intValue(), place + 2) : null;
        }
        boolean together = place < tokens.size()
                && tokens.get(place).from() - tokens.get(place - 1).to() <= 1;
        Month month = together ? MONTHS.get(tokens.get(place).lower()) : null;
        return month == null ? null : withYear(tokens, place + 1, month, day.intValue(), today);
    }

    /** "the 8th", "the 8th of March"; not "the 8th floor". */
    private static @Nullable Parsed theDay(List<Token> tokens, int at, LocalDate today) {
        if (at + 1 >= tokens.size()) {
            return null;
        }
        Parsed withMonth = dayThenMonth(tokens, at + 1, today);
        if (withMonth != null) {
            return withMonth;
        }
        Numbers.Parsed day = Numbers.at(tokens, at + 1);
        boolean plainDay = day != null
                && day.ordinal()
                && tokens.get(at + 1).isNumeric()
                && isDay(day)
                && (day.next() >= tokens.size()
                        || !NOT_DAYS.contains(tokens.get(day.next()).lower()));
        if (day == null || !plainDay) {
            return null;
        }
        Parsed thisMonth = parsed(today.getYear(), today.getMonth(), day.intValue(), day.next());
        if (thisMonth != null && !thisMonth.date().isBefore(today)) {
            return thisMonth;
        }
        LocalDate next = today.plusMonths(1);
        return parsed(next.getYear(), next.getMonth(), day.intValue(), day.next());
    }

    private static @Nullable Parsed inDays(List<Token> tokens, int at, LocalDate today) {
        Numbers.Parsed count = Numbers.at(tokens, at + 1);
        if (count == null || count.ordinal() || count.intValue() > 365 || count.next() >= tokens.size()) {
            return null;
        }
        return switch (tokens.get(count.next()).lower()) {
            case "day", "days" -> new Parsed(today.plusDays(count.intValue()), count.next() + 1);
            case "week", "weeks" -> new Parsed(today.plusWeeks(count.intValue()), count.next() + 1);
            default -> null;
        };
    }

    private static @Nullable Parsed withYear(List<Token> tokens, int next, Month month, int day, LocalDate today) {
        if (next < tokens.size() && tokens.get(next).lower().matches("(?:19|20)\\d\\d")) {
            return parsed(Integer.parseInt(tokens.get(next).lower()), month, day, next + 1);
        }
        return Stream.of(today.getYear(), today.getYear() + 1, today.getYear() - 1)
                .map(year -> parsed(year, month, day, next))
                .filter(p -> p != null)
                .min((a, b) -> Long.compare(distance(a, today), distance(b, today)))
                .orElse(null);
    }

    private static long distance(Parsed date, LocalDate today) {
        return Math.abs(ChronoUnit.DAYS.between(today, date.date()));
    }

    private static @Nullable Parsed parsed(int year, Month month, int day, int next) {
        boolean exists = day >= 1 && day <= LocalDate.of(year, month, 1).lengthOfMonth();
        return exists ? new Parsed(LocalDate.of(year, month, day), next) : null;
    }

    private static boolean isDay(Numbers.Parsed number) {
        return number.value().scale() <= 0 && number.intValue() >= 1 && number.intValue() <= 31;
    }

    private static LocalDate coming(DayOfWeek day, LocalDate today) {
        return today.with(TemporalAdjusters.nextOrSame(day));
    }

    private static LocalDate nextWeeks(DayOfWeek day, LocalDate today) {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).with(TemporalAdjusters.nextOrSame(day));
    }

    private static boolean word(List<Token> tokens, int at, String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }

    private static Map<String, DayOfWeek> weekdays() {
        var names = new HashMap<String, DayOfWeek>();
        for (DayOfWeek day : DayOfWeek.values()) {
            names.put(day.name().toLowerCase(Locale.ROOT), day);
        }
        names.put("thurs", DayOfWeek.THURSDAY);
        names.put("tues", DayOfWeek.TUESDAY);
        return names;
    }

    private static Map<String, Month> months() {
        var names = new HashMap<String, Month>();
        for (Month month : Month.values()) {
            String name = month.name().toLowerCase(Locale.ROOT);
            names.put(name, month);
            names.put(name.substring(0, 3), month);
        }
        names.put("sept", Month.SEPTEMBER);
        return names;
    }
}
