package org.afterword.wrapup.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.PolicySettings;
import org.afterword.catalog.Queue;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.Agent;
import org.afterword.wrapup.WrapUpPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Which policy a wrap-up opens under. All rules that match are put in order: conditions rank as they stand in {@link #ranks},
 * agent first, and a rule is as good as its best condition; ties go to the rule with more conditions, then to the smaller
 * code. Each setting is taken from the first rule that says it.
 */
final class PolicyChoice {
    private static final Comparator<PolicyRule> BEST_FIRST = Comparator.<PolicyRule>comparingInt(
                    rule -> bestRank(rule.when()))
            .thenComparing(rule -> -conditions(rule.when()))
            .thenComparing(PolicyRule::code);

    private final Catalog catalog;
    private final long version;
    private final Set<String> surging;

    /** @param surging queues whose surge variants hold now */
    PolicyChoice(CatalogVersion catalog, Set<String> surging) {
        this.catalog = catalog.catalog();
        this.version = catalog.number();
        this.surging = surging;
    }

    /** The event's call type, else what the agent chose, else the queue's default; a draft's guess never chooses a policy. */
    @Nullable
    String callType(InteractionDetails details, @Nullable String chosen) {
        return Stream.of(
                        Optional.ofNullable(details.callType()),
                        Optional.ofNullable(chosen),
                        defaultCallType(catalog, details))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    /** The call type that people see: a person's word counts more than what an event said. */
    static @Nullable String shownCallType(Catalog catalog, InteractionDetails details, @Nullable String chosen) {
        return Stream.of(
                        Optional.ofNullable(chosen),
                        Optional.ofNullable(details.callType()),
                        defaultCallType(catalog, details))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> defaultCallType(Catalog catalog, InteractionDetails details) {
        return catalog.findQueue(details.queue()).map(Queue::defaultCallType);
    }

    /** What a policy is chosen by. {@code escalated} makes it a contact of high complexity. */
    record Contact(
            Agent agent,
            InteractionDetails details,
            @Nullable String callType,
            boolean escalated) {}

    /** Whether the queue of such a contact surges. */
    boolean surges(InteractionDetails details) {
        return details.queue() != null && surging.contains(details.queue());
    }

    WrapUpPolicy choose(Contact contact) {
        boolean surge = surges(contact.details());
        List<PolicyRule> rules = catalog.policies().stream()
                .filter(rule -> matches(rule.when(), contact))
                .sorted(BEST_FIRST)
                .toList();
        boolean varied = surge && rules.stream().anyMatch(rule -> rule.surge() != null);
        PolicySettings said = PolicySettings.NOTHING;
        for (PolicyRule rule : rules) {
            said = said.over(rule.said(surge));
        }
        return new WrapUpPolicy(rules.stream().map(PolicyRule::code).toList(), List.of(), version, varied, said);
    }

    private boolean matches(PolicyRule.When when, Contact contact) {
        Agent agent = contact.agent();
        InteractionDetails details = contact.details();
        return met(when.agent(), agent.id().value()::equals)
                && met(when.skill(), agent.profile().skills()::contains)
                && met(when.team(), team -> team.equals(agent.profile().team()))
                && met(when.callType(), type -> type.equals(contact.callType()))
                && met(when.complexity(), complexity -> complexity == complexity(contact))
                && met(when.campaign(), campaign -> campaign.equals(details.campaign()))
                && met(when.queue(), queue -> queue.equals(details.queue()))
                && met(
                        when.direction(),
                        direction -> details.direction() != null && named(details.direction(), direction))
                && met(when.channel(), channel -> named(details.channelOrVoice(), channel));
    }

    private @Nullable Complexity complexity(Contact contact) {
        return contact.escalated()
                ? Complexity.HIGH
                : catalog.findCallType(contact.callType())
                        .map(CallType::complexity)
                        .orElse(null);
    }

    private static <T> boolean met(@Nullable T condition, Predicate<T> test) {
        return condition == null || test.test(condition);
    }

    private static boolean named(Enum<?> value, String name) {
        return value.name().toLowerCase(Locale.ROOT).equals(name);
    }

    /** The conditions in their order of precedence; absent ones are null. */
    private static List<@Nullable Object> ranks(PolicyRule.When when) {
        return Stream.<@Nullable Object>of(
                        when.agent(),
                        when.skill(),
                        when.team(),
                        when.callType(),
                        when.complexity(),
                        when.campaign(),
                        when.queue(),
                        when.direction(),
                        when.channel())
                .toList();
    }

    private static int bestRank(PolicyRule.When when) {
        List<@Nullable Object> ranks = ranks(when);
        for (int rank = 0; rank < ranks.size(); rank++) {
            if (ranks.get(rank) != null) {
                return rank;
            }
        }
        return ranks.size();
    }

    private static int conditions(PolicyRule.When when) {
        return (int) ranks(when).stream().filter(Objects::nonNull).count();
    }
}
