package org.afterword.platform.internal;

import java.util.List;
import org.afterword.platform.BackgroundWork;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether everything runs that works by itself: due work, the readers of the event log, the chain of the audit trail. */
final class WorkHealth implements HealthIndicator {
    private final List<BackgroundWork> all;

    WorkHealth(List<BackgroundWork> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (BackgroundWork each : all) {
            boolean working = each.isWorking();
            health.withDetail(each.workName(), working);
            if (!working) {
                health.down();
            }
        }
        return health.build();
    }
}
