package org.afterword.demo.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people read for the codes of the demo's catalog. */
final class Labels {
    private final Map<String, String> reasons;
    private final Map<String, String> dispositions;

    private Labels(Map<String, String> reasons, Map<String, String> dispositions) {
        this.reasons = reasons;
        this.dispositions = dispositions;
    }

    static Labels of(String catalog) {
        JsonNode items = new YAMLMapper().readTree(catalog);
        return new Labels(labels(items.path("reasons")), labels(items.path("dispositions")));
    }

    /** What an agent in a hurry types where the draft has no summary. */
    String summary(Truth truth) {
        String wanted = truth.reasons().stream()
                .map(reason -> reasons.getOrDefault(reason, reason).toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(" and "));
        return "Customer wanted to %s. %s."
                .formatted(wanted, dispositions.getOrDefault(truth.disposition(), truth.disposition()));
    }

    private static Map<String, String> labels(JsonNode items) {
        var labels = new HashMap<String, String>();
        items.forEach(item ->
                labels.put(item.path("code").asString(), item.path("label").asString()));
        return labels;
    }
}
