package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From what an agent types about a silent call to the draft, and from what was heard of the customer to a proposal, over HTTP. */
class KeywordDraftsTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final Instant start = server.bean(InstantSource.class).instant().minusSeconds(300);

    @BeforeEach
    void aTeamWithAbbreviationsAndATemplate() throws Exception {
        ApiClient ada = center.as(Role.ADMINISTRATOR);
        put(ada, "/api/v1/abbreviations/dmgd", "{'code': 'dmgd', 'label': 'Damaged', 'text': 'damaged'}");
        put(ada, "/api/v1/abbreviations/cb", "{'code': 'cb', 'label': 'Callback', 'text': 'callback promised'}");
        put(
                ada,
                "/api/v1/call-types/RETURNS",
                "{'code': 'RETURNS', 'label': 'Returns', 'description': 'Returns and refunds of damaged goods'}");
        put(
                ada,
                "/api/v1/templates/returns",
                "{'code': 'returns', 'label': 'Returns', 'text': 'Return: {keywords}.', 'callTypes': ['RETURNS']}");
    }

    private static void put(ApiClient ada, String path, String json) throws Exception {
        var answer = ada.put(path, json.replace('\'', '"'));
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
    }

    private void call(String interaction, String... turns) throws Exception {
        center.take(
                AnEvent.of(
                        "interaction.started",
                        interaction,
                        start.toString(),
                        "{'channel': 'voice', 'callType': 'RETURNS', 'customer': {'id': 'C-1', 'name': 'Kim Lee', 'phone': '+1 555 010 1234',"
                                + " 'address': '12 Oak Street'}}"),
                AnEvent.of("interaction.connected", interaction, start.toString(), "{'agentId': 'ann'}"));
        for (int i = 0; i < turns.length; i++) {
            ObjectNode said = AnEvent.of(
                    "interaction.said", interaction, start.plusSeconds(i).toString(), "{}");
            ((ObjectNode) said.get("data"))
                    .put("turn", i)
                    .put("speaker", "customer")
                    .put("text", turns[i]);
            center.take(said);
        }
        center.take(AnEvent.of(
                "interaction.ended", interaction, start.plusSeconds(60).toString(), "{}"));
        Await.until(() -> wrapUp(interaction).at("/draft/status").asString().equals("ready"));
    }

    private JsonNode wrapUp(String interaction) throws Exception {
        return ann.get("/api/v1/wrap-ups?interactionId=" + interaction).json().at("/items/0");
    }

    private ApiClient.Answer type(String interaction, String record) throws Exception {
        JsonNode wrapUp = wrapUp(interaction);
        ApiClient.Answer answer =
                ann.send(ann.request("/api/v1/wrap-ups/" + wrapUp.path("id").asString())
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"" + wrapUp.path("version").asLong() + "\"")
                        .method("PATCH", BodyPublishers.ofString("{\"record\": " + record.replace('\'', '"') + "}")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void aFewKeywordsBecomeATemplatedRecordAndWhatWasTypedStays() throws Exception {
        call("silent");
        type("silent", "{'issue': 'Box arrived open.'}");

        type("silent", "{'keywords': 'refund dmgd box, cb fri'}");

        JsonNode wrapUp = Await.answer(() -> {
            JsonNode now = wrapUp("silent");
            assertThat(now.at("/record/summary").asString(""))
                    .isEqualTo("Return: refund damaged box, callback promised Friday.");
            return now;
        });
        assertThat(wrapUp.at("/provenance/~1summary/status").asString()).isEqualTo("drafted");
        assertThat(wrapUp.at("/record/issue").asString()).isEqualTo("Box arrived open.");
        assertThat(wrapUp.at("/record/followUps/followUps~1noted.callback/kind").asString())
                .isEqualTo("callback");
        assertThat(wrapUp.at("/draft/followUps/0/evidence/0/wrapUpId").asString())
                .isEqualTo(wrapUp.path("id").asString());
        assertThat(wrapUp.at("/draft/sentiment/check").asString()).isEqualTo("notHeard");

        type("silent", "{'keywords': 'refund dmgd box'}");

        Await.until(() -> wrapUp("silent").at("/record/summary").asString("").equals("Return: refund damaged box."));
        assertThat(wrapUp("silent").at("/record/followUps").isMissingNode()).isTrue();
    }

    @Test
    void aNewNumberIsProposedWithItsTurnAndFilledInByNobodyButAPerson() throws Exception {
        call("moved", "Hello, my box came open.", "My new number is 555-010-9999.");

        JsonNode wrapUp = wrapUp("moved");

        assertThat(wrapUp.at("/draft/customerChanges/phone/value"))
                .isEqualTo(Json.read("{\"old\": \"+1 555 010 1234\", \"new\": \"555-010-9999\"}"));
        assertThat(wrapUp.at("/draft/customerChanges/phone/evidence/0/turn").asInt())
                .isEqualTo(1);
        assertThat(wrapUp.at("/draft/customerChanges/phone/check").asString()).isEqualTo("supported");
        assertThat(wrapUp.path("record").has("customerChanges")).isFalse();
        assertThat(wrapUp.at("/customer/address").asString()).isEqualTo("12 Oak Street");
    }
}
