package org.afterword.platform;

import java.time.Duration;

/**
 * Checks for the constructors of settings records.
 *
 * <p>A module declares its settings as a record with {@code @ConfigurationProperties("afterword.MODULE")}, each with unit, range and
 * default in its Javadoc. A setting {@code afterword.desk.reservation-default} is {@code AFTERWORD_DESK_RESERVATION_DEFAULT} in the
 * environment and {@code desk.reservation-default} in the file of {@code --config}. A key that no record declares stops the start.
 */
public final class Settings {
    private Settings() {}

    /**
     * Checks that {@code value} is not below {@code least} nor above {@code most}.
     *
     * @param key as it is written in the file: {@code desk.reservation-default}
     * @throws IllegalArgumentException naming key, value and range
     */
    public static void inRange(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw outOfRange(key, value, least, most);
        }
    }

    /**
     * Checks that {@code value} is not below {@code least} nor above {@code most}.
     *
     * @param key as it is written in the file: {@code desk.reservation-default}
     * @throws IllegalArgumentException naming key, value and range
     */
    public static void inRange(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw outOfRange(key, value, least, most);
        }
    }

    /**
     * Checks that {@code value} is not below {@code least} nor above {@code most}.
     *
     * @param key as it is written in the file: {@code desk.reservation-default}
     * @throws IllegalArgumentException naming key, value and range
     */
    public static void inRange(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw outOfRange(key, shown(value), shown(least), shown(most));
        }
    }

    private static IllegalArgumentException outOfRange(String key, Object value, Object least, Object most) {
        return new IllegalArgumentException("%s is %s; it may be from %s to %s".formatted(key, value, least, most));
    }

    /** As it is written in a setting: {@code 90s}, {@code 2m}. */
    private static String shown(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
