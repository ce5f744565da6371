package org.afterword.delivery.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a connector does.
 *
 * @param state     by the last attempt that ended: {@code ok}, {@code failing}, or {@code unused} if there was none
 * @param pending   deliveries on their way
 * @param failed    deliveries that were given up and wait for a person
 * @param lastError what the last attempt ran into; null if nothing
 */
record ConnectorHealth(
        String state,
        int pending,
        int failed,
        @Nullable Instant lastAttemptAt,
        @Nullable String lastError) {
    static ConnectorHealth of(
            int pending, int failed, @Nullable String outcome, @Nullable String reason, @Nullable Instant at) {
        String state = outcome == null ? "unused" : reason == null ? "ok" : "failing";
        return new ConnectorHealth(state, pending, failed, at, reason);
    }
}
