package org.afterword.demo.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What a simulated agent knows of the demo's catalog by heart. */
final class KnownCatalog {
    private final Map<String, String> reasons;
    private final Map<String, String> dispositions;
    private final Set<String> requiredFields = new HashSet<>();

    private KnownCatalog(JsonNode catalog) {
        this.reasons = labels(catalog.path("reasons"));
        this.dispositions = labels(catalog.path("dispositions"));
        catalog.path("forms")
                .forEach(form -> form.path("fields").forEach(field -> {
                    if (field.path("required").asBoolean()) {
                        requiredFields.add(field.path("name").asString());
                    }
                }));
    }

    static KnownCatalog parse(String yaml) {
        return new KnownCatalog(new YAMLMapper().readTree(yaml));
    }

    /** Whether some form cannot be confirmed without the field. */
    boolean requires(String field) {
        return requiredFields.contains(field);
    }

    /** What an agent in a hurry types where the draft has no summary. */
    String summary(Truth truth) {
        String wanted = truth.reasons().stream()
                .map(reason -> reasons.getOrDefault(reason, reason).toLowerCase(Locale.ROOT))
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
