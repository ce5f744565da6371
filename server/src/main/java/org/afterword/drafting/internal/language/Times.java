package org.afterword.drafting.internal.language;

import java.time.LocalTime;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of day as people say them. "At three" alone is none: nobody said whether it is night or afternoon. */
final class Times {
    record Parsed(LocalTime time, int next) {}

    private enum Half {
        MORNING,
        AFTERNOON
    }

    private record DayPart(Half half, int next) {}

    private static final Pattern CLOCK = Pattern.compile("\\d{1,2}[:.]\\d{2}");

    private Times() {}

    /** The time that begins at token {@code at}, or null. */
    static @Nullable Parsed at(List<Token> tokens, int at) {
        return switch (tokens.get(at).lower()) {
            case "noon", "midday" -> new Parsed(LocalTime.NOON, at + 1);
            case "midnight" -> new Parsed(LocalTime.MIDNIGHT, at + 1);
            case "half" -> word(tokens, at + 1, "past") ? relative(tokens, at + 2, 30) : null;
            case "quarter" -> quarter(tokens, at);
            case "morning", "afternoon", "evening" -> dayPartFirst(tokens, at);
            default -> clock(tokens, at);
        };
    }

    private static @Nullable Parsed quarter(List<Token> tokens, int at) {
        if (word(tokens, at + 1, "past") || word(tokens, at + 1, "after")) {
            return relative(tokens, at + 2, 15);
        }
        return word(tokens, at + 1, "to") ? relative(tokens, at + 2, -15) : null;
    }

    private static @Nullable Parsed relative(List<Token> tokens, int at, int minutes) {
        Parsed hour = hourOf(tokens, at);
        return hour == null ? null : new Parsed(hour.time().plusMinutes(minutes), hour.next());
    }

    private static @Nullable Parsed hourOf(List<Token> tokens, int at) {
        Numbers.Parsed hour = hour(tokens, at);
        DayPart part = hour == null ? null : dayPart(tokens, afterClock(tokens, hour.next()));
        return hour == null || part == null ? null : new Parsed(time(hour.intValue(), 0, part.half()), part.next());
    }

    /** "morning 11". */
    private static @Nullable Parsed dayPartFirst(List<Token> tokens, int at) {
        Numbers.Parsed hour = hour(tokens, at + 1);
        if (hour == null || dayPart(tokens, hour.next()) != null || Times.clock(tokens, at + 1) != null) {
            return null;
        }
        Half half = word(tokens, at, "morning") ? Half.MORNING : Half.AFTERNOON;
        return new Parsed(time(hour.intValue(), 0, half), hour.next());
    }

    /** "8:30 am", "17:30", "eight fifteen a m", "6 o'clock in the evening". */
    private static @Nullable Parsed clock(List<Token> tokens, int at) {
        Token first = tokens.get(at);
        if (CLOCK.matcher(first.lower()).matches()) {
            String[] parts = first.lower().split("[:.]");
            int hour = Integer.parseInt(parts[0]);
            int minute = Integer.parseInt(parts[1]);
            DayPart part = dayPart(tokens, at + 1);
            if (minute > 59 || hour > (part == null ? 23 : 12)) {
                return null;
            }
            if (part != null) {
                return new Parsed(time(hour, minute, part.half()), part.next());
            }
            boolean twentyFourHours = first.lower().indexOf(':') == 2;
            return twentyFourHours ? new Parsed(LocalTime.of(hour, minute), at + 1) : null;
        }
        Numbers.Parsed hour = hour(tokens, at);
        if (hour == null) {
            return null;
        }
        DayPart part = dayPart(tokens, afterClock(tokens, hour.next()));
        if (part != null) {
            return new Parsed(time(hour.intValue(), 0, part.half()), part.next());
        }
        Numbers.Parsed minute = Numbers.at(tokens, hour.next());
        if (minute == null || minute.ordinal() || minute.value().scale() > 0 || minute.intValue() > 59) {
            return null;
        }
        DayPart after = dayPart(tokens, minute.next());
        return after == null ? null : new Parsed(time(hour.intValue(), minute.intValue(), after.half()), after.next());
    }

    private static Numbers.@Nullable Parsed hour(List<Token> tokens, int at) {
        Numbers.Parsed hour = Numbers.at(tokens, at);
        boolean fits = hour != null
                && !hour.ordinal()
                && hour.value().scale() <= 0
                && hour.intValue() >= 1
                && hour.intValue() <= 12;
        return fits ? hour : null;
    }

    private static int afterClock(List<Token> tokens, int at) {
        if (word(tokens, at, "o'clock") || word(tokens, at, "oclock")) {
            return at + 1;
        }
        return word(tokens, at, "o") && word(tokens, at + 1, "clock") ? at + 2 : at;
    }

    /** "am", "p m", "in the morning", "at night". */
    private static @Nullable DayPart dayPart(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return null;
        }
        return switch (tokens.get(at).lower()) {
            case "am" -> new DayPart(Half.MORNING, at + 1);
            case "pm" -> new DayPart(Half.AFTERNOON, at + 1);
            case "a" -> word(tokens, at + 1, "m") ? new DayPart(Half.MORNING, at + 2) : null;
            case "p" -> word(tokens, at + 1, "m") ? new DayPart(Half.AFTERNOON, at + 2) : null;
            case "at" -> word(tokens, at + 1, "night") ? new DayPart(Half.AFTERNOON, at + 2) : null;
            case "in" -> {
                if (!word(tokens, at + 1, "the")) {
                    yield null;
                }
                if (word(tokens, at + 2, "morning")) {
                    yield new DayPart(Half.MORNING, at + 3);
                }
                yield word(tokens, at + 2, "afternoon") || word(tokens, at + 2, "evening")
                        ? new DayPart(Half.AFTERNOON, at + 3)
                        : null;
            }
            default -> null;
        };
    }

    private static LocalTime time(int hour, int minute, Half half) {
        int base = hour % 12;
        return LocalTime.of(half == Half.MORNING ? base : base + 12, minute);
    }

    private static boolean word(List<Token> tokens, int at, String word) {
        return at < tokens.size() && tokens.get(at).is(word);
    }
}
