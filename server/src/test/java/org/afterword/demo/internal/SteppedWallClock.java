package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import org.afterword.platform.TestClock;

/** Nobody waits: the clock is moved to the time that is waited for. */
final class SteppedWallClock implements WallClock {
    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void awaitUntil(Instant time) {
        if (time.isAfter(now())) {
            clock.advance(Duration.between(now(), time));
        }
    }

    @Override
    public void wake() {}
}
