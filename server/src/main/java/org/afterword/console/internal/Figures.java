package org.afterword.console.internal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How figures are written for people. */
public final class Figures {
    private Figures() {}

    /** {@code 0:42}, {@code 12:05}, {@code 1:02:09}; parts of a second are dropped. */
    public static String clock(Duration duration) {
        long seconds = Math.abs(duration.toSeconds());
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@link #clock(Duration)} of so many seconds. */
    public static String clock(double seconds) {
        return clock(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** Hours with one decimal from an hour on, else minutes, else seconds: {@code 12.4 h}, {@code 8 min}, {@code 42 s}. */
    public static String amount(double seconds) {
        if (seconds >= 3600) {
            return String.format(Locale.ENGLISH, "%,.1f h", seconds / 3600);
        }
        return seconds >= 60 ? Math.round(seconds / 60) + " min" : Math.round(seconds) + " s";
    }

    /** {@code 0.384} as {@code 38.4 %}; a whole number from 10 % on. */
    public static String share(double share) {
        return String.format(Locale.ENGLISH, share >= 0.0995 ? "%.0f %%" : "%.1f %%", share * 100);
    }

    /** A confidence as {@code .97}; never rounded up to certainty. */
    public static String confidence(double confidence) {
        return confidence >= 1
                ? "1"
                : String.format(Locale.ENGLISH, "%.2f", Math.floor(confidence * 100) / 100)
                        .substring(1);
    }

    /** A rate that is small, such as leaks in ten thousand contacts: {@code 0}, {@code 0.4}, {@code 12.5}. */
    public static String rare(double rate) {
        return rate == 0 ? "0" : String.format(Locale.ENGLISH, "%,.1f", rate);
    }

    public static String rareOr(@Nullable Double rate, String absent) {
        return rate == null ? absent : rare(rate);
    }

    public static String whole(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    public static String wholeOr(@Nullable Long number, String absent) {
        return number == null ? absent : whole(number);
    }

    public static String clockOr(@Nullable Double seconds, String absent) {
        return seconds == null ? absent : clock(seconds);
    }

    public static String shareOr(@Nullable Double share, String absent) {
        return share == null ? absent : share(share);
    }

    /** {@code 1 record}, {@code 2 records}, {@code 1,204 records}. */
    public static String count(long number, String singular, String plural) {
        return String.format(Locale.ENGLISH, "%,d %s", number, number == 1 ? singular : plural);
    }
}
