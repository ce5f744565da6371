package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** No tenant sees another's rows, whatever the code asks for: the database itself refuses, with the role of production. */
class TenantIsolationTest {
    /** Tables that name a tenant and are open all the same, and why that shows nobody's data. */
    private static final Map<String, String> OPEN = Map.of(
            "tenant", "the directory of tenants is read to find out whose request it is; it holds no customer data",
            "due_work", "workers claim across tenants; it holds kinds, ids and times, no customer data",
            "uptime", "one beat is for all tenants; it holds times alone");

    /** Tables with a tenant_id column, partitions too, which could be read by their own name. */
    private static final String TENANT_TABLES = """
            SELECT c.relname
              FROM pg_class AS c
              JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
             ORDER BY c.relname
            """;

    private static final String IS_FORCED =
            "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = CAST(? AS regclass)";
    private static final String POLICIES =
            "SELECT permissive || ' ' || cmd || ' ' || qual || ' ' || with_check FROM pg_policies WHERE tablename = ?";
    private static final String MAY_READ = "SELECT has_table_privilege(CAST(? AS regclass), 'SELECT')";

    /** Tables with rows of every busy center. */
    private static final List<String> FILLED = List.of(
            "app_user",
            "agent",
            "interaction",
            "leg",
            "leg_fact",
            "turn",
            "inbound_event",
            "event_key",
            "wrap_up",
            "wrap_up_record",
            "domain_event",
            "audit_entry",
            "catalog_version");

    static final PostgresDatabase DATABASE = PostgresDatabase.ofProgram();
    static final PipelinedJdbc APP = new PipelinedJdbc(DATABASE.dataSource());
    static final JdbcTemplate OWNER = new JdbcTemplate(DATABASE.ownerDataSource());

    final ApiServer server = ApiServer.running();

    static List<String> guardedTables() {
        return texts(OWNER, TENANT_TABLES).stream()
                .filter(table -> !OPEN.containsKey(table))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("guardedTables")
    void everyTableWithATenantForcesItsPolicy(String table) {
        assertThat(OWNER.queryForObject(IS_FORCED, Boolean.class, table)).isTrue();
        assertThat(OWNER.queryForList(POLICIES, String.class, table))
                .containsExactly("PERMISSIVE ALL (tenant_id = afterword_tenant()) (tenant_id = afterword_tenant())");
    }

    @Test
    void theTestWalksTablesAndPartitionsAlike() {
        assertThat(guardedTables()).contains("app_user", "domain_event", "domain_event_rest", "audit_entry_rest");
        assertThat(texts(OWNER, TENANT_TABLES)).containsAll(OPEN.keySet());
    }

    @Test
    void theProgramWorksAsARoleThatThePoliciesHold() {
        assertThat(APP.queryForObject(
                        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", Boolean.class))
                .isFalse();
    }

    @Test
    void withoutATenantNoRowOfAnyIsReadable() throws Exception {
        ApiServer.Center center = busyCenter();

        for (String table : guardedTables()) {
            if (mayRead(table)) {
                assertThat(count(APP, table)).as(table).isZero();
            }
        }
        for (String table : FILLED) {
            assertThat(count(OWNER, table)).as(table).isPositive();
        }
        assertThat(center.as(Role.ADMINISTRATOR).get("/api/v1/users").json().at("/items"))
                .isNotEmpty();
    }

    @Test
    void withATenantOnlyItsOwnRowsAreReadable() throws Exception {
        ApiServer.Center one = busyCenter();
        busyCenter();
        var tenancy = new Tenancy(APP, new JdbcTransactionManager(DATABASE.dataSource()));

        for (String table : guardedTables()) {
            if (mayRead(table)) {
                List<String> seen = tenancy.in(one.id(), () -> tenantsIn(table));
                assertThat(seen).as(table).allMatch(one.id().value()::equals);
            }
        }
        for (String table : FILLED) {
            assertThat(tenancy.in(one.id(), () -> tenantsIn(table)))
                    .as(table)
                    .containsExactly(one.id().value());
        }
    }

    @Test
    void aRowForAnotherTenantIsNotWritten() {
        ApiServer.Center one = server.newTenant();
        TenantId other = server.newTenant().id();
        var tenancy = new Tenancy(APP, new JdbcTransactionManager(DATABASE.dataSource()));

        assertThatThrownBy(() -> tenancy.run(
                        one.id(),
                        () -> APP.update(
                                "INSERT INTO event_cursor (tenant_id, consumer, xid, number) VALUES (?, 'x', '0', 0)",
                                other.value())))
                .hasStackTraceContaining("row-level security");
    }

    /** A tenant with rows in the tables that matter most. */
    private ApiServer.Center busyCenter() throws Exception {
        ApiServer.Center center = server.newTenant();
        center.newUser("sue", Role.SUPERVISOR);
        center.as(Role.ADMINISTRATOR).put("/api/v1/tags/X", "{\"label\": \"X\"}");
        Instant start = server.bean(InstantSource.class).instant().minusSeconds(60);
        center.take(
                AnEvent.of("agent.signed-in", "ann", start.toString(), "{}"),
                AnEvent.of("interaction.started", "c1", start.toString(), "{'channel': 'voice'}"),
                AnEvent.of("interaction.connected", "c1", start.plusSeconds(1).toString(), "{'agentId': 'ann'}"),
                AnEvent.of(
                        "interaction.said",
                        "c1",
                        start.plusSeconds(2).toString(),
                        "{'turn': 0, 'speaker': 'customer', 'text': 'Hello, my name is Maria.'}"),
                AnEvent.of("interaction.ended", "c1", start.plusSeconds(9).toString(), "{}"));
        ApiClient ann = center.asAgent("ann");
        String id = ann.get("/api/v1/wrap-ups").text("/items/0/id");
        ann.send(ann.request("/api/v1/wrap-ups/" + id)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"")
                .method("PATCH", BodyPublishers.ofString("{\"record\": {\"summary\": \"Said hello.\"}}")));
        return center;
    }

    private static boolean mayRead(String table) {
        return Boolean.TRUE.equals(APP.queryForObject(MAY_READ, Boolean.class, table));
    }

    private static long count(JdbcTemplate jdbc, String table) {
        Long rows = jdbc.queryForObject("SELECT count(*) FROM \"" + table + "\"", Long.class);
        return rows == null ? -1 : rows;
    }

    private static List<String> tenantsIn(String table) {
        return texts(APP, "SELECT DISTINCT tenant_id FROM \"" + table + "\"");
    }

    private static List<String> texts(JdbcTemplate jdbc, String sql) {
        return jdbc.query(sql, (rs, n) -> rs.getString(1));
    }
}
