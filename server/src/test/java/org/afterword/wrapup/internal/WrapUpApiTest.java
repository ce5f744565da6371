package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Desk, gate and wrap-ups as others meet them: addresses, statuses, ETags, refusals. */
class WrapUpApiTest {
    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final ApiClient ben = center.asAgent("ben");
    final ApiClient sue = center.as(Role.SUPERVISOR);
    final ApiClient connector = center.as(Role.INTEGRATION);
    final Instant start = server.bean(InstantSource.class).instant().minusSeconds(300);

    @BeforeEach
    void annIsReady() throws Exception {
        center.take(
                AnEvent.of("agent.signed-in", "ann", at(0), "{'name': 'Ann', 'team': 'north'}"),
                AnEvent.of("agent.ready", "ann", at(1), "{}"));
    }

    @Test
    void aReservationIsMadeOnceAndEndsWithItsCall() throws Exception {
        String wanted = "{\"channel\": \"voice\", \"interactionId\": \"c1\"}";
        assertThat(connector.get("/api/v1/routing/eligible?channel=voice").text("/items/0/agentId"))
                .isEqualTo("ann");

        Answer first = connector.post("/api/v1/routing/reservations", wanted);
        Answer again = connector.post("/api/v1/routing/reservations", wanted);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.text("/agentId")).isEqualTo("ann");
        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        assertThat(connector
                        .post("/api/v1/routing/reservations", "{\"channel\": \"voice\", \"interactionId\": \"c2\"}")
                        .status())
                .isEqualTo(409);
        assertThat(connector
                        .delete("/api/v1/routing/reservations/" + first.text("/id"))
                        .status())
                .isEqualTo(204);
        assertThat(connector.get("/api/v1/routing/eligible").json().at("/items"))
                .hasSize(1);
    }

    @Test
    void aPatchNeedsTheVersionThatWasReadAndTellsTheNewOne() throws Exception {
        String id = afterACall();

        assertThat(ann.patch(path(id), "{\"record\": {\"summary\": \"x\"}}").status())
                .isEqualTo(428);
        Answer saved = patch(id, "\"0\"", "{\"record\": {\"summary\": \"Asked for hours.\"}}");
        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(saved.header("ETag")).isEqualTo("\"1\"");
        assertThat(saved.text("/provenance/~1summary/status")).isEqualTo("typed");

        Answer stale = patch(id, "\"0\"", "{\"record\": {\"summary\": \"Other.\"}}");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("/record/summary")).isEqualTo("Asked for hours.");
        assertThat(stale.text("/version")).isEqualTo("1");
    }

    @Test
    void whatCannotBeStoredIsLeftOut() throws Exception {
        Answer saved = patch(afterACall(), "\"0\"", "{\"record\": {\"summary\": \"a\\u0000b\"}}");

        assertThat(saved.status()).as(saved.body()).isEqualTo(200);
        assertThat(saved.text("/record/summary")).isEqualTo("ab");
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() throws Exception {
        String id = afterACall();

        Answer refused =
                complete(id, "{\"record\": {\"resolution\": \"perhaps\", \"tags\": \"X\", \"colour\": \"red\"}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("#/record/resolution", "#/record/tags", "#/record/colour");
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("AFTER_CALL_WORK");
    }

    @Test
    void aCompletionReleasesTheAgentAndRepeatsItsAnswer() throws Exception {
        String id = afterACall();
        assertThat(connector.get("/api/v1/routing/eligible").json().at("/items"))
                .isEmpty();
        String body = """
                {"record": {"summary": "Asked for hours.", "resolution": "resolved", "disposition": "ANSWERED"},
                 "next": "NOT_READY", "reason": "BREAK"}
                """;

        Answer done = complete(id, body);
        Answer again = complete(id, body);

        assertThat(done.status()).as(done.body()).isEqualTo(200);
        assertThat(done.text("/status")).isEqualTo("COMPLETED");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/completedAt")).isEqualTo(done.text("/completedAt"));
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("NOT_READY");

        Answer reopened = ann.post(path(id) + "/reopening", "");
        assertThat(reopened.text("/status")).isEqualTo("OPEN");
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("AFTER_CALL_WORK");
    }

    @Test
    void aContactIsSplitAndTheSameRequestAgainIsAnsweredAsBefore() throws Exception {
        String id = afterACall();
        String body = "{\"customer\": {\"id\": \"C-7\"}, \"case\": {\"system\": \"crm\", \"id\": \"4711\"}}";

        Answer part = ann.post(path(id) + "/parts", body);
        Answer again = ann.post(path(id) + "/parts", body);

        assertThat(part.status()).as(part.body()).isEqualTo(201);
        assertThat(part.text("/partOf")).isEqualTo(id);
        assertThat(part.text("/status")).isEqualTo("OPEN");
        assertThat(part.header("ETag")).isEqualTo("\"1\"");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/id")).isEqualTo(part.text("/id"));
        assertThat(ann.post(path(id) + "/parts", "").status()).isEqualTo(201);
        assertThat(ben.post(path(id) + "/parts", body).status()).isEqualTo(404);
        Answer refused = ann.post(path(id) + "/parts", "{\"case\": {\"system\": \"crm\"}}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("#/case/id");

        complete(id, "{\"record\": {\"disposition\": \"ANSWERED\"}}");
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("AFTER_CALL_WORK");
        assertThat(ann.post(path(id) + "/parts", "{}").text("/status")).isEqualTo("OPEN");
    }

    @Test
    void aContactIsOpenedAndEndedByHand() throws Exception {
        String body =
                "{\"id\": \"m1\", \"channel\": \"voice\", \"direction\": \"inbound\", \"customer\": {\"id\": \"C-7\"}}";

        Answer opened = ann.post("/api/v1/interactions", body);
        Answer again = ann.post("/api/v1/interactions", body);

        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        assertThat(opened.json().path("manual").asBoolean()).isTrue();
        assertThat(opened.text("/customer/id")).isEqualTo("C-7");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("/wrapUpId")).isEqualTo(opened.text("/wrapUpId"));
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("ENGAGED");
        Answer ended = ann.post("/api/v1/interactions/m1/end", "");
        assertThat(ended.text("/wrapUpStatus")).isEqualTo("OPEN");
        assertThat(ended.json().has("endedAt")).isTrue();

        Answer refused = ann.post("/api/v1/interactions", "{\"channel\": \"pigeon\", \"direction\": \"inbound\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("#/channel");
        assertThat(ben.post("/api/v1/interactions/m1/end", "").status()).isEqualTo(404);
        assertThat(ann.post("/api/v1/interactions/none/end", "").status()).isEqualTo(404);
    }

    @Test
    void aStateThatHasToWaitIsAccepted() throws Exception {
        String id = afterACall();

        Answer waits = ann.put("/api/v1/agents/ann/state", "{\"state\": \"OFFLINE\", \"when\": \"afterWrapUp\"}");

        assertThat(waits.status()).isEqualTo(202);
        assertThat(waits.text("/pendingState/state")).isEqualTo("OFFLINE");
        complete(id, "{\"record\": {\"summary\": \"x\", \"resolution\": \"resolved\", \"disposition\": \"ANSWERED\"}}");
        assertThat(sue.get("/api/v1/agents/ann").text("/state")).isEqualTo("OFFLINE");
    }

    @Test
    void nobodyReachesWhatIsAnothers() throws Exception {
        String id = afterACall();

        ApiClient planner = center.as(Role.PLANNER);
        assertThat(planner.get(path(id)).status()).isEqualTo(403);
        assertThat(planner.get("/api/v1/wrap-ups").status()).isEqualTo(403);
        assertThat(ben.get(path(id)).status()).isEqualTo(404);
        assertThat(ben.post(path(id) + "/reopening", "").status()).isEqualTo(404);
        assertThat(ben.get("/api/v1/wrap-ups?agentId=ann").status()).isEqualTo(403);
        assertThat(ben.get("/api/v1/wrap-ups").json().at("/items")).isEmpty();
        assertThat(ben.get("/api/v1/agents").status()).isEqualTo(403);
        assertThat(ben.put("/api/v1/agents/ann/state", "{\"state\": \"OFFLINE\"}")
                        .status())
                .isEqualTo(403);
        assertThat(ben.get("/api/v1/routing/eligible").status()).isEqualTo(403);
        assertThat(ben.post(path(id) + "/override", "{\"action\": \"end\", \"reason\": \"x\"}")
                        .status())
                .isIn(403, 404);
        assertThat(server.newTenant().as(Role.ADMINISTRATOR).get(path(id)).status())
                .isEqualTo(404);
        assertThat(server.anonymous().get(path(id)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/wrap-ups?agentId=",
                "/api/v1/wrap-ups?status=DONE",
                "/api/v1/wrap-ups?from=yesterday",
                "/api/v1/wrap-ups?limit=0",
                "/api/v1/wrap-ups?cursor=x",
                "/api/v1/agents/%20",
                "/api/v1/agents?limit=9999",
                "/reports/acw?groupBy=rain",
                "/reports/acw?from=abc"
            })
    void whatCannotBeReadIsTheCallersFault(String path) throws Exception {
        assertThat(sue.get(path).status()).as(path).isBetween(400, 422);
    }

    /** Ann's wrap-up after a call of a minute. */
    private String afterACall() throws Exception {
        center.take(
                AnEvent.of("interaction.started", "c1", at(2), "{'channel': 'voice', 'direction': 'inbound'}"),
                AnEvent.of("interaction.connected", "c1", at(3), "{'agentId': 'ann'}"),
                AnEvent.of("interaction.ended", "c1", at(63), "{}"));
        return ann.get("/api/v1/wrap-ups?agentId=ann").text("/items/0/id");
    }

    private Answer patch(String id, String version, String body) throws Exception {
        return ann.send(ann.request(path(id))
                .header("Content-Type", "application/json")
                .header("If-Match", version)
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private Answer complete(String id, String body) throws Exception {
        return ann.send(ann.request(path(id) + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", ann.get(path(id)).header("ETag"))
                .POST(BodyPublishers.ofString(body)));
    }

    private static String path(String id) {
        return "/api/v1/wrap-ups/" + id;
    }

    private String at(int second) {
        return start.plusSeconds(second).toString();
    }
}
