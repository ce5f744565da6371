package org.afterword.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something now and then on a thread of its own, and again after it failed. A stop lets what is being done finish: a connection
 * is not cut off by it.
 */
public final class Repeated {
    private static final Logger log = LoggerFactory.getLogger(Repeated.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final Semaphore stopped = new Semaphore(0);
    private volatile @Nullable Thread thread;

    /** @param work a failure of it is logged */
    public Repeated(String name, Duration every, Runnable work) {
        this.name = name;
        this.every = every;
        this.work = work;
    }

    /** Begins with a pause. */
    public void start() {
        stopped.drainPermits();
        thread = Thread.ofVirtual().name(name).start(this::repeat);
    }

    public boolean isRunning() {
        return thread != null;
    }

    public void stop() {
        stopped.release();
        Thread running = thread;
        thread = null;
        if (running != null) {
            try {
                running.join(LONGEST_STOP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void repeat() {
        try {
            while (!stopped.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS)) {
                attempt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.warn("{} did not work and is tried again: {}", name, DatabaseTrouble.describe(e));
            log.debug("{} did not work", name, e);
        }
    }
}
