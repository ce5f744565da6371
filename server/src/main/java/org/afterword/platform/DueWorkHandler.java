package org.afterword.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Does one kind of due work. Beans of this type are found and run by the platform, on threads of their own. */
public interface DueWorkHandler {
    /** The kind that {@link DueWork#schedule} was given. */
    String kind();

    /** How many items one call may get; items of one call belong to one tenant. */
    int batchSize();

    /** How long an item may take before another worker may try it. */
    default Duration lease() {
        return Duration.ofMinutes(1);
    }

    /** Whether somebody waits for it: while a whole batch is due at once, what reads the event log rests. */
    default boolean isUrgent() {
        return false;
    }

    /** How many calls may run at the same time on one node. */
    default int concurrency() {
        return 1;
    }

    /** Up to which due time work is taken now. Earlier than {@code now} while what is less urgent rests. */
    default Instant takesDueBy(Instant now) {
        return now;
    }

    /**
     * Does the work and says for each item that it is {@link DueWork#done} in the transaction that did it, or when to try
     * again with {@link DueWork#later}. If this throws, fewer items are tried at a time, down to one; that one is tried again
     * after a pause that grows with the attempts.
     */
    void handle(TenantId tenant, List<DueWork.Item> items);
}
