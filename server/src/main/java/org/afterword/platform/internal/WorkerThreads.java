package org.afterword.platform.internal;

import java.time.Duration;
import java.util.List;

/** The ends of threads that were told to end. */
final class WorkerThreads {
    private WorkerThreads() {}

    /** Waits for all of them, but no longer than {@code longest} in total. */
    static void join(List<Thread> threads, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
