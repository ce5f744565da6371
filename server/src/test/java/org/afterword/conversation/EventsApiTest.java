package org.afterword.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;

class EventsApiTest {
    static final String STRUCTURED = "application/cloudevents+json; charset=utf-8";
    static final String BATCH = "application/cloudevents-batch+json";

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient connector = center.as(Role.INTEGRATION);
    final ApiClient supervisor = center.as(Role.SUPERVISOR);

    @Test
    void aStructuredEventIsTaken() throws Exception {
        Answer answer = post(STRUCTURED, """
                {"specversion": "1.0", "source": "/telephony/pbx-1", "time": "2026-10-09T14:51:52.000Z",
                 "datacontenttype": "application/json", "type": "interaction.ended", "id": "1791550312.1-ended",
                 "subject": "1791550000.1", "data": {"endedBy": "customer"}}
                """);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("""
                {"accepted":1,"duplicates":0,"rejected":[]}""");
    }

    @Test
    void aBatchIsTakenAsFarAsItCanBe() throws Exception {
        ArrayNode batch = Json.mapper().createArrayNode();
        batch.add(AnEvent.said("c1", 0, "agent", "Good morning"));
        batch.add("no event");
        batch.addObject().put("specversion", "1.0").put("id", "x").put("type", "interaction.ended");

        Answer answer = post(BATCH, batch.toString());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/accepted")).isEqualTo("1");
        assertThat(answer.text("/rejected/0/reason")).isEqualTo("an event must be a JSON object");
        assertThat(answer.text("/rejected/1/index")).isEqualTo("2");
        assertThat(answer.text("/rejected/1/id")).isEqualTo("x");
        assertThat(answer.text("/rejected/1/reason")).isEqualTo("source: must be a text, is missing");
        assertThat(post(BATCH, "[]").status()).isEqualTo(202);
    }

