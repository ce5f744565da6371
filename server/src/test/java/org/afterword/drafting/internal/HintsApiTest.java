package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an agent is told while typing. */
class HintsApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final Instant start = server.bean(InstantSource.class).instant().minusSeconds(300);

    private String call(String interaction, String... turns) throws Exception {
        center.take(
                AnEvent.of(
                        "interaction.started",
                        interaction,
                        start.toString(),
                        "{'channel': 'voice', 'customer': {'name': 'Kim Lee'}}"),
                AnEvent.of("interaction.connected", interaction, start.toString(), "{'agentId': 'ann'}"));
        for (int i = 0; i < turns.length; i++) {
            ObjectNode event = AnEvent.of(
                    "interaction.said", interaction, start.plusSeconds(i).toString(), "{}");
            ((ObjectNode) event.get("data"))
                    .put("turn", i)
                    .put("speaker", i % 2 == 0 ? "customer" : "agent")
                    .put("text", turns[i]);
            center.take(event);
        }
        return ann.get("/api/v1/wrap-ups?interactionId=" + interaction).text("/items/0/id");
    }

    private JsonNode hints(String wrapUp, String summary) throws Exception {
        var answer = ann.post("/api/v1/wrap-ups/" + wrapUp + "/hints", body(summary));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String body(String summary) {
        ObjectNode texts = Json.object().put("/summary", summary);
        return Json.write(Json.object().set("texts", texts));
    }

    @Test
    void whatWasNotHeardIsNamedWithItsPlace() throws Exception {
        String wrapUp = call("call", "I was charged forty dollars twice.", "I have refunded the forty dollars.");

        JsonNode hints = hints(wrapUp, "Kim Lee was charged twice. Refunded $14 to Amir.");

        assertThat(hints.has("obstacle")).isFalse();
        assertThat(hints.path("hints")).hasSize(2);
        JsonNode amount = hints.at("/hints/0");
        assertThat(amount.path("pointer").asString()).isEqualTo("/summary");
        assertThat(amount.path("kind").asString()).isEqualTo("amount");
        assertThat(amount.path("quote").asString()).isEqualTo("14");
        assertThat(amount.path("from").asInt()).isEqualTo(37);
        assertThat(amount.path("to").asInt()).isEqualTo(39);
        assertThat(amount.at("/turns/0").asInt()).isEqualTo(1);
        assertThat(hints.at("/hints/1/kind").asString()).isEqualTo("name");
    }

    @Test
    void anOpinionIsPointedOutAndWhatIsTrueIsLeftAlone() throws Exception {
        String wrapUp = call("call", "I was charged forty dollars twice.", "I have refunded the forty dollars.");

        assertThat(hints(wrapUp, "Customer was very rude.").at("/hints/0/kind").asString())
                .isEqualTo("opinion");
        assertThat(hints(wrapUp, "I have refunded the forty dollars.").path("hints"))
                .isEmpty();
        assertThat(hints(wrapUp, "").path("hints")).isEmpty();
    }

    @Test
    void whereNothingCanBeCheckedItSaysWhyAndMarksNothing() throws Exception {
        JsonNode hints = hints(call("silent"), "Refunded $14 to Amir.");

        assertThat(hints.path("obstacle").asString()).isEqualTo("noWords");
        assertThat(hints.path("hints")).isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsRefused() throws Exception {
        String wrapUp = call("call", "I was charged twice.");

        var answer = ann.post("/api/v1/wrap-ups/" + wrapUp + "/hints", body("Charged twice. ".repeat(1_000)));

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void nobodyElsesAgentIsTold() throws Exception {
        String wrapUp = call("call", "I was charged twice.");

        assertThat(center.asAgent("bob")
                        .post("/api/v1/wrap-ups/" + wrapUp + "/hints", body("Charged twice."))
                        .status())
                .isEqualTo(404);
        assertThat(center.as(Role.PLANNER)
                        .post("/api/v1/wrap-ups/" + wrapUp + "/hints", body("Charged twice."))
                        .status())
                .isEqualTo(403);
    }
}
