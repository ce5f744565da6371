package org.afterword.catalog;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Policies that somebody thinks of saving, as they would be sent: the whole list, or what would change of it.
 *
 * @param policies the whole list, as in the document of the catalog; null where {@code changed} and {@code removed} say it
 * @param changed  rules to be added at the end, or put into the place of those with their codes
 * @param removed  codes of rules that go
 */
public record PolicyProposal(
        @Nullable JsonNode policies,
        @Nullable JsonNode changed,
        @Nullable JsonNode removed) {
    public PolicyProposal {
        policies = said(policies);
        changed = said(changed);
        removed = said(removed);
    }

    private static @Nullable JsonNode said(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }
}
