package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailEntry;
import org.afterword.governance.TrailQuery;
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
    final JdbcTemplate jdbc = new JdbcTemplate(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final TestClock clock = TestClock.at("2022-06-15T12:00:00Z");
    final Trail trail = new Trail(new TrailRepository(jdbc), tenancy, clock);

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

        List<TrailEntry> told = tenancy.in(
                TENANT,
                () -> trail.list(new TrailQuery(null, null, "system", "retention.dropped", "table:turn", null), 10)
                        .items());
        assertThat(told).hasSize(1);
    }

    @Test
    void whatIsYoungIsNotDroppedWhoeverAsks() {
        assertThatThrownBy(() -> jdbc.queryForList("SELECT * FROM afterword_drop_before('conversations', now(), '{}')"))
                .hasStackTraceContaining("younger than 30 days");
    }

    private Retention retention(@Nullable Integer events, @Nullable Integer conversations) {
        return new Retention(
                new RetentionSettings(events, conversations),
                jdbc,
                tenancy,
                () -> List.of(TENANT),
                trail,
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
