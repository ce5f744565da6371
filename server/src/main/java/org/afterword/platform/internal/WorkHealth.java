package org.afterword.platform.internal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether everything runs that works by itself: due work, and the readers of the event log. */
final class WorkHealth implements HealthIndicator {
    private final DueWorkers dueWorkers;
    private final EventPump eventPump;

    WorkHealth(DueWorkers dueWorkers, EventPump eventPump) {
        this.dueWorkers = dueWorkers;
        this.eventPump = eventPump;
    }

    @Override
    public Health health() {
        var health = dueWorkers.isWorking() && eventPump.isWorking() ? Health.up() : Health.down();
        return health.withDetail("dueWork", dueWorkers.isWorking())
                .withDetail("eventConsumers", eventPump.isWorking())
                .build();
    }
}
