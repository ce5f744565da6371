package org.afterword.speech.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.junit.jupiter.api.Test;

/** On a server without a recognizer, which is how it comes. */
class TranscriptionsApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient admin = center.as(Role.ADMINISTRATOR);

    @Test
    void whatBecameOfRecordingsIsListedPageByPage() throws Exception {
        recorded("c1");
        recorded("c2");

        var first = admin.get("/api/v1/transcriptions?limit=1");
        assertThat(first.text("/items/0/interactionId")).isEqualTo("c2");
        assertThat(first.text("/items/0/state")).isEqualTo("unconfigured");
        assertThat(first.text("/items/0/reason")).contains("no recognizer");
        var second = admin.get("/api/v1/transcriptions?limit=1&cursor=" + first.text("/next"));
        assertThat(second.text("/items/0/interactionId")).isEqualTo("c1");
        assertThat(second.json().path("next").isNull()
                        || second.json().path("next").isMissingNode())
                .isTrue();
        assertThat(admin.get("/api/v1/transcriptions?interactionId=c1").json().path("items"))
                .hasSize(1);
        assertThat(admin.get("/api/v1/transcriptions?state=failed").json().path("items"))
                .isEmpty();
        assertThat(admin.get("/api/v1/transcriptions/" + first.text("/items/0/id"))
                        .text("/interactionId"))
                .isEqualTo("c2");
    }

    @Test
    void whatIsAskedWronglyIsNamed() throws Exception {
        assertThat(admin.get("/api/v1/transcriptions?state=lost").text("/errors/0/pointer"))
                .isEqualTo("#/state");
        assertThat(admin.get("/api/v1/transcriptions?limit=0").status()).isEqualTo(422);
        assertThat(admin.get("/api/v1/transcriptions/nothing").status()).isEqualTo(404);
        assertThat(admin.post("/api/v1/transcriptions/retry", "{\"state\": \"done\"}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void nothingIsTriedAgainWithoutARecognizer() throws Exception {
        recorded("c1");
        String id = admin.get("/api/v1/transcriptions").text("/items/0/id");

        var retried = admin.post("/api/v1/transcriptions/" + id + "/retry", "");

        assertThat(retried.status()).isEqualTo(409);
        assertThat(retried.text("/detail")).contains("speech.endpoint.url");
        assertThat(admin.post("/api/v1/transcriptions/retry", "{\"state\": \"unconfigured\"}")
                        .status())
                .isEqualTo(409);
    }

    private void recorded(String interaction) throws Exception {
        center.take(AnEvent.of("interaction.recorded", interaction, "2026-03-02T08:59:00Z", "{'file': 'x.wav'}"));
    }
}
