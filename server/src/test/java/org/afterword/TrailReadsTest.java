package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who was shown a record, or what was said, is in the trail: once in a quarter of an hour. */
class TrailReadsTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    String wrapUp = "";

    @BeforeEach
    void aCallWasTaken() throws Exception {
        center.take(
                event("agent.signed-in", "ann", 60, "{}"),
                event("interaction.started", "c1", 60, "{'channel': 'voice'}"),
                event("interaction.connected", "c1", 59, "{'agentId': 'ann'}"),
                event("interaction.said", "c1", 58, "{'turn': 0, 'speaker': 'customer', 'text': 'Hello.'}"),
                event("interaction.ended", "c1", 10, "{}"));
        wrapUp = ann.get("/api/v1/wrap-ups").text("/items/0/id");
    }

    @Test
    void aListShowsRecordsAndCountsAsReadingEach() throws Exception {
        assertThat(reads("record.read")).containsExactly("wrap-up:" + wrapUp);
    }

    @Test
    void readingAgainSoonLeavesNoSecondEntry() throws Exception {
        ann.get("/api/v1/wrap-ups/" + wrapUp);
        ann.get("/api/v1/wrap-ups/" + wrapUp);

        assertThat(reads("record.read")).hasSize(1);
    }

    @Test
    void everyPersonIsNotedApart() throws Exception {
        center.as(Role.SUPERVISOR).get("/api/v1/wrap-ups/" + wrapUp);
        center.as(Role.INTEGRATION).get("/api/v1/wrap-ups/" + wrapUp);

        assertThat(reads("record.read")).hasSize(3);
    }

    @Test
    void whatWasSaidIsReadApartFromTheRecord() throws Exception {
        ApiClient supervisor = center.as(Role.SUPERVISOR);

        assertThat(supervisor.get("/api/v1/interactions/c1/transcript").status())
                .isEqualTo(200);

        assertThat(reads("contact.read")).containsExactly("interaction:c1");
        assertThat(reads("record.read")).hasSize(1);
    }

    @Test
    void aRefusedReaderHasReadNothing() throws Exception {
        ApiClient ben = center.asAgent("ben");

        assertThat(ben.get("/api/v1/interactions/c1/transcript").status()).isEqualTo(403);
        assertThat(ben.get("/api/v1/wrap-ups/" + wrapUp).status()).isEqualTo(404);

        assertThat(reads("contact.read")).isEmpty();
        assertThat(reads("record.read")).hasSize(1);
    }

    @Test
    void whoWasGivenTheRecordReadsWhatWasSaid() throws Exception {
        ApiClient ben = center.asAgent("ben");
        ben.put("/api/v1/agents/ben/state", "{\"state\": \"AVAILABLE\"}");
        center.as(Role.SUPERVISOR)
                .post(
                        "/api/v1/wrap-ups/" + wrapUp + "/override",
                        "{\"action\": \"reassign\", \"agentId\": \"ben\", \"reason\": \"Ann has gone home.\"}");

        assertThat(ben.get("/api/v1/interactions/c1/transcript").status()).isEqualTo(200);
        assertThat(ben.get("/api/v1/wrap-ups/" + wrapUp).status()).isEqualTo(200);
    }

    @Test
    void aRefusalThatShowsTheRecordIsARead() throws Exception {
        ApiClient supervisor = center.as(Role.SUPERVISOR);

        var stale = supervisor.send(supervisor
                .request("/api/v1/wrap-ups/" + wrapUp)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"7\"")
                .method("PATCH", BodyPublishers.ofString("{\"record\": {\"summary\": \"x\"}}")));

        assertThat(stale.status()).isEqualTo(412);
        assertThat(reads("record.read")).hasSize(2);
    }

    @Test
    void thePagesNoteWhatTheyShow() throws Exception {
        center.newUser("ann", Role.AGENT);
        center.newUser("sue", Role.SUPERVISOR);
        Browser agent = center.browser();
        agent.signIn("ann");
        Browser supervisor = center.browser();
        supervisor.signIn("sue");

        assertThat(agent.get("/panel").status()).isEqualTo(200);
        assertThat(reads("record.read")).as("panel").hasSize(2);
        assertThat(reads("contact.read")).hasSize(1);
        assertThat(supervisor.get("/records").status()).isEqualTo(200);
        assertThat(reads("record.read")).as("list of records").hasSize(3);
        assertThat(supervisor.get("/records/c1").status()).isEqualTo(200);
        assertThat(reads("contact.read")).as("one record").hasSize(2);
        agent.get("/panel/live");
        supervisor.get("/floor");
        assertThat(reads("record.read")).hasSize(3);
        assertThat(reads("contact.read")).hasSize(2);
    }

    @Test
    void whoReadsTheTrailIsInIt() throws Exception {
        reads("record.read");

        assertThat(reads("trail.read")).isNotEmpty();
    }

    private List<String> reads(String kind) throws Exception {
        var subjects = new ArrayList<String>();
        for (JsonNode entry : center.as(Role.COMPLIANCE_OFFICER)
                .get("/api/v1/audit?kind=" + kind)
                .json()
                .path("items")) {
            subjects.add(entry.path("subject").asString());
        }
        return subjects;
    }

    private JsonNode event(String type, String subject, long secondsAgo, String data) {
        Instant at = server.bean(InstantSource.class).instant().minusSeconds(secondsAgo);
        return AnEvent.of(type, subject, at.toString(), data);
    }
}
