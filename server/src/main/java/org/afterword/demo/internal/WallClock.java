package org.afterword.demo.internal;

import java.time.Instant;

/** The clock on the wall, with a way to wait for a time that a test can shorten. */
interface WallClock {
    Instant now();

    /** Returns at {@code time}, or sooner after {@link #wake()}. */
    void awaitUntil(Instant time) throws InterruptedException;

    void wake();
}
