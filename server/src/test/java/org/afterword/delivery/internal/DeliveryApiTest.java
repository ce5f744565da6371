package org.afterword.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.DataFolder;
import org.afterword.platform.EventLog;
import org.afterword.platform.Tenancy;
import org.junit.jupiter.api.Test;

class DeliveryApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient admin = center.as(Role.ADMINISTRATOR);

    @Test
    void aWebhooksSecretIsShownOnce() throws Exception {
        var created = admin.post("/api/v1/webhooks", "{\"url\": \"https://crm.example.com/hook\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("/secret")).startsWith("whsec_");
        assertThat(created.text("/events/0")).isEqualTo("wrapup.completed");
        var listed = admin.get("/api/v1/webhooks");
        assertThat(listed.text("/items/0/id")).isEqualTo(created.text("/id"));
        assertThat(listed.body()).doesNotContain("whsec_");
    }

    @Test
    void everyEventThatIsUnknownIsNamed() throws Exception {
        var answer = admin.post(
                "/api/v1/webhooks",
                "{\"url\": \"https://crm.example.com/\", \"events\": [\"wrapup.opened\", \"rain\", null]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("#/events/1");
        assertThat(answer.text("/errors/1/pointer")).isEqualTo("#/events/2");
    }

    @Test
    void anAddressThatCannotBeTakenIsNamed() throws Exception {
        for (String url : new String[] {"\"ftp://crm.example.com/\"", "\"no address\"", "null"}) {
            var answer = admin.post("/api/v1/webhooks", "{\"url\": %s}".formatted(url));

            assertThat(answer.status()).as(url).isEqualTo(422);
            assertThat(answer.text("/errors/0/pointer")).as(url).isEqualTo("#/url");
        }
    }

    @Test
    void aWebhookToThisMachineFailsItsTest() throws Exception {
        String id = admin.post("/api/v1/webhooks", "{\"url\": \"http://localhost:1/hook\"}")
                .text("/id");

        var result = admin.post("/api/v1/webhooks/" + id + "/test", "");

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.text("/outcome")).isEqualTo("permanent");
        assertThat(result.text("/reason")).contains("not a public one");
    }

    @Test
    void aRemovedWebhookIsGone() throws Exception {
        String id = admin.post("/api/v1/webhooks", "{\"url\": \"https://crm.example.com/hook\"}")
                .text("/id");

        assertThat(admin.delete("/api/v1/webhooks/" + id).status()).isEqualTo(204);

        assertThat(admin.delete("/api/v1/webhooks/" + id).status()).isEqualTo(404);
        assertThat(admin.get("/api/v1/webhooks").json().path("items")).isEmpty();
    }

    @Test
    void connectorsAreConfiguredAndTested() throws Exception {
        assertThat(admin.get("/api/v1/connectors").text("/items/0/id")).isEqualTo("json-lines");
        assertThat(admin.post("/api/v1/connectors/json-lines/test", "")
                        .json()
                        .path("works")
                        .asBoolean())
                .isTrue();

        var off = admin.put("/api/v1/connectors/json-lines", "{\"enabled\": false}");

        assertThat(off.status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/connectors/json-lines")
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(admin.put("/api/v1/connectors/nothing", "{}").status()).isEqualTo(404);
    }

    @Test
    void aConfirmedRecordGoesIntoTheFileByItself() throws Exception {
        confirm("w1");

        Await.until(() -> admin.get("/api/v1/deliveries").text("/items/0/state").equals("delivered"));

        var delivery = admin.get("/api/v1/deliveries?state=delivered&wrapUpId=w1");
        assertThat(delivery.text("/items/0/approvedBy/kind")).isEqualTo("person");
        assertThat(delivery.text("/items/0/attempts/0/outcome")).isEqualTo("delivered");
        var file = server.bean(DataFolder.class).path().resolve("outbox/%s/2026-03.jsonl".formatted(center.id()));
        assertThat(Files.readAllLines(file)).singleElement().asString().contains("Card blocked");
        assertThat(admin.post("/api/v1/deliveries/" + delivery.text("/items/0/id") + "/retry", "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void deliveriesComeInPages() throws Exception {
        for (int i = 1; i <= 3; i++) {
            confirm("w" + i);
        }
        Await.until(() -> admin.get("/api/v1/deliveries").json().path("items").size() == 3);

        var first = admin.get("/api/v1/deliveries?limit=2");
        var second = admin.get("/api/v1/deliveries?limit=2&cursor=" + first.text("/next"));

        assertThat(first.json().path("items")).hasSize(2);
        assertThat(second.json().path("items")).hasSize(1);
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void onlyAdministratorsSetUpConnectors() throws Exception {
        ApiClient supervisor = center.as(Role.SUPERVISOR);

        assertThat(supervisor.get("/api/v1/webhooks").status()).isEqualTo(403);
        assertThat(supervisor.get("/api/v1/connectors").status()).isEqualTo(403);
        assertThat(supervisor.get("/api/v1/deliveries").status()).isEqualTo(200);
        assertThat(center.asAgent("ann").get("/api/v1/deliveries").status()).isEqualTo(403);
    }

    @Test
    void theTrailTellsWhoSentRecordsWhere() throws Exception {
        admin.post("/api/v1/webhooks", "{\"url\": \"https://crm.example.com/hook\"}");

        var trail = admin.get("/api/v1/audit?kind=connector.created");

        assertThat(trail.body()).contains("https://crm.example.com/hook").doesNotContain("whsec_");
    }

    private void confirm(String wrapUpId) {
        var data = Map.of(
                "wrapUpId",
                wrapUpId,
                "sequence",
                1,
                "record",
                Map.of("summary", "Card blocked"),
                "approvedBy",
                Map.of("kind", "person", "id", "user:ann"));
        server.bean(Tenancy.class)
                .run(
                        center.id(),
                        () -> server.bean(EventLog.class)
                                .append(new EventLog.NewEvent(
                                        Instant.parse("2026-03-02T09:00:00Z"),
                                        "wrapup.completed",
                                        wrapUpId,
                                        "i1",
                                        data)));
    }
}
