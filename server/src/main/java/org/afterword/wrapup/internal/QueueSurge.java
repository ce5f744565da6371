package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import org.afterword.catalog.Queue;
import org.afterword.catalog.Queue.SurgeThreshold;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a queue's surge, and of its calm. Decides from its arguments alone.
 *
 * @param above    how many statuses in a row passed the threshold; counted to two
 * @param below    how many in a row did not; counted to two
 * @param quiet    how many in a row were calm while it did not surge; counted to two
 * @param statusAt time of the newest status; older ones say nothing. Null before the first
 * @param active   null while it does not surge
 */
record QueueSurge(
        String queue,
        int above,
        int below,
        int quiet,
        @Nullable Instant statusAt,
        @Nullable Active active) {

    /** A surge that nobody confirms ends by itself: then nobody knows whether it lasts. */
    static final Duration UNCONFIRMED = Duration.ofMinutes(15);

    /** How long a status tells how calm it is. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final int IN_A_ROW = 2;

    /**
     * @param until  when it ends by itself
     * @param reason in the words of the person who switched it on; null where the threshold did
     * @param by     who did, as the trail names them; null where the threshold did
     */
    record Active(
            Instant since,
            Instant until,
            @Nullable String reason,
            @Nullable String by) {
        boolean isByRule() {
            return by == null;
        }
    }

    static QueueSurge calm(String queue) {
        return new QueueSurge(queue, 0, 0, 0, null, null);
    }

    boolean isOn(Instant now) {
        return active != null && now.isBefore(active.until());
    }

    /** Agents of the queue can be given time for what they owe. */
    boolean isQuiet(Instant now) {
        return quiet == IN_A_ROW && !isOn(now) && statusAt != null && now.isBefore(statusAt.plus(FRESH));
    }

    /** After a status. Two in a row begin a surge, or end one that the threshold began; two in a row make it quiet. */
    QueueSurge after(Queue declared, Instant at, int waiting, double longestWaitSeconds) {
        if (statusAt != null && !at.isAfter(statusAt)) {
            return this;
        }
        QueueSurge counted = counted(declared.surge(), at, waiting, longestWaitSeconds);
        boolean isCalm = declared.calm() != null && declared.calm().isMetBy(waiting) && !counted.isOn(at);
        return new QueueSurge(
                queue, counted.above, counted.below, isCalm ? Math.min(quiet + 1, IN_A_ROW) : 0, at, counted.active);
    }

    private QueueSurge counted(@Nullable SurgeThreshold threshold, Instant at, int waiting, double longestWaitSeconds) {
        if (threshold == null) {
            return new QueueSurge(queue, 0, 0, quiet, at, active);
        }
        boolean passes = threshold.isPassedBy(waiting, longestWaitSeconds);
        int nowAbove = passes ? Math.min(above + 1, IN_A_ROW) : 0;
        int nowBelow = passes ? 0 : Math.min(below + 1, IN_A_ROW);
        return new QueueSurge(queue, nowAbove, nowBelow, quiet, at, active(nowAbove, nowBelow, at));
    }

    private @Nullable Active active(int nowAbove, int nowBelow, Instant at) {
        Active on = isOn(at) ? active : null;
        if (on != null && !on.isByRule()) {
            return on;
        }
        if (on != null && nowBelow < IN_A_ROW) {
            return nowAbove == 0 ? on : new Active(on.since(), at.plus(UNCONFIRMED), null, null);
        }
        return on == null && nowAbove == IN_A_ROW ? new Active(at, at.plus(UNCONFIRMED), null, null) : null;
    }

    /** A person switches it on until then, or keeps it on. */
    QueueSurge declared(Instant now, Instant until, String reason, String by) {
        Instant since = isOn(now) && active != null ? active.since() : now;
        return new QueueSurge(queue, above, below, 0, statusAt, new Active(since, until, reason, by));
    }

    /** It is over. What was counted for it begins anew, so that the next status does not begin it again. */
    QueueSurge ended() {
        return new QueueSurge(queue, 0, 0, 0, statusAt, null);
    }
}
