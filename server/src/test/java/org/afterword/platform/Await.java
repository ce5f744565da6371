package org.afterword.platform;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for facts instead of for time to pass. */
public final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** Returns once {@code fact} holds. */
    public static void until(Callable<Boolean> fact) throws Exception {
        answer(() -> {
            if (!fact.call()) {
                throw new AssertionError("Still not so after " + PATIENCE);
            }
            return true;
        });
    }

    /** The answer of the first call that does not throw; after a minute the last failure. */
    public static <T> T answer(Callable<T> question) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return question.call();
            } catch (Exception | AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }
}
