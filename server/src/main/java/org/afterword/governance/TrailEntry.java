package org.afterword.governance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that somebody did.
 *
 * @param actor   {@code user:ID}, {@code token:ID} or {@code system}
 * @param details null = there are none, or they were erased
 */
public record TrailEntry(
        String id,
        Instant at,
        String actor,
        String kind,
        String subject,
        @Nullable JsonNode details) {}
