package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailEntry;
import org.afterword.governance.TrailQuery;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class RetentionTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final JdbcTemplate owner = new JdbcTemplate(db.ownerDataSource());
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final DataSourceTransactionManager transactionManager = new DataSourceTransactionManager(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, transactionManager);
    final TestClock clock = TestClock.at("2022-06-15T12:00:00Z");
    final Trail trail = new Trail(new TrailRepository(jdbc), tenancy, clock);

    List<TenantId> tenants = List.of(TENANT);

    @BeforeEach
    void monthsOfLongAgo() {
        owner.update("INSERT INTO tenant VALUES (?, 'T', NULL, 'UTC', now())", TENANT.value());
        for (String table : List.of("turn", "domain_event")) {
            partition(table, "202201", "2022-01-01", "2022-02-01");
            partition(table, "202204", "2022-04-01", "2022-05-01");
        }
    }

    @AfterEach
    void removeThem() {
        for (String part : List.of("turn_202201", "turn_202204", "domain_event_202201", "domain_event_202204")) {
            owner.execute("DROP TABLE IF EXISTS " + part);
        }
    }

    @Test
    void withoutASettingEverythingIsKept() {
        turn("2022-01-10");

        retention(null, null).drop();

        assertThat(rows("turn")).isEqualTo(1);
        assertThat(exists("turn_202201")).isTrue();
    }

    @Test
    void monthsBeforeTheBoundGoAndYoungerOnesStay() {
        turn("2022-01-10");
        turn("2022-04-01");

        retention(null, 2).drop();

        assertThat(exists("turn_202201")).isFalse();
        assertThat(exists("turn_202204")).isTrue();
        assertThat(rows("turn")).isEqualTo(1);
        assertThat(exists("domain_event_202201")).isTrue();
    }

    @Test
    void ofTheRestPartitionTheRowsGo() {
        turn("1999-01-10");
        turn("2022-05-10");

        retention(null, 2).drop();

        assertThat(exists("turn_rest")).isTrue();
        assertThat(rows("turn")).isEqualTo(1);
    }

    @Test
    void anEventThatAConsumerHasNotReadStaysWithItsMonth() {
        event("2022-01-10");
        event("1999-01-10");
        var retention = retention(2, null);

        retention.drop();
        assertThat(rows("domain_event")).isEqualTo(2);

        readAll("figures");
        retention.drop();
        assertThat(rows("domain_event")).isEqualTo(2);

        readAll("delivery");
        retention.drop();
        assertThat(rows("domain_event")).isZero();
        assertThat(exists("domain_event_202201")).isFalse();
    }

    @Test
    void theTrailTellsWhatWasDropped() {
        turn("2022-01-10");

        retention(null, 2).drop();

        assertThat(told("table:turn")).hasSize(1);
    }

    @Test
    void whatCannotBeToldIsNotDropped() {
        turn("2022-01-10");
        owner.execute("ALTER TABLE audit_entry ADD CONSTRAINT no_second CHECK (tenant_id <> 'second') NOT VALID");
        try {
            tenants = List.of(TENANT, new TenantId("second"));
            retention(null, 2).drop();
        } finally {
            owner.execute("ALTER TABLE audit_entry DROP CONSTRAINT no_second");
        }

        assertThat(exists("turn_202201")).isTrue();
        assertThat(told("table:turn")).isEmpty();

        retention(null, 2).drop();
        assertThat(exists("turn_202201")).isFalse();
    }

    @Test
    void aMonthThatSomebodyReadsWaitsAndKeepsNothingElse() throws SQLException {
        turn("2022-01-10");
        turn("1999-01-10");
        readAll("figures");
        readAll("delivery");
        try (var reader = db.ownerDataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("SELECT count(*) FROM turn_202201");

            retention(2, 2).drop();
        }

        assertThat(exists("turn_202201")).isTrue();
        assertThat(exists("domain_event_202201")).isFalse();
        assertThat(told("table:turn"))
                .extracting(entry -> String.valueOf(entry.details()))
                .hasSize(1)
                .first()
                .asString()
                .contains("turn_rest");
    }

    @Test
    void whatIsYoungIsNotDroppedWhoeverAsks() {
        for (String asked : List.of(
                "afterword_months_before('conversations', now(), '{}')",
                "afterword_drop_month('conversations', now(), '{}', 'turn_202201')",
                "afterword_delete_rest('conversations', now(), '{}', 10)")) {
            assertThatThrownBy(() -> jdbc.queryForList("SELECT * FROM " + asked))
                    .hasStackTraceContaining("younger than 30 days");
        }
    }

    @Test
    void onlyMonthsOfTheseTablesCanBeDropped() {
        Instant bound = Instant.parse("2022-04-01T00:00:00Z");
        for (String part : List.of("turn_202204", "turn_rest", "audit_entry", "domain_event_202201", "tenant")) {
            assertThat(jdbc.queryForObject(
                            "SELECT afterword_drop_month('conversations', ?::timestamptz, '{}', ?)",
                            Boolean.class,
                            bound.toString(),
                            part))
                    .isFalse();
            assertThat(exists(part)).isTrue();
        }
    }

    private List<TrailEntry> told(String subject) {
        return tenancy.in(
                TENANT,
                () -> trail.list(new TrailQuery(null, null, "system", "retention.dropped", subject, null), 10)
                        .items());
    }

    private Retention retention(@Nullable Integer events, @Nullable Integer conversations) {
        return new Retention(
                new RetentionSettings(events, conversations),
                jdbc,
                transactionManager,
                tenancy,
                () -> tenants,
                new TrailRepository(jdbc),
                () -> List.of("figures", "delivery"),
                clock);
    }

    private void partition(String table, String month, String from, String to) {
        owner.execute(
                "CREATE TABLE IF NOT EXISTS %s_%s PARTITION OF %s FOR VALUES FROM ('%s 00:00+00') TO ('%s 00:00+00')"
                        .formatted(table, month, table, from, to));
    }

    private void turn(String day) {
        owner.update(
                "INSERT INTO turn (tenant_id, opened_at, interaction_id, turn_number, speaker, text, said_at, is_final, event_key)"
                        + " VALUES (?, ?::timestamptz, 'c', 0, 'agent', 'Hello', now(), true, gen_random_uuid())",
                TENANT.value(),
                day + " 12:00+00");
    }

    private void event(String day) {
        owner.update(
                "INSERT INTO domain_event (tenant_id, recorded_at, type, subject, data) VALUES (?, ?::timestamptz, 't', 's', '{}')",
                TENANT.value(),
                day + " 12:00+00");
    }

    private void readAll(String consumer) {
        owner.update(
                "INSERT INTO event_cursor SELECT ?, ?, xid, number FROM domain_event ORDER BY xid DESC, number DESC LIMIT 1",
                TENANT.value(),
                consumer);
    }

    private long rows(String table) {
        Long rows = owner.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return rows == null ? -1 : rows;
    }

    private boolean exists(String part) {
        return Boolean.TRUE.equals(owner.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, part));
    }
}