    @Test
    void anEventInBinaryModeIsTakenWithItsHeadersDecoded() throws Exception {
        Answer answer = connector.send(connector
                .request("/api/v1/events")
                .header("ce-specversion", "1.0")
                .header("CE-Type", "interaction.said")
                .header("ce-source", "\"/pbx\"")
                .header("ce-id", "said-1")
                .header("ce-time", "2026-10-09T14:51:52.000Z")
                .header("ce-subject", "Euro%20%E2%82%AC%20%F0%9F%98%80")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"turn\": 0, \"speaker\": \"agent\", \"text\": \"Hello\"}")));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(supervisor
                        .get("/api/v1/interactions/Euro%20%E2%82%AC%20%F0%9F%98%80/transcript")
                        .text("/turns/0/text"))
                .isEqualTo("Hello");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/cloudevents+avro          | {}                                              | 415
            application/cloudevents-batch+avro    | []                                              | 415
            text/plain                            | hello                                           | 415
            application/json                      | {"specversion": "1.0"}                          | 400
            application/cloudevents+json          | {"specversion": "1.0"                           | 400
            application/cloudevents+json          | {"specversion": "1.0", "id": "1", "type": "a"}  | 400
            application/cloudevents+json          | [1]                                             | 400
            application/cloudevents-batch+json    | {}                                              | 400
            application/cloudevents-batch+json    | [{}                                             | 400
            application/cloudevents-batch+json    | [] []                                           | 400
            """)
    void whatIsNoCloudEventIsRefused(String contentType, String body, int status) throws Exception {
        Answer answer = post(contentType, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"ce-id, %C0%A0", "ce-id, 50%", "ce-datacontenttype, application/json"})
    void badHeadersOfBinaryModeAreRefused(String header, String value) throws Exception {
        var request = connector
                .request("/api/v1/events")
                .header("ce-specversion", "1.0")
                .header("ce-type", "interaction.ended")
                .header("ce-source", "/pbx")
                .header("Content-Type", "application/json")
                .setHeader("ce-id", "1")
                .setHeader(header, value);

        assertThat(connector.send(request.POST(BodyPublishers.ofString("{}"))).status())
                .isEqualTo(400);
    }

    @Test
    void tooMuchIsRefusedBeforeAnythingIsTaken() throws Exception {
        String event = AnEvent.said("c1", 0, "agent", "x".repeat(1000)).toString();

        assertThat(post(BATCH, "[" + event + (",{}").repeat(5_000) + "]").status())
                .isEqualTo(413);
        assertThat(post(BATCH, "[" + event + ("," + event).repeat(7_500) + "]").status())
                .isEqualTo(413);
        assertThat(supervisor.get("/api/v1/interactions/c1/transcript").status())
                .isEqualTo(404);
    }

    @Test
    void aRequestOfUnknownLengthIsStoppedWhereItBecomesTooLong() throws Exception {
        byte[] body = ("[\"" + "x".repeat(9 * 1024 * 1024) + "\"]").getBytes(StandardCharsets.UTF_8);
        Answer answer = connector.send(connector
                .request("/api/v1/events")
                .header("Content-Type", BATCH)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void dataMayComeAsBytes() throws Exception {
        var event = AnEvent.said("c1", 0, "agent", "Hello");
        String data = event.remove("data").toString();
        event.put("data_base64", Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)));

        assertThat(post(STRUCTURED, event.toString()).text("/accepted")).isEqualTo("1");
        assertThat(supervisor.get("/api/v1/interactions/c1/transcript").text("/turns/0/text"))
                .isEqualTo("Hello");
    }

    @Test
    void onlyConnectorsAndAdministratorsSendEvents() throws Exception {
        String event = AnEvent.said("c1", 0, "agent", "Hello").toString();

        assertThat(supervisor
                        .send(supervisor
                                .request("/api/v1/events")
                                .header("Content-Type", STRUCTURED)
                                .POST(BodyPublishers.ofString(event)))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void rejectedEventsAreSeenRetriedAndDiscarded() throws Exception {
        post(
                STRUCTURED,
                AnEvent.of("interaction.sung", "c1", "2026-03-02T08:59:00Z", "{}")
                        .toString());
        ApiClient administrator = center.as(Role.ADMINISTRATOR);

        Answer list = connector.get("/api/v1/events/rejected");
        String id = list.text("/items/0/id");
        assertThat(list.text("/items/0/reason")).isEqualTo("type: 'interaction.sung' is not known");
        assertThat(administrator
                        .post("/api/v1/events/rejected/" + id + "/retry", "")
                        .text("/rejected/0/reason"))
                .isEqualTo("type: 'interaction.sung' is not known");
        assertThat(connector.delete("/api/v1/events/rejected/" + id).status()).isEqualTo(403);
        assertThat(administrator.delete("/api/v1/events/rejected/" + id).status())
                .isEqualTo(204);
        assertThat(administrator.delete("/api/v1/events/rejected/" + id).status())
                .isEqualTo(404);
        assertThat(administrator.get("/api/v1/audit?kind=event.discarded").text("/items/0/subject"))
                .isEqualTo("rejected-event:" + id);
    }

    @Test
    void aRecordingIsHeardWholeOrInPart() throws Exception {
        Files.createDirectories(center.recordings().resolve("2026"));
        Files.writeString(center.recordings().resolve("2026/c1.wav"), "0123456789");
        post(
                STRUCTURED,
                AnEvent.of("interaction.recorded", "c1", "2026-03-02T08:59:00Z", "{'file': '2026/c1.wav'}")
                        .toString());

        Answer whole = supervisor.get("/api/v1/interactions/c1/recordings/0");
        Answer part = supervisor.send(supervisor
                .request("/api/v1/interactions/c1/recordings/0")
                .header("Range", "bytes=2-4")
                .GET());

        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.header("Content-Type")).startsWith("audio/");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(supervisor.get("/api/v1/interactions/c1/recordings/1").status())
                .isEqualTo(404);
    }

    @Test
    void aRecordingThatIsNoAudioIsNeverShownAsAPage() throws Exception {
        Files.writeString(center.recordings().resolve("c9.html"), "<script>alert(1)</script>");
        Files.writeString(center.recordings().resolve("c9.wav"), "RIFF");
        post(
                STRUCTURED,
                AnEvent.of("interaction.recorded", "c9", "2026-03-02T08:58:00Z", "{'file': 'c9.html'}")
                        .toString());
        post(
                STRUCTURED,
                AnEvent.of("interaction.recorded", "c9", "2026-03-02T08:59:00Z", "{'file': 'c9.wav'}")
                        .toString());

        Answer page = supervisor.get("/api/v1/interactions/c9/recordings/0");
        Answer audio = supervisor.get("/api/v1/interactions/c9/recordings/1");

        assertThat(page.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(page.header("Content-Disposition")).isEqualTo("attachment; filename=\"recording-0\"");
        assertThat(audio.header("Content-Type")).startsWith("audio/");
        assertThat(audio.header("Content-Disposition")).isEqualTo("inline; filename=\"recording-1\"");
    }

    @Test
    void anAgentSeesNothingOfOthersContacts() throws Exception {
        post(STRUCTURED, AnEvent.said("c1", 0, "agent", "Hello").toString());

        assertThat(center.asAgent("a1")
                        .get("/api/v1/interactions/c1/transcript")
                        .status())
                .isEqualTo(403);
        assertThat(server.newTenant()
                        .as(Role.SUPERVISOR)
                        .get("/api/v1/interactions/c1/transcript")
                        .status())
                .isEqualTo(404);
    }

    private Answer post(String contentType, String body) throws Exception {
        return connector.send(connector
                .request("/api/v1/events")
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }
}
