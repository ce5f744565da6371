package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailProof;
import org.afterword.platform.Await;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A trail from before the chain, in a database whose owner is held by the row-level policies like everybody. */
class AuditChainMigrationTest {
    private static final TenantId NORTH = new TenantId("north");
    private static final String PASSWORD = "for this test";

    final PostgresDatabase database = PostgresDatabase.migrated();
    final JdbcTemplate superuser = new JdbcTemplate(database.ownerDataSource());
    final String url = database.ownerLogin().url().replaceFirst("/[^/?]*(\\?|$)", "/schema10$1");
    final DataSource owner = new DriverManagerDataSource(url, "schema10_owner", PASSWORD);
    final DataSource app = new DriverManagerDataSource(
            url, database.appLogin().user(), database.appLogin().password());

    @BeforeEach
    void aDatabaseOfSchema10() {
        superuser.execute("CREATE ROLE schema10_owner LOGIN PASSWORD '" + PASSWORD + "'");
        superuser.execute("CREATE DATABASE schema10 OWNER schema10_owner");
        migrate("10");
    }

    @AfterEach
    void dropIt() {
        superuser.execute("DROP DATABASE schema10 WITH (FORCE)");
        superuser.execute("DROP ROLE schema10_owner");
    }

    @Test
    void whatWasThereBeforeIsCarriedForwardAndLinked() throws Exception {
        var jdbc = new PipelinedJdbc(app);
        var tenancy = new Tenancy(jdbc, new JdbcTransactionManager(app));
        tenancy.run(NORTH, () -> {
            insert(jdbc, "thing:1", "{}");
            insert(jdbc, "thing:2", "{\"reason\": \"mistake\", \"by\": \"Zoë\"}");
        });

        migrate("12");

        var chain = new ChainRepository(jdbc);
        var chainer = new Chainer(chain, tenancy, () -> List.of(NORTH));
        var proof = new TrailProof(
                chain, tenancy, new Trail(new TrailRepository(jdbc), tenancy, TestClock.at("2026-03-02T09:00:00Z")));
        Await.until(() -> {
            chainer.chain(NORTH);
            return proof.verify(NORTH, null, proved -> {}).proved() == 2;
        });
        var report = proof.verify(NORTH, null, proved -> {});
        assertThat(report.fault()).isNull();
        assertThat(report.contents()).isEqualTo(1);
        assertThat(report.erased()).isZero();
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(owner)
                .placeholders(Map.of("appRole", database.appLogin().user()))
                .target(target)
                .load()
                .migrate();
    }

    private static void insert(JdbcTemplate jdbc, String subject, String content) {
        jdbc.update("""
                WITH entry AS (
                    INSERT INTO audit_entry (tenant_id, recorded_at, actor, kind, subject)
                    VALUES ('north', now(), 'user:ann', 'thing.done', ?)
                    RETURNING tenant_id, recorded_at, number)
                INSERT INTO audit_content (tenant_id, recorded_at, number, content)
                SELECT tenant_id, recorded_at, number, content FROM entry, CAST(? AS jsonb) AS content WHERE content <> '{}'
                """, subject, content);
    }
}
