package org.afterword.conversation.internal;

import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.springframework.jdbc.core.JdbcTemplate;

/** How many events wait for a person, up to {@value #MOST_COUNTED} of a tenant. */
final class SetAsideFigures implements SampledFigures {
    private static final int MOST_COUNTED = 10_000;

    private static final String COUNT =
            "SELECT count(*) FROM (SELECT 1 FROM rejected_event WHERE tenant_id = ? LIMIT ?) AS waiting";

    private final Rows setAside =
            Rows.sums("afterword.events.set.aside", "Events that were set aside and wait, up to " + MOST_COUNTED);

    private final JdbcTemplate jdbc;
    private final Tenancy tenancy;
    private final Tenants tenants;

    SetAsideFigures(JdbcTemplate jdbc, Tenancy tenancy, Tenants tenants) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.tenants = tenants;
    }

    @Override
    public void sample() {
        for (TenantId tenant : tenants.list()) {
            Long count = tenancy.in(tenant, () -> jdbc.queryForObject(COUNT, Long.class, tenant.value(), MOST_COUNTED));
            setAside.take(tenant, count == null ? 0 : count);
        }
        setAside.show();
    }

    @Override
    public void forget() {
        setAside.hide();
    }
}
