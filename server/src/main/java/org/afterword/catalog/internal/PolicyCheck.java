package org.afterword.catalog.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.platform.ProblemException.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What would make a rule useless or surprising, looked for when a catalog is saved: conditions that nothing can meet, and
 * names of what is not there. What is stored already is never refused.
 */
final class PolicyCheck {
    private static final Set<String> RESOLUTIONS = Set.of("resolved", "escalated", "pending", "unresolved");

    private static final Set<String> CHANNELS = Set.of("voice", "chat", "email", "message");
    private static final Set<String> DIRECTIONS = Set.of("inbound", "outbound");

    private final Catalog catalog;
    private final List<Fault> faults = new ArrayList<>();

    private PolicyCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /** All of them at once, with pointers into the document of the catalog. */
    static List<Fault> faults(Catalog catalog) {
        var check = new PolicyCheck(catalog);
        for (int i = 0; i < catalog.policies().size(); i++) {
            check.rule(catalog.policies().get(i), "#/policies/" + i);
        }
        return check.faults;
    }

    private void rule(PolicyRule rule, String at) {
        PolicyRule.When when = rule.when();
        known(rule, at + "/when/callType", when.callType(), catalog.callTypes(), true);
        known(rule, at + "/when/queue", when.queue(), catalog.queues(), false);
        known(rule, at + "/when/team", when.team(), catalog.teams(), false);
        known(rule, at + "/when/campaign", when.campaign(), catalog.campaigns(), false);
        oneOf(rule, at + "/when/channel", when.channel(), CHANNELS);
        oneOf(rule, at + "/when/direction", when.direction(), DIRECTIONS);
        settings(rule, at + "/settings", rule.settings());
        if (rule.surge() != null) {
            settings(rule, at + "/surge", rule.surge());
        }
    }

    private void settings(PolicyRule rule, String at, PolicySettings settings) {
        if (settings.requiredWhen() != null) {
            for (int i = 0; i < settings.requiredWhen().size(); i++) {
                PolicySettings.RequiredWhen when = settings.requiredWhen().get(i);
                String here = at + "/requiredWhen/" + i;
                known(rule, here + "/disposition", when.disposition(), catalog.dispositions(), true);
                known(rule, here + "/tag", when.tag(), catalog.tags(), true);
                oneOf(rule, here + "/resolution", when.resolution(), RESOLUTIONS);
                if (when.disposition() == null && when.tag() == null && when.resolution() == null) {
                    fault(rule, here, "says nothing of when; parts that are always required belong into requiredParts");
                }
            }
        }
        if (settings.unattended() != null) {
            List<String> types = settings.unattended().callTypes();
            for (int i = 0; i < types.size(); i++) {
                known(rule, at + "/unattended/callTypes/" + i, types.get(i), catalog.callTypes(), true);
            }
        }
        if (Boolean.FALSE.equals(settings.deferrable()) && settings.atDeadline() == PolicySettings.AtDeadline.DEFER) {
            fault(rule, at + "/deferrable", "is false, but the deadline defers; let it be overdue or expire");
        }
    }

    /** @param declared whether it must be in the catalog even where the catalog has none of its kind */
    private void known(
            PolicyRule rule, String at, @Nullable String code, List<? extends CatalogItem> items, boolean declared) {
        boolean unknown =
                code != null && items.stream().noneMatch(item -> item.code().equals(code));
        if (unknown && (declared || !items.isEmpty())) {
            fault(rule, at, "is '%s', which is not in the catalog".formatted(code));
        }
    }

    private void oneOf(PolicyRule rule, String at, @Nullable String value, Set<String> values) {
        if (value != null && !values.contains(value)) {
            fault(
                    rule,
                    at,
                    "is '%s' and must be one of %s"
                            .formatted(value, values.stream().sorted().collect(Collectors.joining(", "))));
        }
    }

    private void fault(PolicyRule rule, String at, String detail) {
        faults.add(new Fault(at, "policies: '%s' %s".formatted(rule.code(), detail)));
    }
}
