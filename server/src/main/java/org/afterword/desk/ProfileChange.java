package org.afterword.desk;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one sign-in says of its agent; a part that is null says nothing. */
public record ProfileChange(
        @Nullable String name,
        @Nullable String team,
        @Nullable String site,
        @Nullable Set<String> skills,
        @Nullable Integer capacity,
        @Nullable LocalDate hired,
        @Nullable String level) {
    public ProfileChange {
        skills = skills == null ? null : Set.copyOf(skills);
    }
}
