package org.afterword.platform;

import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** How the program talks to other systems. Where to, {@link AllowedHosts} says. */
public final class OutgoingHttp {
    private OutgoingHttp() {}

    /** Follows no redirects, which would lead around {@link AllowedHosts}, keeps no cookies and asks no proxy. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5))
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** What {@code Retry-After} asks for: seconds or a date (RFC 9110, 10.2.3). Null if there is none that can be read. */
    public static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
        String text = headers.firstValue("retry-after").orElse("").strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration after = Duration.between(now, at);
            return after.isNegative() ? Duration.ZERO : after;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
