package org.afterword.wrapup.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.Queue;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.Agent;
import org.afterword.wrapup.WrapUpPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Which policy a wrap-up opens under. Conditions rank as they stand in {@link #ranks}, agent first, and a rule is as good as
 * its best condition. Ties go to the rule with more conditions, then to the smaller code.
 */
final class PolicyChoice {
    private final Catalog catalog;
    private final long version;

    PolicyChoice(Catalog catalog, long version) {
        this.catalog = catalog;
        this.version = version;
    }

    /** The event's call type, else the queue's default; a draft's guess never chooses a policy. */
    @Nullable
    String callType(InteractionDetails details) {
        return details.callType() != null
                ? details.callType()
                : catalog.findQueue(details.queue()).map(Queue::defaultCallType).orElse(null);
    }

    WrapUpPolicy choose(Agent agent, InteractionDetails details) {
        return catalog.policies().stream()
                .filter(rule -> matches(rule.when(), agent, details))
                .min(Comparator.<PolicyRule>comparingInt(rule -> bestRank(rule.when()))
                        .thenComparing(rule -> -conditions(rule.when()))
                        .thenComparing(PolicyRule::code))
                .map(rule -> WrapUpPolicy.of(rule, version))
                .orElseGet(() -> WrapUpPolicy.byDefault(version));
    }

    private boolean matches(PolicyRule.When when, Agent agent, InteractionDetails details) {
        String callType = callType(details);
        return met(when.agent(), agent.id().value()::equals)
                && met(when.skill(), agent.profile().skills()::contains)
                && met(when.team(), team -> team.equals(agent.profile().team()))
                && met(when.callType(), type -> type.equals(callType))
                && met(
                        when.complexity(),
                        c -> catalog.findCallType(callType)
                                        .map(CallType::complexity)
                                        .orElse(null)
                                == c)
                && met(when.campaign(), campaign -> campaign.equals(details.campaign()))
                && met(when.queue(), queue -> queue.equals(details.queue()))
                && met(
                        when.direction(),
                        direction -> details.direction() != null && named(details.direction(), direction))
                && met(when.channel(), channel -> named(details.channelOrVoice(), channel));
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
