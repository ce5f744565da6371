package org.afterword.analytics;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one group. A figure is null where there is nothing to count it from.
 *
 * @param key                         what the group has in common: an id or a code; for hours and intervals the start
 *                                    (RFC 3339, UTC), for days the date; null for the totals and for contacts that have none
 * @param handled                     legs that ended in the time asked for and whose agent has been released, without
 *                                    {@code noContact} and {@code notStarted}
 * @param interactions                interactions that these legs belong to; those that continue each other are one
 * @param held                        legs that ended in that time and still hold their agent; in no other figure
 * @param acwMeanSeconds              total ÷ handled legs
 * @param acwMeanPerInteractionSeconds total ÷ interactions
 * @param acwSpreadSeconds            from the first to the third quartile
 * @param acwPercent                  of the work time, the share in which the agents did after-call work, 0 to 100; an hour
 *                                    with two wrap-ups at once is one hour. Null unless grouped by agent, team or time: the
 *                                    time an agent is signed in belongs to no queue
 * @param ahtSeconds                  talk + hold + ACW, mean over legs whose talk time is known
 * @param occupancy                   0 to 1: of the time signed in and not "not ready", the share with a leg or a wrap-up;
 *                                    null as {@code acwPercent}
 * @param workSeconds                 the work time: how long the agents were signed in
 * @param acwCompliance               0 to 1: mean score of completed records
 * @param overrunRate                 0 to 1: of handled legs, those whose wrap-up went past its deadline
 * @param extensionRate               0 to 1: those whose window was extended
 * @param deferralRate                0 to 1: those that left parts of the record for later
 * @param cutRate                     0 to 1: those that the deadline ended
 * @param documentationMeanSeconds    time really spent on the record, before, during and after
 * @param draftKeptRate               0 to 1: of the parts that were drafted, those that were kept as they were
 * @param noContact                   legs that were no contact: too short, wrong number, silent, a test; of all other figures
 *                                    only in those that measure the agent's time
 * @param notStarted                  legs whose policy left the wrap-up to the agent, who did not begin it; apart likewise
 * @param systemWaitTotalSeconds      for how long applications let the agents wait within the ACW time of handled legs
 * @param systemWaitMeanSeconds       mean over handled legs of which it is known
 * @param leaks                       offers and connects in the time asked for that came while wrap-ups left too few units.
 *                                    Null where they have no such group: complexity and disposition are not known by then
 * @param leaksPer10000               of ten thousand legs that ended: handled, held, {@code noContact} and {@code notStarted}
 */
public record AcwRow(
        @Nullable String key,
        long handled,
        long interactions,
        long held,
        double acwTotalSeconds,
        @Nullable Double acwMeanSeconds,
        @Nullable Double acwMeanPerInteractionSeconds,
        @Nullable Double acwMedianSeconds,
        @Nullable Double acwP90Seconds,
        @Nullable Double acwP99Seconds,
        @Nullable Double acwSpreadSeconds,
        @Nullable Double acwPercent,
        @Nullable Double ahtSeconds,
        @Nullable Double occupancy,
        @Nullable Double workSeconds,
        @Nullable Double acwCompliance,
        @Nullable Double overrunRate,
        @Nullable Double extensionRate,
        @Nullable Double deferralRate,
        @Nullable Double cutRate,
        @Nullable Double documentationMeanSeconds,
        @Nullable Double draftKeptRate,
        long noContact,
        long notStarted,
        double systemWaitTotalSeconds,
        @Nullable Double systemWaitMeanSeconds,
        @Nullable Long leaks,
        @Nullable Double leaksPer10000) {}
