package org.afterword.wrapup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.afterword.catalog.PolicyRule;
import org.jspecify.annotations.Nullable;

/**
 * The policy one wrap-up runs under, fixed when its window opens and kept whatever the catalog becomes later.
 *
 * @param rule    code of the catalog's rule; {@code default} where none matched
 * @param version of the catalog it was taken from
 * @param window  null where there is no deadline
 */
public record WrapUpPolicy(
        String rule,
        long version,
        PolicyRule.WrapUpMode mode,
        @Nullable Duration window,
        @Nullable Duration target,
        Duration warning,
        Duration grace,
        PolicyRule.AtDeadline atDeadline,
        Duration deferDue,
        boolean deferrable,
        PolicyRule.Extensions extensions,
        List<String> requiredParts,
        double holdShare) {

    /** What holds where no rule matches: the agent ends it, a minute is aimed at, a disposition is asked for. */
    public static WrapUpPolicy byDefault(long version) {
        return new WrapUpPolicy(
                "default",
                version,
                PolicyRule.WrapUpMode.DISCRETIONARY,
                null,
                Duration.ofSeconds(60),
                Duration.ZERO,
                Duration.ZERO,
                PolicyRule.AtDeadline.OVERDUE,
                Duration.ofDays(1),
                true,
                PolicyRule.Extensions.NONE,
                List.of("/disposition"),
                1.0);
    }

    public static WrapUpPolicy of(PolicyRule rule, long version) {
        boolean hasDeadline = rule.mode() != PolicyRule.WrapUpMode.DISCRETIONARY;
        return new WrapUpPolicy(
                rule.code(),
                version,
                rule.mode(),
                hasDeadline ? seconds(rule.windowSeconds()) : null,
                seconds(rule.targetSeconds()),
                Duration.ofSeconds(rule.warningSeconds()),
                Duration.ofSeconds(rule.graceSeconds()),
                rule.atDeadline(),
                Duration.ofSeconds(rule.deferDueSeconds()),
                Boolean.TRUE.equals(rule.deferrable()),
                rule.extensions(),
                rule.requiredParts(),
                rule.holdShare());
    }

    /** Units that a wrap-up keeps of its leg's, rounded up. */
    public int heldUnits(int legUnits) {
        return (int) Math.ceil(legUnits * holdShare);
    }

    /**
     * The deadline of a window: the end of the leg and the window, but never less than {@code least} after the end was
     * known. Null where the policy has none.
     */
    public @Nullable Instant deadline(Instant legEnd, Instant receivedAt, Duration least) {
        if (window == null) {
            return null;
        }
        Instant planned = legEnd.plus(window);
        Instant earliest = receivedAt.plus(least);
        return planned.isBefore(earliest) ? earliest : planned;
    }

    private static @Nullable Duration seconds(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }
}
