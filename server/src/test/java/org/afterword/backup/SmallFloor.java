package org.afterword.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;

/** A center that fills with a bit of everything through the API, so that each table holds rows. */
final class SmallFloor {
    private final ApiServer.Center center;
    private final ApiClient admin;
    private final Instant start;

    SmallFloor(ApiServer server, ApiServer.Center center) {
        this.center = center;
        this.admin = center.as(Role.ADMINISTRATOR);
        this.start = server.bean(InstantSource.class).instant().minus(Duration.ofMinutes(5));
    }

    ApiClient admin() {
        return admin;
    }

    /** People, a catalog, a webhook that nobody answers, three calls: confirmed and amended, deferred, and still open. */
    void fill() throws Exception {
        center.newUser("sue", Role.SUPERVISOR);
        admin.put("/api/v1/tags/VIP", "{\"label\": \"Very \\\"important\\\" \\\\ person\"}");
        admin.post("/api/v1/webhooks", "{\"url\": \"https://crm.invalid/hook\"}");
        for (String agent : new String[] {"ann", "ben", "cleo"}) {
            center.take(
                    AnEvent.of("agent.signed-in", agent, at(0), "{'name': '%s', 'team': 'north'}".formatted(agent)),
                    AnEvent.of("agent.ready", agent, at(1), "{}"));
        }
        String confirmed = call("ann", "call-1");
        String said = complete("ann", confirmed, "Asked for opening hours.");
        assertThat(said).isEqualTo("COMPLETED");
        Await.until(() -> delivered(confirmed));
        center.asAgent("ann")
                .post(
                        "/api/v1/wrap-ups/" + confirmed + "/revisions",
                        "{\"record\": {\"summary\": \"Asked for opening hours, twice.\"}, \"reason\": \"Was incomplete\"}");
        String deferred = call("ben", "call-2");
        center.asAgent("ben").post("/api/v1/wrap-ups/" + deferred + "/deferral", "{\"reason\": \"Must ask\"}");
        call("cleo", "call-3");
        var set = AnEvent.of("interaction.sung", "call-4", at(9), "{}");
        ApiClient connector = center.as(Role.INTEGRATION);
        connector.send(connector
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(BodyPublishers.ofString("[" + Json.write(set) + "]")));
    }

    /** A call of two minutes with words; answers the wrap-up that it left. */
    String call(String agent, String interaction) throws Exception {
        center.take(
                AnEvent.of(
                        "interaction.started",
                        interaction,
                        at(2),
                        "{'channel': 'voice', 'direction': 'inbound', 'queue': 'billing'}"),
                AnEvent.of("interaction.connected", interaction, at(5), "{'agentId': '%s'}".formatted(agent)),
                AnEvent.of(
                        "interaction.said",
                        interaction,
                        at(6),
                        "{'turn': 0, 'speaker': 'customer', 'text': 'Hello,\\nwhen do you open? \\\\ Grüße \\t!'}"),
                AnEvent.of(
                        "interaction.said",
                        interaction,
                        at(8),
                        "{'turn': 1, 'speaker': 'agent', 'text': 'We open at nine. I will send you an email.'}"),
                AnEvent.of(
                        "interaction.action", interaction, at(9), "{'name': 'refund', 'parameters': {'amount': 25}}"),
                AnEvent.of("interaction.recorded", interaction, at(10), "{'file': 'one.wav'}"),
                AnEvent.of("interaction.ended", interaction, at(125), "{'endedBy': 'customer'}"));
        for (JsonNode wrapUp :
                admin.get("/api/v1/wrap-ups?agentId=" + agent).json().path("items")) {
            if (wrapUp.path("interactionId").asString("").equals(interaction)) {
                return wrapUp.path("id").asString();
            }
        }
        throw new AssertionError("no wrap-up of " + interaction);
    }

    /** Completes as the agent itself; answers the status. */
    String complete(String agent, String wrapUp, String summary) throws Exception {
        ApiClient self = center.asAgent(agent);
        Answer done = self.send(self.request("/api/v1/wrap-ups/" + wrapUp + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", self.get("/api/v1/wrap-ups/" + wrapUp).header("ETag"))
                .POST(BodyPublishers.ofString(
                        "{\"record\": {\"summary\": \"%s\", \"resolution\": \"resolved\", \"disposition\": \"ANSWERED\"}, \"next\": \"AVAILABLE\"}"
                                .formatted(summary))));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        return done.text("/status");
    }

    /** Whether the record is in the file of JSON Lines. */
    boolean delivered(String wrapUp) throws Exception {
        return admin.get("/api/v1/deliveries?wrapUpId=" + wrapUp).body().contains("\"delivered\"");
    }

    private String at(int second) {
        return start.plusSeconds(second).toString();
    }
}
