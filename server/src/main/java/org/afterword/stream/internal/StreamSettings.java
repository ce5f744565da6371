package org.afterword.stream.internal;

import java.time.Duration;

/**
 * @param heartbeat     how long a stream may be silent
 * @param signInRecheck how often a running stream looks whether its session or token still holds
 * @param memory        how far back a listener can resume
 * @param room          events that may wait for one listener before it gets the rest from the log, at its own pace
 */
record StreamSettings(Duration heartbeat, Duration signInRecheck, Duration memory, int room) {
    static final StreamSettings DEFAULT =
            new StreamSettings(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofMinutes(10), 500);
}
