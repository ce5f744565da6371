package org.afterword.wrapup;

import java.time.Duration;

/**
 * @param leastWindow  a window never ends sooner than this after its call's end became known; 0 to 60 s, default 10 s
 * @param reopening    how long a completed wrap-up can be taken back, and deliveries wait; 0 to 60 s, default 10 s
 * @param outageCredit what a window gets at most for our own downtime; 0 to 10 min, default 60 s
 */
public record WrapUpSettings(Duration leastWindow, Duration reopening, Duration outageCredit) {
    public static final WrapUpSettings DEFAULT =
            new WrapUpSettings(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60));

    public WrapUpSettings {
        check("afterword.wrapup.least-window", leastWindow, Duration.ofSeconds(60));
        check("afterword.wrapup.reopening", reopening, Duration.ofSeconds(60));
        check("afterword.wrapup.outage-credit", outageCredit, Duration.ofMinutes(10));
    }

    private static void check(String key, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s and must be 0 to %s seconds".formatted(key, value.toSeconds(), most.toSeconds()));
        }
    }
}
