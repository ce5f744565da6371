package org.afterword.platform;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Points in time and days as they come from outside, within what can be stored and shown. */
public final class Times {
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private Times() {}

    /**
     * Reads a point in time. What is finer than a microsecond is dropped, as the database would round it: up, and out of the
     * years that there are.
     *
     * @param text RFC 3339, such as 2026-03-31T09:00:00Z
     * @throws IllegalArgumentException saying how a time is written and which years there are
     */
    public static Instant instant(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
            if (isWithin(time.getYear())) {
                return time.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a time as 2026-03-31T09:00:00Z, of the years %d to %d, was '%s'"
                .formatted(FIRST_YEAR, LAST_YEAR, text));
    }

    /**
     * Reads a day.
     *
     * @param text such as 2026-03-31
     * @throws IllegalArgumentException saying how a day is written and which years there are
     */
    public static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (isWithin(day.getYear())) {
                return day;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "must be a day as 2026-03-31, of the years %d to %d, was '%s'".formatted(FIRST_YEAR, LAST_YEAR, text));
    }

    private static boolean isWithin(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }
}
