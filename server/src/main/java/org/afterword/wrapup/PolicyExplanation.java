package org.afterword.wrapup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Why a wrap-up's settings are what they are.
 *
 * @param rules    the rules that matched, the one that says most first
 * @param version  of the catalog
 * @param surge    the surge variants of these rules hold
 * @param settings each with where it is from, by its name in a rule
 */
public record PolicyExplanation(List<String> rules, long version, boolean surge, Map<String, Setting> settings) {

    /** @param value as a rule writes it */
    public record Setting(JsonNode value, Source source) {}

    /**
     * @param rule  code of the rule that says it; null where none does, and the product's own setting holds
     * @param label what people call the rule
     * @param surge its surge variant says it
     * @param since when it was set to this value
     * @param by    who did, as the trail names them
     */
    public record Source(
            @Nullable String rule,
            @Nullable String label,
            boolean surge,
            @Nullable Instant since,
            @Nullable String by) {
        public static final Source PRODUCT = new Source(null, null, false, null, null);
    }
}
