package org.afterword.wrapup.internal;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.catalog.Catalogs;
import org.afterword.catalog.Catalogs.PolicyStep;
import org.afterword.catalog.PolicySettings;
import org.afterword.platform.Json;
import org.afterword.wrapup.PolicyExplanation;
import org.afterword.wrapup.PolicyExplanation.Setting;
import org.afterword.wrapup.PolicyExplanation.Source;
import org.afterword.wrapup.WrapUpPolicy;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Says of each setting of a policy which rule it is from, since when, and who set it. Each call is part of a transaction. */
@Component
class PolicyExplainer {
    /** What the rules of {@link WrapUpPolicy#askedBy} say where there are any. */
    private static final Set<String> ASKED = Set.of("partSeconds", "requiredParts", "requiredWhen");

    /** Whoever of them and the others gives more says this one. */
    private static final String RECOVERY = "recovery";

    private final Catalogs catalogs;

    PolicyExplainer(Catalogs catalogs) {
        this.catalogs = catalogs;
    }

    PolicyExplanation explain(WrapUpPolicy policy) {
        var codes = new LinkedHashSet<>(policy.askedBy());
        codes.addAll(policy.rules());
        Map<String, List<PolicyStep>> history = catalogs.policyHistory(codes, policy.version());
        var settings = new LinkedHashMap<String, Setting>();
        said(policy.settings()).properties().forEach(setting -> {
            String name = setting.getKey();
            settings.put(
                    name,
                    new Setting(
                            setting.getValue(),
                            rules(name, policy).stream()
                                    .map(history::get)
                                    .filter(Objects::nonNull)
                                    .filter(steps -> !name.equals(RECOVERY)
                                            || setting.getValue()
                                                    .equals(said(steps.getFirst()
                                                                    .rule()
                                                                    .said(policy.surge()))
                                                            .get(name)))
                                    .map(steps -> source(name, steps, policy.surge()))
                                    .flatMap(Optional::stream)
                                    .findFirst()
                                    .orElse(Source.PRODUCT)));
        });
        return new PolicyExplanation(policy.rules(), policy.version(), policy.surge(), settings);
    }

    /** Those that can have said it, the one that counts most first. */
    private static List<String> rules(String name, WrapUpPolicy policy) {
        if (policy.askedBy().isEmpty()) {
            return policy.rules();
        }
        if (name.equals(RECOVERY)) {
            return Stream.concat(policy.askedBy().stream(), policy.rules().stream())
                    .toList();
        }
        return ASKED.contains(name) ? policy.askedBy() : policy.rules();
    }

    /** Since when a rule says what it says; empty if it says nothing. */
    private static Optional<Source> source(String name, List<PolicyStep> newestFirst, boolean surging) {
        PolicyStep newest = newestFirst.getFirst();
        JsonNode value = said(newest.rule().said(surging)).get(name);
        if (value == null) {
            return Optional.empty();
        }
        PolicyStep first = newest;
        for (PolicyStep step : newestFirst) {
            if (!value.equals(said(step.rule().said(surging)).get(name))) {
                break;
            }
            first = step;
        }
        PolicySettings surge = newest.rule().surge();
        boolean bySurge = surging && surge != null && said(surge).has(name);
        return Optional.of(new Source(newest.rule().code(), newest.rule().label(), bySurge, first.at(), first.by()));
    }

    private static JsonNode said(PolicySettings settings) {
        return Json.mapper().valueToTree(settings);
    }
}
