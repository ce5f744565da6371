package org.afterword.governance.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;

/** How far the chain is behind the trail. */
final class ChainFigures implements SampledFigures {
    private final Rows unlinked = Rows.maxima(
            "afterword.audit.unlinked.seconds", "Age of the oldest entry of the audit trail that is not linked yet");

    private final ChainRepository chain;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final InstantSource clock;

    ChainFigures(ChainRepository chain, Tenancy tenancy, Tenants tenants, InstantSource clock) {
        this.chain = chain;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public void sample() {
        for (TenantId tenant : tenants.list()) {
            Instant now = clock.instant();
            double seconds = tenancy.in(tenant, () -> chain.firstUnlinkedAt(tenant))
                    .map(at -> Math.max(0, Duration.between(at, now).toMillis() / 1e3))
                    .orElse(0.0);
            unlinked.take(tenant, seconds);
        }
        unlinked.show();
    }

    @Override
    public void forget() {
        unlinked.hide();
    }
}
