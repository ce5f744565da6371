package org.afterword.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether more is due than can be done at once of what people wait for, on this node. What nobody waits for leaves the processors and
 * the database to it meanwhile, but not for longer than five seconds at a time.
 */
public final class Rush {
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /** Longer than the work takes of which it is told. */
    private static final Duration LASTS = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final InstantSource clock;
    private volatile Instant until = Instant.MIN;

    public Rush(InstantSource clock) {
        this.clock = clock;
    }

    /** There is as much to do as can be done at a time, and there may be more. */
    public void goesOn() {
        until = clock.instant().plus(LASTS);
    }

    public boolean isOn() {
        return clock.instant().isBefore(until);
    }

    /** Waits while it is on. */
    public void letPass() throws InterruptedException {
        long began = System.nanoTime();
        while (isOn() && System.nanoTime() - began < LONGEST_REST.toNanos()) {
            Thread.sleep(LOOK);
        }
    }
}
