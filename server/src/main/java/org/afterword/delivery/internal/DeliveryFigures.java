package org.afterword.delivery.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.jspecify.annotations.Nullable;

/** What has not left yet, and why. Counts go up to {@value #MOST_COUNTED} of a tenant. */
final class DeliveryFigures implements SampledFigures {
    private static final int MOST_COUNTED = 10_000;

    private final Rows waiting = Rows.sums(
            "afterword.deliveries.waiting",
            "Deliveries on their way to connectors that are switched on, up to " + MOST_COUNTED);
    private final Rows oldest = Rows.maxima("afterword.deliveries.oldest.seconds", "Age of the oldest of those");
    private final Rows failed = Rows.sums(
            "afterword.deliveries.failed",
            "Deliveries that were given up and wait for a person, up to " + MOST_COUNTED);
    private final Rows failing =
            Rows.sums("afterword.connectors.failing", "Connectors that did not answer this node the last time");

    private final DeliveryRepository deliveries;
    private final RestingConnectors resting;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final InstantSource clock;

    DeliveryFigures(
            DeliveryRepository deliveries,
            RestingConnectors resting,
            Tenancy tenancy,
            Tenants tenants,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.resting = resting;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public void sample() {
        Map<TenantId, Long> notAnswering = resting.failing();
        for (TenantId tenant : tenants.list()) {
            var unfinished = tenancy.in(tenant, () -> deliveries.unfinished(MOST_COUNTED));
            waiting.take(tenant, unfinished.waiting());
            oldest.take(tenant, age(unfinished.oldest()));
            failed.take(tenant, unfinished.failed());
            failing.take(tenant, notAnswering.getOrDefault(tenant, 0L));
        }
        all().forEach(Rows::show);
    }

    private double age(@Nullable Instant since) {
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1e3);
    }

    @Override
    public void forget() {
        all().forEach(Rows::hide);
    }

    private List<Rows> all() {
        return List.of(waiting, oldest, failed, failing);
    }
}
