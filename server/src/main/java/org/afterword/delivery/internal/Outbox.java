package org.afterword.delivery.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.DueWork;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.Ids;
import org.afterword.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues events for the connectors that want them, also for those that are switched off: what happens meanwhile waits until
 * they are on again. That is for the worker to see to, which looks at a connector once more before it asks it.
 */
final class Outbox implements EventConsumer {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final ConnectorRepository connectors;
    private final DeliveryRepository deliveries;
    private final DueWork dueWork;
    private final InstantSource clock;

    Outbox(ConnectorRepository connectors, DeliveryRepository deliveries, DueWork dueWork, InstantSource clock) {
        this.connectors = connectors;
        this.deliveries = deliveries;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    @Override
    public String consumerName() {
        return "delivery";
    }

    @Override
    public Set<String> types() {
        return OutgoingEvent.TYPES;
    }

    @Override
    public void consume(TenantId tenant, List<DomainEvent> events) {
        List<Connector> all = connectors.list();
        var due = new HashMap<String, Instant>();
        for (DomainEvent event : events) {
            List<Connector> wanting = all.stream()
                    .filter(connector -> connector.eventTypes().contains(event.type()))
                    .toList();
            due.putAll(queue(event, wanting));
        }
        dueWork.schedule(DeliveryRepository.DUE_WORK, due);
    }

    private Map<String, Instant> queue(DomainEvent event, List<Connector> wanting) {
        Optional<OutgoingEvent> outgoing = OutgoingEvent.of(event);
        if (outgoing.isEmpty()) {
            log.warn("{} of {} is not delivered: nobody approved the record", event.type(), event.subject());
            return Map.of();
        }
        Instant now = clock.instant();
        var due = new HashMap<String, Instant>();
        for (Connector connector : wanting) {
            if (deliveries.queue(Ids.at(now), connector.id(), outgoing.get(), now)) {
                due.put(connector.id(), now);
            }
        }
        return due;
    }
}
