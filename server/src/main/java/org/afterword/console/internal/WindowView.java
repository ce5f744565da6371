package org.afterword.console.internal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time a wrap-up has, as a bar: draining to the deadline, or growing towards a target where there is no deadline.
 *
 * @param openedAt the end of the leg
 * @param deadline null = the agent ends it
 * @param base     the window of the policy; null without a deadline
 * @param added    extensions and credits since; never negative
 * @param target   what is aimed at; shown, never enforced
 * @param warning  how long before the deadline the bar gains a word
 */
public record WindowView(
        Instant openedAt,
        @Nullable Instant deadline,
        @Nullable Duration base,
        Duration added,
        @Nullable Duration target,
        Duration warning) {

    /** What the deadline is later than {@code base} makes it was added since. */
    static WindowView of(
            Instant openedAt,
            @Nullable Instant deadline,
            @Nullable Duration base,
            @Nullable Duration target,
            Duration warning) {
        Duration added =
                base == null || deadline == null ? Duration.ZERO : Duration.between(openedAt.plus(base), deadline);
        return new WindowView(openedAt, deadline, base, added.isNegative() ? Duration.ZERO : added, target, warning);
    }

    /** What the whole bar stands for: base and added time, or the target; never zero. */
    public Duration whole() {
        Duration whole = deadline != null
                ? Duration.between(openedAt, deadline)
                : target != null ? target : Duration.ofMinutes(1);
        return whole.isPositive() ? whole : Duration.ofSeconds(1);
    }

    public Duration elapsed(Instant now) {
        return now.isBefore(openedAt) ? Duration.ZERO : Duration.between(openedAt, now);
    }

    /** How much of the bar is filled, 0 to 100: what is left before a deadline, what is over after it, what is used of a target. */
    public double percent(Instant now) {
        return 100 * Math.min(1, (double) shown(now).toMillis() / whole().toMillis());
    }

    public boolean isOver(Instant now) {
        return deadline != null
                ? !now.isBefore(deadline)
                : target != null && elapsed(now).compareTo(target) > 0;
    }

    public boolean isWarning(Instant now) {
        return deadline != null && !isOver(now) && !now.isBefore(deadline.minus(warning));
    }

    /** The big figure: time left, time over, or time used where there is no deadline. */
    public Duration shown(Instant now) {
        return deadline == null ? elapsed(now) : Duration.between(now, deadline).abs();
    }
}
