package org.afterword.desk;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an agent as a person at work.
 *
 * @param capacity units the agent can carry at the same time, 1 to 100
 */
public record AgentProfile(
        @Nullable String name,
        @Nullable String team,
        @Nullable String site,
        Set<String> skills,
        int capacity,
        @Nullable LocalDate hired,
        @Nullable String level) {
    public static final AgentProfile BLANK = new AgentProfile(null, null, null, Set.of(), 1, null, null);

    public AgentProfile {
        skills = Set.copyOf(skills);
        if (capacity < 1 || capacity > 100) {
            throw new IllegalArgumentException("capacity %d must be 1 to 100".formatted(capacity));
        }
    }
}
