package org.afterword.governance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that somebody did.
 *
 * @param actor    {@code user:ID}, {@code token:ID} or {@code system}
 * @param details  null = there are none, or they were erased
 * @param linked   whether it is part of the chain already, which takes a second
 * @param sequence its place in the chain; null as long as it has none
 */
public record TrailEntry(
        String id,
        Instant at,
        String actor,
        String kind,
        String subject,
        @Nullable JsonNode details,
        boolean linked,
        @Nullable Long sequence) {}
