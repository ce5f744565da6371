package org.afterword.drafting.internal.prose;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between two calls. */
interface Pauses {
    void pause(Duration length);

    /** In real time; shorter where the thread is interrupted. */
    Pauses REAL = length -> LockSupport.parkNanos(length.toNanos());
}
