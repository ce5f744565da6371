package org.afterword.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class TenancyLockTest {
    static final TenantId TENANT = TenantId.DEFAULT;
    static final String OTHERS_GET = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final JdbcTemplate others = new JdbcTemplate(db.ownerDataSource());

    @Test
    void whoeverIsNamedIsLocked() {
        tenancy.run(TENANT, () -> {
            tenancy.lock("agent", List.of("ann", "bob"));

            assertThat(othersGet("ann")).isFalse();
            assertThat(othersGet("bob")).isFalse();
            assertThat(othersGet("cid")).isTrue();
        });
        assertThat(othersGet("ann")).isTrue();
    }

    @Test
    void whoeverAQueryFindsIsLockedUnderTheSameName() {
        tenancy.run(TENANT, () -> {
            tenancy.lockAheadFound(
                    "agent", "SELECT id FROM unnest(?::text[]) AS ids (id)", (Object) new String[] {"ann", "bob"});
            jdbc.queryForObject("SELECT 1", Integer.class);

            assertThat(othersGet("ann")).isFalse();
            assertThat(othersGet("bob")).isFalse();
            assertThat(othersGet("cid")).isTrue();
        });
        assertThat(othersGet("ann")).isTrue();
    }

    private boolean othersGet(String id) {
        return Boolean.TRUE.equals(
                others.queryForObject(OTHERS_GET, Boolean.class, Tenancy.lockName(TENANT, "agent", id)));
    }
}
