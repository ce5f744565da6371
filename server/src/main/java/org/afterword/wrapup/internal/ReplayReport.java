package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.PolicySettings.WrapUpMode;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;

/**
 * What other policies would have changed.
 *
 * @param from           the legs that ended from then on
 * @param to             and before then
 * @param reached        up to which time they are in here: {@code to}, or where it stopped; it goes on from there
 * @param catalogVersion the version of the catalog that the change was laid over
 * @param groups         those with the most legs that differ first
 * @param examples       those that differ most first
 */
record ReplayReport(
        Instant from,
        Instant to,
        Instant reached,
        boolean complete,
        int catalogVersion,
        ReplayGroupBy groupBy,
        Figures totals,
        List<Group> groups,
        List<Example> examples) {

    /** @param key absent for what belongs to no group, such as contacts without a queue */
    record Group(@Nullable String key, Figures figures) {}

    /**
     * @param legs      that ended with after-call work
     * @param notJudged of these, by the reason why nothing is said of them
     * @param assumed   of these, legs of which was not kept what was known as they ended: taken as known at once, in no surge
     * @param censored  of these, legs of which only bounds are known
     * @param differing legs that would have gone otherwise in any way
     */
    record Figures(
            long legs,
            Map<String, Long> notJudged,
            long assumed,
            long censored,
            Change differing,
            Change heldLonger,
            Change heldShorter,
            Change releasedAtOnce,
            Change heldInstead,
            Change deferredOtherwise,
            Change timedOutOtherwise,
            Change partsMissing,
            Held held) {}

    /**
     * Legs in which something would have been otherwise, and by how many seconds longer their agents would have been held;
     * negative = shorter.
     *
     * @param legs         in which it would have been so for sure
     * @param perhaps      more in which it may have been so
     * @param leastSeconds in all of these together, if what is not known ended as soon as it could
     * @param mostSeconds  and if it took as long as it could
     * @param openEnded    of these, legs that nothing known would have ended; in {@code mostSeconds} with their least
     */
    record Change(long legs, long perhaps, double leastSeconds, double mostSeconds, long openEnded) {}

    /**
     * For how long agents were held, and would have been, in the legs that could be judged.
     *
     * @param openEnded as in {@link Change}
     */
    record Held(
            double beforeSeconds,
            double leastSeconds,
            double mostSeconds,
            double leastDifferenceSeconds,
            double mostDifferenceSeconds,
            long openEnded) {}

    record Example(
            WrapUpId wrapUpId,
            InteractionId interactionId,
            AgentId agentId,
            @Nullable String queue,
            @Nullable String callType,
            Instant endedAt,
            Side before,
            Side after,
            List<String> partsMissing) {}

    /**
     * @param rule          absent where there would have been no wrap-up; so are mode and window
     * @param windowSeconds absent where the mode has no deadline
     * @param mostHeldSeconds absent where nothing known would have ended it
     * @param atMost        how it would have ended then
     */
    record Side(
            @Nullable String rule,
            @Nullable WrapUpMode mode,
            @Nullable Long windowSeconds,
            double heldSeconds,
            PolicyReplay.Ending ending,
            boolean overdue,
            @Nullable Double mostHeldSeconds,
            PolicyReplay.Ending atMost) {}
}
