package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits for real. */
final class SystemWallClock implements WallClock {
    private final InstantSource time;
    private final Semaphore wakeUps = new Semaphore(0);

    SystemWallClock(InstantSource time) {
        this.time = time;
    }

    @Override
    public Instant now() {
        return time.instant();
    }

    @Override
    public void awaitUntil(Instant target) throws InterruptedException {
        long millis = Duration.between(now(), target).toMillis();
        if (wakeUps.tryAcquire(Math.max(0, millis), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    @Override
    public void wake() {
        wakeUps.release();
    }
}
