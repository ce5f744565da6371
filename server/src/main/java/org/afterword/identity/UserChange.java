package org.afterword.identity;

import org.jspecify.annotations.Nullable;

/** What changes of a user; null = stays. A role other than {@code agent} takes the agent's id away by itself. */
public record UserChange(
        @Nullable String name,
        @Nullable Role role,
        @Nullable AgentId agentId,
        @Nullable Boolean disabled,
        @Nullable String password) {

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "UserChange[%s, %s, %s, %s]".formatted(name, role, agentId, disabled);
    }
}
