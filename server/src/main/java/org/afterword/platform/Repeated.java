package org.afterword.platform;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something now and then on a thread of its own. A stop lets what is being done finish: a connection is not cut off by it. */
public final class Repeated {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final String name;
    private final Duration every;
    private final Runnable work;
    private final Semaphore stopped = new Semaphore(0);
    private @Nullable Thread thread;

    /** @param work sees to its failures itself; the first one that escapes ends it */
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

    public void stop() {
        stopped.release();
        Thread running = thread;
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
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
