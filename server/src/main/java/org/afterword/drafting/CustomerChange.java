package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Something about the customer that is another from now on.
 *
 * @param before as it is known in other systems; null = there it is not
 * @param after  as it was said
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerChange(
        @JsonProperty("old") @Nullable String before,
        @JsonProperty("new") String after) {}
