package org.afterword.delivery.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LogContext;
import org.afterword.platform.Meters;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings queued events to their connectors, in rounds: some of those that wait for one connector, side by side. An attempt is
 * counted before and judged after it, each in a transaction of its own, and made outside of both. A connector that does not
 * answer holds up one worker for one round, and then rests.
 */
final class OutboxWorker implements DueWorkHandler {
    private static final Logger log = LoggerFactory.getLogger(OutboxWorker.class);

    /** How many attempts one connector gets at the same time. */
    private static final int AT_ONCE = 16;

    /** When to look again for a connector that another worker of this node is at. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private record Target(TenantId tenant, String connectorId) {}

    private final Tenancy tenancy;
    private final ConnectorRepository connectors;
    private final DeliveryRepository deliveries;
    private final DueWork dueWork;
    private final Outlets outlets;
    private final BackOff backOff;
    private final RestingConnectors resting;
    private final Set<Target> underway = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;

    OutboxWorker(
            Tenancy tenancy,
            ConnectorRepository connectors,
            DeliveryRepository deliveries,
            DueWork dueWork,
            Outlets outlets,
            BackOff backOff,
            RestingConnectors resting,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.connectors = connectors;
        this.deliveries = deliveries;
        this.dueWork = dueWork;
        this.outlets = outlets;
        this.backOff = backOff;
        this.resting = resting;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return DeliveryRepository.DUE_WORK;
    }

    /** One connector, so that none waits for another. */
    @Override
    public int batchSize() {
        return 1;
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        for (DueWork.Item item : items) {
            var target = new Target(tenant, item.id());
            if (!underway.add(target)) {
                dueWork.later(item, clock.instant().plus(LOOK_AGAIN));
                continue;
            }
            try {
                work(target, item);
            } catch (RuntimeException e) {
                // the item comes back when its lease ends
                log.warn("Connector {} of tenant {} could not be worked for", item.id(), tenant, e);
            } finally {
                underway.remove(target);
            }
        }
    }

    private void work(Target target, DueWork.Item item) {
        Optional<Instant> restsUntil = resting.restsUntil(target.tenant, target.connectorId, clock.instant());
        if (restsUntil.isPresent()) {
            dueWork.later(item, restsUntil.get());
            return;
        }
        tenancy.in(target.tenant, () -> begin(target, item)).ifPresent(round -> {
            make(target, round);
            tenancy.run(target.tenant, () -> planNext(target, item));
        });
    }

    private record Round(Connector connector, List<DeliveryRepository.Begun> attempts) {}

    /** Nothing if the connector is gone or switched off; then the item is done with. */
    private Optional<Round> begin(Target target, DueWork.Item item) {
        String id = target.connectorId;
        connectors.lock(id);
        Connector connector = connectors.find(id).orElse(null);
        if (connector == null) {
            deliveries.failAll(id, Connectors.REMOVED);
            resting.forget(target.tenant, id);
            dueWork.done(item);
            return Optional.empty();
        }
        if (!connector.enabled()) {
            deliveries.pause(id);
            dueWork.done(item);
            return Optional.empty();
        }
        int limit = resting.isOnTrial(target.tenant, id) ? 1 : AT_ONCE;
        Instant now = clock.instant();
        return Optional.of(new Round(connector, deliveries.beginAttempts(id, limit, now, now.plus(lease()))));
    }

    /** Side by side, so that a round takes as long as its slowest attempt. */
    private void make(Target target, Round round) {
        var outcomes = new ConcurrentLinkedQueue<Outcome>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            round.attempts.forEach(attempt -> threads.execute(() -> {
                try {
                    Outcome outcome = deliver(target.tenant, round.connector, attempt.message());
                    outcomes.add(outcome);
                    tenancy.run(target.tenant, () -> judge(attempt, outcome));
                } catch (RuntimeException e) {
                    // the attempt counts as lost in a while, and there will be another
                    log.warn("Delivery {} of tenant {} could not be judged", attempt.deliveryId(), target.tenant, e);
                }
            }));
        }
        List<Outcome.Retry> failures = outcomes.stream()
                .filter(Outcome.Retry.class::isInstance)
                .map(Outcome.Retry.class::cast)
                .toList();
        if (failures.size() < outcomes.size()) {
            resting.answered(target.tenant, target.connectorId);
        } else if (!failures.isEmpty()) {
            resting.failed(
                    target.tenant, target.connectorId, failures.getFirst().after(), clock.instant());
        }
    }

    private void planNext(Target target, DueWork.Item item) {
        Instant next = deliveries.nextAttempt(target.connectorId).orElse(null);
        if (next == null) {
            dueWork.done(item);
            return;
        }
        Optional<Instant> restsUntil = resting.restsUntil(target.tenant, target.connectorId, clock.instant());
        dueWork.later(item, restsUntil.filter(next::isBefore).orElse(next));
    }

    private Outcome deliver(TenantId tenant, Connector connector, Message message) {
        long began = System.nanoTime();
        try (var _ = LogContext.with(LogContext.Id.TENANT, tenant.value())
                .and(LogContext.Id.CONNECTOR, connector.id())
                .and(LogContext.Id.DELIVERY, message.id())) {
            Outcome outcome = Traces.in("delivery", () -> attempt(tenant, connector, message));
            Meters.time(
                    "afterword.delivery.attempts",
                    Duration.ofNanos(System.nanoTime() - began),
                    "outcome",
                    outcome.code());
            return outcome;
        }
    }

    private Outcome attempt(TenantId tenant, Connector connector, Message message) {
        try {
            return outlets.open(tenant, connector).deliver(message);
        } catch (RuntimeException e) {
            log.error("Delivery {} of tenant {} failed by a fault of ours", message.id(), tenant, e);
            return new Outcome.Retry("a fault in Afterword: " + e.getClass().getSimpleName());
        }
    }

    private void judge(DeliveryRepository.Begun attempt, Outcome outcome) {
        Instant now = clock.instant();
        deliveries.endAttempt(attempt.deliveryId(), attempt.number(), outcome, now);
        switch (outcome) {
            case Outcome.Delivered() -> deliveries.delivered(attempt.deliveryId(), now);
            case Outcome.Retry(var after, var reason) ->
                retry(attempt, after == null ? backOff.pause(attempt.number()) : after, reason);
            case Outcome.Reauthenticate(var reason) -> {
                if (outcome.code().equals(attempt.lastOutcome())) {
                    fail(attempt, reason + ", and again with credentials read anew");
                } else {
                    retry(attempt, Duration.ZERO, reason);
                }
            }
            case Outcome.Permanent(var reason) -> fail(attempt, reason);
        }
    }

    private void retry(DeliveryRepository.Begun attempt, Duration pause, String reason) {
        Instant now = clock.instant();
        Instant next = now.plus(pause);
        if (next.isAfter(attempt.giveUpAt())) {
            fail(attempt, "%s; given up after %d attempts".formatted(reason, attempt.number()));
        } else {
            deliveries.retryAt(attempt.deliveryId(), next, reason, now);
        }
    }

    private void fail(DeliveryRepository.Begun attempt, String reason) {
        deliveries.failed(attempt.deliveryId(), reason, clock.instant());
    }
}
