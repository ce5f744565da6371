package org.afterword.drafting.internal.prose;

import java.time.InstantSource;
import java.util.Set;
import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;

/** Whose language model does not work. */
final class ProseFigures implements SampledFigures {
    private final Rows resting = Rows.sums(
            "afterword.language.model.resting",
            "1 while the tenant's language model rests since it did not work for this node");

    private final Breaker breaker;
    private final Tenants tenants;
    private final InstantSource clock;

    ProseFigures(Breaker breaker, Tenants tenants, InstantSource clock) {
        this.breaker = breaker;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public void sample() {
        Set<TenantId> now = breaker.resting(clock.instant());
        for (TenantId tenant : tenants.list()) {
            resting.take(tenant, now.contains(tenant) ? 1 : 0);
        }
        resting.show();
    }

    @Override
    public void forget() {
        resting.hide();
    }
}
