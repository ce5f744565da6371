package org.afterword.desk;

import java.time.LocalDate;
import java.util.Collection;
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

    AgentProfile with(ProfileChange told) {
        return new AgentProfile(
                told.name() == null ? name : told.name(),
                told.team() == null ? team : told.team(),
                told.site() == null ? site : told.site(),
                told.skills() == null ? skills : told.skills(),
                told.capacity() == null ? capacity : told.capacity(),
                told.hired() == null ? hired : told.hired(),
                told.level() == null ? level : told.level());
    }

    /** Applies what sign-ins said in the order of their times, whatever order they came in. */
    AgentProfile after(Collection<PresenceFact> facts) {
        AgentProfile profile = this;
        for (PresenceFact fact : PresenceFact.inOrder(facts)) {
            if (fact.profile() != null) {
                profile = profile.with(fact.profile());
            }
        }
        return profile;
    }
}
