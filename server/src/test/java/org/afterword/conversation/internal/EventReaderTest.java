package org.afterword.conversation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.ContactEvent.Envelope;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.conversation.Speaker;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.governance.Redactor;
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EventReaderTest {
    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    static final Instant BEFORE = Instant.parse("2026-03-02T08:59:00Z");
    static final AgentId A1 = new AgentId("a1");
    static final InteractionId C1 = new InteractionId("c1");

    final EventReader reader = new EventReader(new Redactor());

    @Test
    void everyTypeOfTheApiIsRead() {
        assertThat(
                        event(
                                "agent.signed-in",
                                "a1",
                                "{'name': 'Ann', 'team': 't', 'skills': ['en', 'de'], 'capacity': 2, 'since': '2024-05-01', 'level': 'senior'}"))
                .isEqualTo(new ContactEvent.AgentSignedIn(
                        envelope(),
                        A1,
                        "Ann",
                        "t",
                        null,
                        List.of("en", "de"),
                        2,
                        LocalDate.parse("2024-05-01"),
                        "senior"));
        assertThat(event("agent.ready", "a1", "{}")).isEqualTo(new ContactEvent.AgentReady(envelope(), A1));
        assertThat(event("agent.not-ready", "a1", "{'reason': 'lunch'}"))
                .isEqualTo(new ContactEvent.AgentNotReady(envelope(), A1, "lunch"));
        assertThat(event("agent.signed-out", "a1", "{}"))
                .isEqualTo(new ContactEvent.AgentSignedOut(envelope(), A1, null));
        assertThat(
                        event(
                                "interaction.started",
                                "c1",
                                "{'channel': 'chat', 'direction': 'outbound', 'queue': 'q', 'customer': {'id': 'k', 'phone': '+15135550142'}, 'attributes': {'vip': true}}"))
                .isEqualTo(new ContactEvent.Started(
                        envelope(),
                        C1,
                        new InteractionDetails(
                                Channel.CHAT,
                                Direction.OUTBOUND,
                                "q",
                                null,
                                null,
                                null,
                                new Customer("k", null, "+15135550142", null),
                                Map.of("vip", "true"))));
        assertThat(event("interaction.updated", "c1", "{}"))
                .isEqualTo(new ContactEvent.Updated(envelope(), C1, InteractionDetails.UNKNOWN));
        assertThat(event("interaction.offered", "c1", "{'agentId': 'a1'}"))
                .isEqualTo(new ContactEvent.Offered(envelope(), C1, A1, null));
        assertThat(event("interaction.missed", "c1", "{'agentId': 'a1', 'reason': 'declined'}"))
                .isEqualTo(new ContactEvent.Missed(envelope(), C1, A1, "declined"));
        assertThat(event("interaction.connected", "c1", "{'agentId': 'a1'}"))
                .isEqualTo(new ContactEvent.Connected(envelope(), C1, A1, null, LegRole.PRIMARY));
        assertThat(event("interaction.held", "c1", "{}")).isEqualTo(new ContactEvent.Held(envelope(), C1, null, null));
        assertThat(event("interaction.resumed", "c1", "{'legId': 'l'}"))
                .isEqualTo(new ContactEvent.Resumed(envelope(), C1, null, "l"));
        assertThat(event("interaction.said", "c1", "{'turn': 3, 'speaker': 'system', 'text': 'hi', 'endSeconds': 1.5}"))
                .isEqualTo(new ContactEvent.Said(envelope(), C1, 3, Speaker.SYSTEM, "hi", null, null, 1.5, true, null));
        assertThat(event("interaction.action", "c1", "{'name': 'find', 'parameters': {'n': 1}}"))
                .isEqualTo(new ContactEvent.ActionDone(envelope(), C1, "find", Map.of("n", 1), null, null));
        assertThat(event("interaction.recorded", "c1", "{'url': 'https://media.example/c1'}"))
                .isEqualTo(new ContactEvent.Recorded(envelope(), C1, null, "https://media.example/c1", Map.of()));
        assertThat(event("interaction.transferred", "c1", "{'agentId': 'a1', 'kind': 'attended', 'toQueue': 'q'}"))
                .isEqualTo(new ContactEvent.Transferred(envelope(), C1, A1, null, true, null, "q"));
        assertThat(event("interaction.left", "c1", "{'agentId': 'a1'}"))
                .isEqualTo(new ContactEvent.Left(envelope(), C1, A1, null));
        assertThat(event("interaction.ended", "c1", "{'endedBy': 'customer'}"))
                .isEqualTo(new ContactEvent.Ended(envelope(), C1, "customer"));
        assertThat(event("interaction.abandoned", "c1", "{}"))
                .isEqualTo(new ContactEvent.Abandoned(envelope(), C1, null));
        assertThat(event("interaction.failed", "c1", "{'reason': 'busy'}"))
                .isEqualTo(new ContactEvent.Failed(envelope(), C1, null, "busy"));
        assertThat(event("interaction.disposed", "c1", "{'agentId': 'a1', 'code': 'SOLD'}"))
                .isEqualTo(new ContactEvent.Disposed(envelope(), C1, A1, "SOLD"));
        assertThat(event("interaction.rated", "c1", "{'score': 4, 'scale': 5}"))
                .isEqualTo(new ContactEvent.Rated(envelope(), C1, 4, 5, null));
        assertThat(event("queue.status", "billing", "{'waiting': 3, 'longestWaitSeconds': 12.5}"))
                .isEqualTo(new ContactEvent.QueueStatus(envelope(), "billing", 3, 12.5, null));
        assertThat(event(
                        "desktop.app",
                        "a1",
                        "{'name': 'CRM', 'state': 'waiting', 'seconds': 2, 'interactionId': 'c1'}"))
                .isEqualTo(new ContactEvent.DesktopApp(envelope(), A1, "CRM", true, 2, C1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interaction.said      | {'turn': -1, 'speaker': 'agent', 'text': ''}        | data.turn: must be a whole number from 0 to 1000000, was -1
            interaction.said      | {'turn': 1.5, 'speaker': 'agent', 'text': ''}       | data.turn: must be a whole number from 0 to 1000000, was 1.5
            interaction.said      | {'speaker': 'agent', 'text': ''}                    | data.turn: must be a whole number, is missing
            interaction.said      | {'turn': 1, 'speaker': 'bot', 'text': ''}           | data.speaker: must be one of agent, customer, system, was "bot"
            interaction.said      | {'turn': 1, 'speaker': 'agent'}                     | data.text: must be a text, is missing
            interaction.said      | {'turn': 1, 'speaker': 'agent', 'text': 5}          | data.text: must be a text, was a list
            interaction.connected | {}                                                  | data.agentId: must be an id, is missing
            interaction.connected | {'agentId': ' '}                                    | data.agentId: must be an id, was blank
            interaction.connected | {'agentId': 'a', 'role': 7}                         | data.role: must be a text, was 7
            interaction.started   | {'attributes': []}                                  | data.attributes: must be an object, was a list
            interaction.started   | {'customer': {'name': 1}}                           | data.customer.name: must be a text, was 1
            interaction.recorded  | {}                                                  | data: must have either file or url
            interaction.recorded  | {'file': '../secret.wav'}                           | data.file: must be a path below the tenant's folder of recordings, without '..'
            interaction.recorded  | {'url': 'http://x'}                                 | data.url: must be an https address
            interaction.recorded  | {'file': 'a', 'channels': {'x': 'agent'}}           | data.channels: must be named by channel number, 0 to 15
            agent.signed-in       | {'skills': ['a', 5]}                                | data.skills[1]: must be a text, was 5
            agent.signed-in       | {'since': 'May'}                                    | data.since: must be a date as 2026-03-31, was "May"
            agent.jumped          | {}                                                  | type: 'agent.jumped' is not known
            ended                 | {}                                                  | type: 'ended' is not known
            interaction.ended     | 7                                                   | data: must be a JSON object, was 7
            """)
    void whatDoesNotFitIsNamed(String type, String data, String reason) {
        assertThat(reasonOf(AnEvent.of(type, "c1", "2026-03-02T08:59:00Z", data)))
                .isEqualTo(reason);
    }

    @Test
    void attributesThatDoNotFitAreNamed() {
        assertThat(reasonOf(ended().put("specversion", "0.3"))).isEqualTo("specversion: must be \"1.0\"");
        assertThat(reasonOf(ended().put("source", "/by-hand")))
                .isEqualTo("source: '/by-hand' is for what people do by hand");
        assertThat(reasonOf(ended().put("id", ""))).isEqualTo("id: must be a text, is empty or something else");
        assertThat(reasonOf(ended().put("time", "yesterday")))
                .isEqualTo("time: must be as 2026-03-31T09:00:00.000Z (RFC 3339), was \"yesterday\"");
        assertThat(reasonOf(ended().put("time", "0001-01-01T00:00:00Z"))).startsWith("time: must be between");
        assertThat(reasonOf(ended().put("datacontenttype", "text/xml")))
                .isEqualTo("datacontenttype: must be JSON, was \"text/xml\"");
        assertThat(reasonOf(ended().put("data_base64", "e30="))).isEqualTo("data_base64: must not stand beside data");
        assertThat(reasonOf(ended().putNull("subject")))
                .isEqualTo("subject: must be the id of the interaction for interaction.ended, is missing");
        assertThat(reasonOf(ended().put("subject", "x".repeat(201))))
                .isEqualTo("subject: must be a text of at most 200 characters, has 201");
        assertThat(reasonOf(ended().put("subject", "4111111111111111")))
                .isEqualTo(
                        "subject: must be an id, but looks like a number that is never kept, such as that of a card");
    }

    @Test
    void whatIsAbsentOrNullIsAllowedToBe() {
        var event = ended().putNull("time").putNull("datacontenttype").putNull("data");
        event.put("comexampleextension", "kept");

        var reading = (Readable) reader.read(0, event, NOW);

        assertThat(reading.event().envelope().time()).isEqualTo(NOW);
        assertThat(reading.stored().path("comexampleextension").asString()).isEqualTo("kept");
    }

    @Test
    void whatIsNestedTooDeepIsRefusedWithoutItsData() {
        var event = ended();
        JsonNode deep = Json.read("[".repeat(200) + "]".repeat(200));
        event.set("data", deep);

        var reading = (Unreadable) reader.read(0, event, NOW);

        assertThat(reading.reason()).isEqualTo("it is nested deeper than 32 levels");
        assertThat(reading.event().has("data")).isFalse();
    }

    @Test
    void contentDiffersByWordsButNotByTheDigitsInThem() {
        long one = hash("the code is 123");

        assertThat(hash("the code is 123")).isEqualTo(one);
        assertThat(hash("the code is 456")).isEqualTo(one);
        assertThat(hash("a code is 123")).isNotEqualTo(one);
    }

    private long hash(String text) {
        var event = AnEvent.said("c1", 1, "agent", text).put("id", "same");
        return ((Readable) reader.read(0, event, NOW)).contentHash();
    }

    private static ObjectNode ended() {
        return AnEvent.of("interaction.ended", "c1", "2026-03-02T08:59:00Z", "{}");
    }

    private ContactEvent event(String type, String subject, String data) {
        var event = AnEvent.of(type, subject, "2026-03-02T08:59:00Z", data).put("id", "e");
        return ((Readable) reader.read(0, event, NOW)).event();
    }

    private String reasonOf(JsonNode event) {
        return ((Unreadable) reader.read(0, event, NOW)).reason();
    }

    private static Envelope envelope() {
        return new Envelope("/pbx", "e", BEFORE, NOW);
    }
}
