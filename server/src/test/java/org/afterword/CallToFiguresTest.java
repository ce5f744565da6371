package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.afterword.ApiClient.Answer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A call through all modules, by the API alone: what one of them says is what the next one understands. */
class CallToFiguresTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final ApiClient admin = center.as(Role.ADMINISTRATOR);
    final Instant start = server.bean(InstantSource.class).instant().minus(Duration.ofMinutes(5));

    @Test
    void aConfirmedRecordIsDeliveredAndCountedOnce() throws Exception {
        callOfTwoMinutes();
        Answer wrapUp = ann.get("/api/v1/wrap-ups?agentId=ann");
        String id = wrapUp.text("/items/0/id");

        Answer completed = complete(id, """
                {"record": {"summary": "Asked for opening hours.", "resolution": "resolved", "disposition": "ANSWERED"},
                 "next": "AVAILABLE"}
                """);
        assertThat(completed.status()).as(completed.body()).isEqualTo(200);

        Await.until(() -> deliveries(id).text("/items/0/state").equals("delivered"));
        assertThat(deliveries(id).json().path("items")).hasSize(1);
        assertThat(deliveries(id).text("/items/0/approvedBy/kind")).isEqualTo("token");
        JsonNode line = Json.read(Files.readString(
                server.bean(DataFolder.class).path().resolve("outbox/%s/%s.jsonl".formatted(center.id(), month()))));
        assertThat(line.at("/data/record/summary").asString()).isEqualTo("Asked for opening hours.");
        assertThat(line.at("/data/wrapUpId").asString()).isEqualTo(id);

        Await.until(() -> report("queue").text("/totals/handled").equals("1"));
        JsonNode row = report("queue").json().at("/rows/0");
        assertThat(row.path("key").asString()).isEqualTo("billing");
        assertThat(row.path("handled").asInt()).isEqualTo(1);
        assertThat(row.path("acwTotalSeconds").asDouble()).isBetween(170.0, 600.0);
        assertThat(row.path("ahtSeconds").asDouble())
                .isEqualTo(120 + row.path("acwTotalSeconds").asDouble());
        JsonNode agent = report("agent").json().at("/rows/0");
        assertThat(agent.path("acwPercent").asDouble()).isBetween(1.0, 100.0);
        assertThat(agent.path("occupancy").asDouble()).isBetween(0.1, 1.0);
        assertThat(row.path("leaks").asInt(-1)).isZero();
        assertThat(row.path("leaksPer10000").asDouble(-1)).isZero();
        assertThat(row.path("systemWaitTotalSeconds").asDouble(-1)).isZero();
        assertThat(floorBoard())
                .contains("Gate leaks today</dt><dd class=\"\">0<small>in %s<"
                        .formatted(endedToday() ? "1 contact" : "0 contacts"));
        assertThat(report("channel").json().at("/rows/0/key").asString()).isEqualTo("voice");
    }

    private void callOfTwoMinutes() throws Exception {
        center.take(
                AnEvent.of("agent.signed-in", "ann", at(0), "{'name': 'Ann', 'team': 'north'}"),
                AnEvent.of("agent.ready", "ann", at(1), "{}"),
                AnEvent.of(
                        "interaction.started",
                        "c1",
                        at(2),
                        "{'channel': 'voice', 'direction': 'inbound', 'queue': 'billing'}"),
                AnEvent.of("interaction.connected", "c1", at(5), "{'agentId': 'ann'}"),
                AnEvent.of("interaction.ended", "c1", at(125), "{'endedBy': 'customer'}"));
    }

    private String floorBoard() throws Exception {
        center.newUser("sue", Role.SUPERVISOR);
        Browser supervisor = center.browser();
        supervisor.signIn("sue");
        return supervisor.get("/floor/board").body();
    }

    /** The test may run at midnight. */
    private boolean endedToday() {
        return !start.plusSeconds(125)
                .isBefore(server.bean(InstantSource.class).instant().truncatedTo(ChronoUnit.DAYS));
    }

    private Answer complete(String id, String body) throws Exception {
        return ann.send(ann.request("/api/v1/wrap-ups/" + id + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", ann.get("/api/v1/wrap-ups/" + id).header("ETag"))
                .POST(BodyPublishers.ofString(body)));
    }

    private Answer deliveries(String wrapUpId) throws Exception {
        return admin.get("/api/v1/deliveries?wrapUpId=" + wrapUpId);
    }

    private Answer report(String groupBy) throws Exception {
        return admin.get("/api/v1/reports/acw?from=%s&to=%s&groupBy=%s"
                .formatted(start, start.plus(Duration.ofHours(1)), groupBy));
    }

    private String month() {
        return server.bean(InstantSource.class).instant().toString().substring(0, 7);
    }

    private String at(int second) {
        return start.plusSeconds(second).toString();
    }
}
