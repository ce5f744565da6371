package org.afterword.conversation;

import java.time.Instant;
import java.util.List;

/**
 * What applies a batch of events: to agents, legs and windows, or to what has to be done about recordings. Implemented by higher
 * modules; called in the transaction that stores the batch, so that an accepted event is an applied one.
 */
public interface LiveCore {
    /**
     * Takes the locks that {@link #apply} needs, before anything of the batch is written. The interactions of
     * {@link ContactEvent.OfLeg} events are locked already.
     */
    void lock(List<ContactEvent> events);

    /**
     * Applies events that are new (no duplicates), stored, and known to {@code Conversations}.
     *
     * @param receivedAt when the batch came in, by the database's clock
     */
    void apply(List<ContactEvent> events, Instant receivedAt);
}
