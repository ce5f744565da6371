package org.afterword.identity;

import org.jspecify.annotations.Nullable;

/**
 * A user to be created.
 *
 * @param password at least 8 characters, at most 72 bytes in UTF-8, and none of those that are guessed first
 */
public record NewUser(
        String userName, String name, Role role, @Nullable AgentId agentId, String password) {

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "NewUser[%s, %s]".formatted(userName, role.code());
    }
}
