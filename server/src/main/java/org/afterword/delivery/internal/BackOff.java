package org.afterword.delivery.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: anything up to a limit that doubles with each, so that deliveries which failed
 * together do not come back together (exponential back-off with full jitter; M. Brooker, 2015).
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** @param attempts made so far, ≥ 1 */
    Duration pause(int attempts) {
        return Duration.ofMillis(random.nextLong(limit(attempts).toMillis() + 1));
    }

    /** The longest that {@link #pause} can be. */
    static Duration limit(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts (%d) must be at least 1".formatted(attempts));
        }
        Duration limit = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
        return limit.compareTo(LONGEST) < 0 ? limit : LONGEST;
    }
}
