package org.afterword.platform;

import java.util.List;

/**
 * Reads the event log from a cursor of its own. Beans of this type are found and fed by the platform; the cursor moves in
 * the transaction of {@link #consume}, so what a consumer writes to the database happens once for each event.
 */
public interface EventConsumer {
    /** Names the cursor; never change it once released. */
    String consumerName();

    /** Handles events of one tenant, oldest first, in that tenant's running transaction. If it throws, they come again. */
    void consume(TenantId tenant, List<DomainEvent> events);
}
