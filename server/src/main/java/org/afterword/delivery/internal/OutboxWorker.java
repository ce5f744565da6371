package org.afterword.delivery.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings queued events to their connectors. An attempt is counted before and judged after it, each in a transaction of its
 * own, and made outside of both.
 */
final class OutboxWorker implements DueWorkHandler {
    private static final Logger log = LoggerFactory.getLogger(OutboxWorker.class);

    private final Tenancy tenancy;
    private final ConnectorRepository connectors;
    private final DeliveryRepository deliveries;
    private final DueWork dueWork;
    private final Outlets outlets;
    private final BackOff backOff;
    private final RestingConnectors resting = new RestingConnectors();
    private final InstantSource clock;

    OutboxWorker(
            Tenancy tenancy,
            ConnectorRepository connectors,
            DeliveryRepository deliveries,
            DueWork dueWork,
            Outlets outlets,
            BackOff backOff,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.deliveries = deliveries;
        this.dueWork = dueWork;
        this.outlets = outlets;
        this.backOff = backOff;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return DeliveryRepository.DUE_WORK;
    }

    @Override
    public int batchSize() {
        return 16;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    /** Side by side, so that a batch takes as long as its slowest attempt. */
    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            items.forEach(item -> threads.execute(() -> {
                try {
                    work(tenant, item);
                } catch (RuntimeException e) {
                    // the item comes back when its lease ends
                    log.warn("Delivery {} of tenant {} could not be worked on", item.id(), tenant, e);
                }
            }));
        }
    }

    private void work(TenantId tenant, DueWork.Item item) {
        Optional<Connector> connector = tenancy.in(tenant, () -> connectorOf(item));
        if (connector.isEmpty()) {
            return;
        }
        Optional<Instant> restsUntil =
                resting.restsUntil(tenant, connector.get().id(), clock.instant());
        if (restsUntil.isPresent()) {
            dueWork.later(item, restsUntil.get());
            return;
        }
        Optional<DeliveryRepository.Begun> begun =
                tenancy.in(tenant, () -> deliveries.beginAttempt(item.id(), clock.instant()));
        begun.ifPresent(attempt -> {
            Outcome outcome = deliver(tenant, connector.get(), attempt.message());
            tenancy.run(tenant, () -> judge(item, attempt, outcome));
        });
    }

    /** The connector if there is something to do; otherwise the item is done with. */
    private Optional<Connector> connectorOf(DueWork.Item item) {
        Optional<Connector> connector =
                deliveries.findConnectorOfPending(item.id()).flatMap(connectors::find);
        if (connector.isEmpty()) {
            dueWork.done(item);
        } else if (!connector.get().enabled()) {
            deliveries.waitForConnector(item.id());
            dueWork.done(item);
            return Optional.empty();
        }
        return connector;
    }

    private Outcome deliver(TenantId tenant, Connector connector, Message message) {
        Outcome outcome;
        try {
            outcome = outlets.open(tenant, connector).deliver(message);
        } catch (RuntimeException e) {
            log.error("Delivery {} of tenant {} failed by a fault of ours", message.id(), tenant, e);
            outcome = new Outcome.Retry("a fault in Afterword: " + e.getClass().getSimpleName());
        }
        if (outcome instanceof Outcome.Retry retry) {
            resting.failed(tenant, connector.id(), retry.after(), clock.instant());
        } else {
            resting.answered(tenant, connector.id());
        }
        return outcome;
    }

    private void judge(DueWork.Item item, DeliveryRepository.Begun attempt, Outcome outcome) {
        Instant now = clock.instant();
        deliveries.endAttempt(item.id(), attempt.number(), outcome, now);
        switch (outcome) {
            case Outcome.Delivered() -> {
                deliveries.delivered(item.id(), now);
                dueWork.done(item);
            }
            case Outcome.Retry(var after, var reason) ->
                retry(item, attempt, after == null ? backOff.pause(attempt.number()) : after, reason);
            case Outcome.Reauthenticate(var reason) -> {
                if (outcome.code().equals(attempt.lastOutcome())) {
                    fail(item, reason + ", and again with credentials read anew");
                } else {
                    retry(item, attempt, Duration.ZERO, reason);
                }
            }
            case Outcome.Permanent(var reason) -> fail(item, reason);
        }
    }

    private void retry(DueWork.Item item, DeliveryRepository.Begun attempt, Duration pause, String reason) {
        Instant now = clock.instant();
        Instant next = now.plus(pause);
        if (next.isAfter(attempt.giveUpAt())) {
            fail(item, "%s; given up after %d attempts".formatted(reason, attempt.number()));
        } else {
            deliveries.retryAt(item.id(), next, reason, now);
            dueWork.later(item, next);
        }
    }

    private void fail(DueWork.Item item, String reason) {
        deliveries.failed(item.id(), reason, clock.instant());
        dueWork.done(item);
    }
}
