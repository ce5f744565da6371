package org.afterword.analytics.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** @param until null while the state lasts */
record StateInterval(
        String agentId,
        @Nullable String team,
        String state,
        @Nullable String reason,
        Instant since,
        @Nullable Instant until) {
    private static final String SIGNED_OUT = "OFFLINE";

    boolean isSignedIn() {
        return !state.equals(SIGNED_OUT);
    }
}
