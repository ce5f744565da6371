package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.EventLog;
import org.afterword.platform.Tenancy;
import org.afterword.platform.internal.Sampler;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each figure at {@code /metrics} moves with what it tells of. */
class FiguresTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final String tenant = "tenant=\"" + center.id() + "\"";

    @Test
    void eventsAreCountedByWhatBecameOfThem() throws Exception {
        var event = AnEvent.of("agent.signed-in", "ann", "2026-03-02T08:00:00Z", "{}");
        var unknown = AnEvent.of("interaction.exploded", "i1", "2026-03-02T08:00:00Z", "{}");
        var connector = center.as(Role.INTEGRATION);
        double batches = own("afterword_event_batch_seconds_count");

        center.take(event);
        post(connector, event);
        post(connector, unknown);

        assertThat(own("afterword_events_total", "outcome=\"accepted\"")).isEqualTo(1);
        assertThat(own("afterword_events_total", "outcome=\"duplicate\"")).isEqualTo(1);
        assertThat(own("afterword_events_total", "outcome=\"rejected\"")).isEqualTo(1);
        assertThat(all("afterword_event_batch_seconds_count")).isGreaterThan(batches);
        assertThat(sampled("afterword_events_set_aside", tenant)).isEqualTo(1);
    }

    @Test
    void aConnectWhileAWrapUpHoldsIsALeak() throws Exception {
        String now = Instant.now().minusSeconds(20).toString();
        String later = Instant.now().minusSeconds(10).toString();
        String last = Instant.now().minusSeconds(5).toString();

        center.take(
                AnEvent.of("agent.signed-in", "ann", now, "{}"),
                AnEvent.of("interaction.started", "i1", now, "{'channel': 'voice', 'direction': 'inbound'}"),
                AnEvent.of("interaction.connected", "i1", now, "{'agentId': 'ann'}"),
                AnEvent.of("interaction.ended", "i1", later, "{'endedBy': 'customer'}"));
        assertThat(own("afterword_gate_connects_total", tenant)).isEqualTo(1);
        assertThat(own("afterword_gate_leaks_total", tenant)).isZero();

        center.take(
                AnEvent.of("interaction.started", "i2", last, "{'channel': 'voice', 'direction': 'inbound'}"),
                AnEvent.of("interaction.connected", "i2", last, "{'agentId': 'ann'}"));
        assertThat(own("afterword_gate_connects_total", tenant)).isEqualTo(2);
        assertThat(own("afterword_gate_leaks_total", tenant)).isEqualTo(1);

        var refused = center.as(Role.INTEGRATION)
                .post("/api/v1/routing/reservations", "{\"channel\": \"voice\", \"interactionId\": \"i3\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(own("afterword_gate_refusals_total", tenant)).isEqualTo(1);

        center.take(AnEvent.of("interaction.connected", "i2", last, "{'agentId': 'sam', 'role': 'monitor'}"));
        assertThat(own("afterword_gate_connects_total", tenant)).isEqualTo(2);
    }

    @Test
    void aReaderOfTheLogThatIsBehindIsToldByEventsAndAge() {
        var tenancy = server.bean(Tenancy.class);
        var jdbc = server.bean(JdbcTemplate.class);
        tenancy.run(center.id(), () -> {
            server.bean(EventLog.class)
                    .append(new EventLog.NewEvent(
                            Instant.now().minus(Duration.ofMinutes(2)), "queue.status", "q", null, Map.of()));
            jdbc.update(
                    "INSERT INTO event_cursor (tenant_id, consumer, xid, number) VALUES (?, 'nobody', '0', 0)",
                    center.id().value());
        });

        assertThat(sampled("afterword_event_consumer_lag_events", tenant, "consumer=\"nobody\""))
                .isEqualTo(1);
        assertThat(sampled("afterword_event_consumer_lag_seconds", tenant, "consumer=\"nobody\""))
                .isBetween(120.0, 600.0);
    }

    @Test
    void whatWaitsForAConnectorAndWhatWasGivenUpIsCounted() {
        server.bean(Tenancy.class).run(center.id(), () -> {
            delivery("d1", "pending", "now() + interval '1 h'");
            delivery("d2", "pending", "NULL"); // its connector is switched off
            delivery("d3", "failed", "NULL");
            delivery("d4", "failed", "NULL");
            server.bean(JdbcTemplate.class).update("UPDATE delivery SET connector_id = 'c2' WHERE delivery_id = 'd4'");
            server.bean(JdbcTemplate.class).update("""
                            INSERT INTO connector (tenant_id, connector_id, kind, enabled, event_types, url, secret, created_at, removed_at)
                            VALUES (?, 'c2', 'webhook', true, '{gate.leaked}', 'https://example.com', 'whsec_x', now(), now())
                            """, center.id().value());
        });

        assertThat(sampled("afterword_deliveries_waiting", tenant)).isEqualTo(1);
        assertThat(sampled("afterword_deliveries_oldest_seconds", tenant)).isBetween(60.0, 600.0);
        assertThat(sampled("afterword_deliveries_failed", tenant)).isEqualTo(1);
        assertThat(sampled("afterword_connectors_failing", tenant)).isZero();
    }

    private void delivery(String id, String state, String nextAttemptAt) {
        server.bean(JdbcTemplate.class)
                .update("""
                        INSERT INTO delivery (tenant_id, event_at, connector_id, event_id, delivery_id, event_type, body, state,
                                              created_at, give_up_at, next_attempt_at)
                        VALUES (?, now(), 'c1', ?, ?, 'gate.leaked', '{}', ?, now() - interval '1 min', now() + interval '1 day', %s)
                        """.formatted(nextAttemptAt), center.id().value(), id, id, state);
    }

    @Test
    void aDraftThatWasMadeIsCountedAndSoIsTheWorkOnIt() throws Exception {
        double drafts = all("afterword_drafts_seconds_count", "outcome=\"made\"");
        double works = all("afterword_due_work_lateness_seconds_count", "kind=\"draft\"");

        center.take(AnEvent.said("i1", 1, "customer", "I want to know where my order is."));

        Await.until(() -> all("afterword_drafts_seconds_count", "outcome=\"made\"") > drafts
                && all("afterword_due_work_lateness_seconds_count", "kind=\"draft\"") > works);
        assertThat(all("afterword_draft_model_loaded")).isEqualTo(1);
    }

    @Test
    void theRestIsThereToo() throws Exception {
        center.as(Role.ADMINISTRATOR).get("/api/v1/agents");
        // counted once its answer is out
        Await.until(() -> everything().contains("http_server_requests_seconds_count{"));

        assertThat(all("afterword_database_up")).isEqualTo(1);
        assertThat(all("afterword_storage_full")).isZero();
        assertThat(sampled("afterword_disk_free_bytes")).isPositive();
        assertThat(everything())
                .contains(
                        "afterword_database_outages_total",
                        "afterword_database_down_seconds_total",
                        "afterword_stream_listeners",
                        "afterword_drafts_seconds_count{outcome=\"failed\"}",
                        "afterword_due_work_failures_total{kind=\"draft\"}",
                        "hikaricp_connections_active{pool=\"app\"",
                        "hikaricp_connections_pending{pool=\"app\"",
                        "hikaricp_connections_timeout_total{pool=\"app\"",
                        "jvm_memory_used_bytes",
                        "http_server_requests_seconds_count{");
        server.bean(Sampler.class).sampleAll();
        assertThat(everything())
                .contains("afterword_due_work_waiting{kind=\"wrapup.deadline\"}")
                .contains("afterword_due_work_oldest_seconds{kind=\"draft\"}");
    }

    @Test
    void aRouteIsOneHoweverManyThingsItNames() throws Exception {
        var supervisor = center.as(Role.SUPERVISOR);
        supervisor.get("/api/v1/agents/ann-" + center.id());

        assertThat(everything()).contains("uri=\"/api/v1/agents/{").doesNotContain("ann-" + center.id());
    }

    @Test
    void figuresTakeATokenAndShowNobodyElsesTenant() throws Exception {
        var other = server.newTenant();
        other.take(AnEvent.of("agent.signed-in", "ann", "2026-03-02T08:00:00Z", "{}"));
        center.take(AnEvent.of("agent.signed-in", "ann", "2026-03-02T08:00:00Z", "{}"));

        assertThat(server.anonymous().get("/metrics").status()).isEqualTo(401);
        assertThat(center.as(Role.SUPERVISOR).get("/metrics").status()).isEqualTo(403);
        var answer = center.as(Role.ADMINISTRATOR).get("/metrics");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.body()).contains(tenant).doesNotContain("tenant=\"" + other.id() + "\"");
    }

    private static void post(ApiClient connector, Object event) throws Exception {
        var answer = connector.send(connector
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(org.afterword.platform.Json.write(event))));
        assertThat(answer.status()).isEqualTo(202);
    }

    private double own(String name, String... labels) throws Exception {
        String answer = center.as(Role.ADMINISTRATOR).get("/metrics").body();
        return value(answer, name, labels);
    }

    private double sampled(String name, String... labels) {
        server.bean(Sampler.class).sampleAll();
        return all(name, labels);
    }

    private double all(String name, String... labels) {
        return value(everything(), name, labels);
    }

    private String everything() {
        return server.bean(io.micrometer.prometheusmetrics.PrometheusMeterRegistry.class)
                .scrape();
    }

    /** Of the first line that fits; 0 if there is none. */
    private static double value(String scraped, String name, String... labels) {
        return scraped.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> java.util.Arrays.stream(labels).allMatch(line::contains))
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0.0);
    }
}
