package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.afterword.drafting.internal.language.Token;

/** Times of day as minutes from midnight; both halves of the day where nobody said which. */
final class Clock {
    private static final int HOUR = 60;
    private static final int HALF_DAY = 12 * HOUR;

    /** After these a bare number may be an hour. */
    private static final Set<String> BEFORE_HOURS =
            Set.of("at", "by", "around", "about", "until", "till", "before", "after", "from", "to", "between", "and");

    /** Where a time stands, with all that it may mean. */
    record Found(int from, int to, Set<Integer> minutes) {}

    private Clock() {}

    /** What stands there as a time: {@code 3:30}, {@code 15:30}, "3:30 pm", "3 pm". */
    static List<Found> written(List<Token> tokens) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean colon = token.lower().matches("\\d{1,2}:\\d{2}");
            int half = half(tokens, i + 1);
            boolean hours = token.lower().matches("\\d{1,2}(?:[.]\\d{2})?") && half >= 0;
            if (colon || hours) {
                String[] parts = token.lower().split("[:.]");
                Set<Integer> minutes =
                        minutes(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0, half);
                if (!minutes.isEmpty()) {
                    int last = half < 0 ? i : tokens.get(i + 1).lower().length() == 1 ? i + 2 : i + 1;
                    found.add(new Found(token.from(), tokens.get(last).to(), minutes));
                }
            }
        }
        return found;
    }

    /** What may be meant as a time where people talk: "three thirty", "at seven", "eleven o'clock", "0815". */
    static Set<Integer> spoken(List<Token> tokens, List<Numeral> numerals) {
        var minutes = new TreeSet<Integer>();
        for (int n = 0; n < numerals.size(); n++) {
            Numeral hour = numerals.get(n);
            int value = hour.value().scale() > 0 ? -1 : hour.value().intValue();
            if (value < 0 || hour.ordinal()) {
                continue;
            }
            boolean announced = hour.first() > 0
                    && BEFORE_HOURS.contains(tokens.get(hour.first() - 1).lower());
            int half = half(tokens, hour.next());
            String after = hour.next() < tokens.size() ? tokens.get(hour.next()).lower() : "";
            if (announced || half >= 0 || after.startsWith("o'") || after.equals("oclock") || after.equals("o")) {
                minutes.addAll(minutes(value, 0, half));
            }
            if (hour.digits().matches("\\d{3,4}")) {
                minutes.addAll(minutes(value / 100, value % 100, half));
            }
            if (n + 1 < numerals.size() && numerals.get(n + 1).first() == hour.next()) {
                Numeral rest = numerals.get(n + 1);
                if (rest.digits().length() == 2) {
                    minutes.addAll(minutes(value, rest.value().intValue(), half(tokens, rest.next())));
                }
            }
        }
        return minutes;
    }

    static Set<Integer> at(java.time.LocalTime time) {
        return Set.of(time.getHour() * HOUR + time.getMinute());
    }

    /** 0 before noon, 1 after it, −1 where it is not said. */
    private static int half(List<Token> tokens, int at) {
        if (at >= tokens.size()) {
            return -1;
        }
        String word = tokens.get(at).lower();
        boolean apart = at + 1 < tokens.size() && tokens.get(at + 1).is("m");
        if (word.equals("am") || word.equals("a") && apart) {
            return 0;
        }
        return word.equals("pm") || word.equals("p") && apart ? 1 : -1;
    }

    private static Set<Integer> minutes(int hour, int minute, int half) {
        if (minute > 59 || hour > 23 || half >= 0 && (hour > 12 || hour == 0)) {
            return Set.of();
        }
        int twelve = hour % 12 * HOUR + minute;
        if (half >= 0) {
            return Set.of(twelve + half * HALF_DAY);
        }
        return hour > 12 || hour == 0 ? Set.of(hour * HOUR + minute) : Set.of(twelve, twelve + HALF_DAY);
    }
}
