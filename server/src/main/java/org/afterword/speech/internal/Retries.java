package org.afterword.speech.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a recording is tried again that could not be gone on with: after ten seconds, then twice as long each time, give or take a
 * quarter, so that recordings which failed together do not come back together; ten failures in a row, over some hours, are enough.
 */
final class Retries {
    static final int MOST_FAILURES = 10;

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures in a row, ≥ 1 */
    Duration pause(int failures) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
        long millis = Math.min(doubled.toMillis(), LONGEST.toMillis());
        return Duration.ofMillis(millis - millis / 4 + random.nextLong(millis / 2 + 1));
    }
}
