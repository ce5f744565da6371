package org.afterword.platform;

import java.util.List;
import java.util.Set;

/**
 * Reads the event log from a cursor of its own. Beans of this type are found and fed by the platform; the cursor moves in
 * the transaction of {@link #consume}, so what a consumer writes to the database happens once for each event.
 */
public interface EventConsumer {
    /** Names the cursor; never change it once released. */
    String consumerName();

    /** The types of events that it gets; none named = all. The others are passed over without being read. */
    default Set<String> types() {
        return Set.of();
    }

    /** How many events it gets at a time at most; the slower they are to prepare, the fewer. */
    default int batchSize() {
        return 500;
    }

    /**
     * Handles events of one tenant, oldest first, in that tenant's running transaction. If it throws, they come again. While
     * it runs no reader of the log gets ahead of it, so what takes time belongs into {@link #prepare}.
     */
    void consume(TenantId tenant, List<DomainEvent> events);

    /**
     * Works out, in no transaction, what there is to write about these events, and answers what writes it. That is run in the
     * short transaction that moves the cursor, or not at all if another node was faster; then nothing may be left of it.
     */
    default Runnable prepare(TenantId tenant, List<DomainEvent> events) {
        return () -> consume(tenant, events);
    }
}
