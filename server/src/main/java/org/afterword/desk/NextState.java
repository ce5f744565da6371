package org.afterword.desk;

import org.jspecify.annotations.Nullable;

/** What an agent wants to be after its wrap-up; {@code reason} goes with {@code NOT_READY}. */
public record NextState(AgentState state, @Nullable String reason) {
    public NextState {
        if (state != AgentState.AVAILABLE && state != AgentState.NOT_READY && state != AgentState.OFFLINE) {
            throw new IllegalArgumentException(
                    "state '%s' cannot be chosen; it takes AVAILABLE, NOT_READY or OFFLINE".formatted(state));
        }
    }
}
