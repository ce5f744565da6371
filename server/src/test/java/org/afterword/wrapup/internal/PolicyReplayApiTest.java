package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays as planners ask for them: what they send, what they get, and what is refused. */
class PolicyReplayApiTest {
    private static final String PATH = "/api/v1/policies/replay";
    private static final String RULE = """
            {"code": "bank", "label": "Bank", "when": {"queue": "bank"}, "settings": {"mode": "OPTIONAL"}}""";

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient planner = center.as(Role.PLANNER);
    final ApiClient admin = center.as(Role.ADMINISTRATOR);
    final Instant start = server.bean(InstantSource.class).instant().minusSeconds(600);

    @BeforeEach
    void annHasGoneAMinuteAfterACallOfTheBank() throws Exception {
        center.take(
                AnEvent.of("agent.signed-in", "ann", at(0), "{'name': 'Ann', 'team': 'north'}"),
                AnEvent.of("interaction.started", "c1", at(1), "{'channel': 'voice', 'queue': 'bank'}"),
                AnEvent.of("interaction.connected", "c1", at(2), "{'agentId': 'ann'}"),
                AnEvent.of("interaction.ended", "c1", at(500), "{}"),
                AnEvent.of("agent.signed-out", "ann", at(560), "{}"));
    }

    @Test
    void aChangeIsTriedAndNotSaved() throws Exception {
        Answer before = admin.get("/api/v1/policies");

        Answer answer = replay("\"changed\": [%s], \"groupBy\": \"queue\"".formatted(RULE));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/complete")).isEqualTo("true");
        assertThat(answer.text("/reached")).isEqualTo(answer.text("/to"));
        assertThat(answer.text("/totals/legs")).isEqualTo("1");
        assertThat(answer.text("/totals/releasedAtOnce/legs")).isEqualTo("1");
        assertThat(answer.text("/totals/releasedAtOnce/mostSeconds")).isEqualTo("-60.0");
        assertThat(answer.text("/groups/0/key")).isEqualTo("bank");
        assertThat(answer.text("/groups/0/figures/differing/legs")).isEqualTo("1");
        assertThat(answer.text("/examples/0/agentId")).isEqualTo("ann");
        assertThat(answer.text("/examples/0/before/ending")).isEqualTo("signedOut");
        assertThat(answer.text("/examples/0/after/rule")).isEqualTo("bank");
        assertThat(answer.text("/examples/0/after/ending")).isEqualTo("notHeld");
        Answer after = admin.get("/api/v1/policies");
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void theWholeListIsTakenToo() throws Exception {
        Answer answer = replay("\"policies\": [%s]".formatted(RULE));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/examples/0/after/rule")).isEqualTo("bank");
        assertThat(answer.text("/catalogVersion"))
                .isEqualTo(admin.get("/api/v1/policies").header("ETag").replace("\"", ""));
    }

    @Test
    void aRuleThatGoesIsNamedByItsCode() throws Exception {
        String code = admin.get("/api/v1/policies").text("/items/0/code");

        assertThat(replay("\"removed\": [\"%s\"]".formatted(code)).status()).isEqualTo(200);
        Answer refused = replay("\"removed\": [\"%s\", \"nowhere\"]".formatted(code));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("#/removed/1");
        assertThat(refused.text("/errors/0/detail")).contains("'nowhere'");
    }

    @Test
    void aPolicyIsRefusedAsSavingItWouldBe() throws Exception {
        String wrong = """
                {"code": "bank", "label": "Bank", "when": {"channel": "pigeon", "callType": "NONE"}, "settings": {}}""";

        Answer saved = admin.put("/api/v1/policies/bank", wrong);
        Answer tried = replay("\"changed\": [%s, %s]".formatted(RULE.replace("bank", "other"), wrong));
        Answer whole = replay("\"policies\": [%s]".formatted(wrong));

        assertThat(saved.status()).isEqualTo(422);
        assertThat(tried.status()).isEqualTo(422);
        assertThat(pointers(saved)).containsExactly("#/when/callType", "#/when/channel");
        assertThat(pointers(tried)).containsExactly("#/changed/1/when/callType", "#/changed/1/when/channel");
        assertThat(pointers(whole)).containsExactly("#/policies/0/when/callType", "#/policies/0/when/channel");
        assertThat(tried.json().at("/errors").findValuesAsString("detail"))
                .isEqualTo(saved.json().at("/errors").findValuesAsString("detail"));
    }

    private static List<String> pointers(Answer answer) {
        return answer.json().at("/errors").findValuesAsString("pointer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | #/from",
                "{'from': '2026-01-01T00:00:00Z', 'changed': []} | #/to",
                "{'from': '2026-01-02T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': []} | #/to",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z'} | #",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'policies': [], 'changed': []} | #",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': [], 'groupBy': 'rain'} | #/groupBy",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': {}} | #/changed",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': [null]} | #/changed/0",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'removed': [null]} | #/removed/0",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'policies': [{'code': 'x'}]} | #/policies/0",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': [{'code': 'x', 'label': 'X', 'settings': {'windowSecond': 1}}]} | #/changed/0/settings/windowSecond",
                "{'from': '2026-01-01T00:00:00Z', 'to': '2026-01-02T00:00:00Z', 'changed': [{'code': 'x', 'label': 'X', 'settings': {'windowSeconds': 0}}]} | #/changed/0"
            })
    void whatCannotBeTakenIsNamedWithItsPlace(String body, String pointer) throws Exception {
        Answer refused = planner.post(PATH, body.replace('\'', '"'));

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).as(refused.body()).isEqualTo(pointer);
        assertThat(refused.text("/errors/0/detail")).isNotEmpty();
    }

    @Test
    void othersAreRefusedAndAnotherTenantSeesNothing() throws Exception {
        String body = body("\"changed\": [%s], \"groupBy\": \"agent\"".formatted(RULE));

        assertThat(center.asAgent("ann").post(PATH, body).status()).isEqualTo(403);
        assertThat(center.as(Role.COACH).post(PATH, body).status()).isEqualTo(403);
        assertThat(center.as(Role.INTEGRATION).post(PATH, body).status()).isEqualTo(403);
        assertThat(center.as(Role.SUPERVISOR).post(PATH, body).text("/totals/legs"))
                .isEqualTo("1");
        Answer elsewhere = server.newTenant().as(Role.PLANNER).post(PATH, body);
        assertThat(elsewhere.text("/totals/legs")).isEqualTo("0");
        assertThat(elsewhere.body()).doesNotContain("ann");
    }

    private Answer replay(String members) throws Exception {
        return planner.post(PATH, body(members));
    }

    private String body(String members) {
        return "{\"from\": \"%s\", \"to\": \"%s\", %s}".formatted(at(0), at(600), members);
    }

    private String at(int second) {
        return start.plusSeconds(second).toString();
    }
}
