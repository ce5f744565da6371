package org.afterword.console.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.afterword.platform.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the content of every page, and how a page writes addresses and times.
 *
 * @param base       what every address begins with: empty, or {@code /t/} and the tenant
 * @param theme      {@code light} or {@code dark} if this browser chose one; null = as the system has it
 * @param person     who is signed in; null before
 * @param navigation where this person may go
 * @param now        the server's clock when the page was made
 * @param zone       the tenant's zone
 * @param demo       whether the demo is played here and this person may steer it
 * @param storage    whether anything can be stored; if not, each page says so above everything else
 */
public record Page(
        String base,
        @Nullable String theme,
        @Nullable Person person,
        List<Link> navigation,
        Csrf csrf,
        Instant now,
        ZoneId zone,
        boolean demo,
        Storage.State storage) {

    /** @param role in words, as people say it */
    public record Person(String name, String role) {}

    public record Link(String path, String label, boolean current) {}

    /** What a form ({@code parameter}) or a script ({@code header}) sends back to show that it came from our page. */
    public record Csrf(String header, String parameter, String token) {
        /** Of a page that was made outside of the security filters, such as that of a failure in them. */
        static final Csrf NONE = new Csrf("X-XSRF-TOKEN", "_csrf", "");
    }

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy, HH:mm:ss z", Locale.ENGLISH);

    public Page {
        navigation = List.copyOf(navigation);
    }

    /** The address of {@code path}, which begins with a slash. */
    public String url(String path) {
        return base + path;
    }

    /** The time of day; with the day unless it is today. */
    public String time(Instant instant) {
        return isToday(instant) ? clock(instant) : day(instant) + ", " + clock(instant);
    }

    /** The time of day alone. */
    public String clock(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** {@code Fri 8 May}, or {@code 8 May 2024} in another year. */
    public String day(Instant instant) {
        var there = instant.atZone(zone);
        return (there.getYear() == now.atZone(zone).getYear() ? DAY : DAY_OF_YEAR).format(there);
    }

    /** For the title of a {@code time} element: day, second and zone. */
    public String exact(Instant instant) {
        return EXACT.format(instant.atZone(zone));
    }

    /** {@code just now}, {@code 2 min ago}, {@code in 3 h}; a date where that says more. */
    public String relative(Instant instant) {
        Duration distance = Duration.between(instant, now).abs();
        if (distance.toSeconds() < 45) {
            return "just now";
        }
        if (distance.toHours() >= 24) {
            return time(instant);
        }
        long minutes = Math.max(1, Math.round(distance.toSeconds() / 60.0));
        String amount = minutes < 60 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
        return instant.isBefore(now) ? amount + " ago" : "in " + amount;
    }

    /** As {@code <input type="datetime-local">} takes it: wall time of the tenant's zone, to the minute. */
    public String local(Instant instant) {
        return instant.atZone(zone)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    private boolean isToday(Instant instant) {
        return instant.atZone(zone)
                .truncatedTo(ChronoUnit.DAYS)
                .equals(now.atZone(zone).truncatedTo(ChronoUnit.DAYS));
    }
}
