package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.Draft.Alternative;
import org.afterword.drafting.Draft.Ranked;
import org.afterword.drafting.Draft.Statements;
import org.afterword.drafting.Draft.Status;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

class DraftJsonTest {
    private final ObjectMapper json = JsonMapper.builder().build();
    private final Evidence.Quote quote = new Evidence.Quote(4, 0, 6, "$200 t");
    private final Evidence.Action action = new Evidence.Action("evt-7");

    @Test
    void aWholeDraftHasTheShapeOfTheApi() {
        assertThat(json.readTree(json.writeValueAsString(whole()))).isEqualTo(json.readTree("""
                {"status": "ready", "source": "builtIn", "model": "m-1", "createdAt": "2026-03-02T09:00:00Z", "millis": 120,
                 "summary": {"statements": [{"id": "summary/issue", "value": "Customer asked to transfer $200.",
                   "confidence": 0.9, "evidence": [{"turn": 4, "from": 0, "to": 6, "quote": "$200 t"}], "check": "supported"}]},
                 "issue": {"statements": []},
                 "resolutionText": {"statements": []},
                 "actions": [{"id": "actions/evt-7", "value": "Transfer money", "confidence": 1.0,
                   "evidence": [{"actionId": "evt-7"}], "check": "supported"}],
                 "nextSteps": [], "reasons": [], "tags": [],
                 "followUps": [{"id": "followUps/9.0", "value": {"text": "Agent will call back by Friday.", "kind": "callback",
                   "owner": "agent", "dueAt": "2026-03-06T22:59:00Z"}, "confidence": 0.8,
                   "evidence": [{"turn": 4, "from": 0, "to": 6, "quote": "$200 t"}], "check": "supported"}],
                 "fields": {"amount": {"id": "fields/amount", "value": "$200", "confidence": 0.95,
                   "evidence": [{"actionId": "evt-7"}, {"turn": 4, "from": 0, "to": 6, "quote": "$200 t"}], "check": "struck"}},
                 "checklist": {"summary": {"id": "checklist/summary", "value": true, "confidence": 1.0, "evidence": [],
                   "check": "unsupported"}},
                 "disposition": {"id": "disposition", "value": "TRANSFER", "confidence": 0.7,
                   "evidence": [{"actionId": "evt-7"}], "check": "opinion", "alternatives": [{"code": "BALANCE", "confidence": 0.2}]},
                 "resolution": {"id": "resolution", "value": null, "confidence": 0.0, "evidence": [], "check": "notHeard"},
                 "sentiment": {"id": "sentiment", "value": {"overall": 0.5, "start": -0.5, "end": 1.0}, "confidence": 0.6,
                   "evidence": [{"turn": 4, "from": 0, "to": 6, "quote": "$200 t"}], "check": "supported"},
                 "customerChanges": {"phone": {"id": "customerChanges/phone", "value": {"old": "555 0100", "new": "555 0199"},
                   "confidence": 0.8, "evidence": [{"wrapUpId": "w-1", "from": 2, "to": 10, "quote": "555 0199"}],
                   "check": "supported"}}}
                """));
    }

    @Test
    void whatWasWrittenIsReadBack() {
        assertThat(json.readValue(json.writeValueAsString(whole()), Draft.class))
                .isEqualTo(whole());
    }

    @Test
    void aDraftThatWasStoredBeforeThereWereChangesIsReadAsOneWithout() {
        assertThat(json.readValue(
                                "{\"status\": \"none\", \"summary\": {\"statements\": []}, \"issue\": {\"statements\": []},"
                                        + " \"resolutionText\": {\"statements\": []}, \"actions\": [], \"nextSteps\": [], \"reasons\": [],"
                                        + " \"tags\": [], \"followUps\": [], \"fields\": {}, \"checklist\": {}}",
                                Draft.class)
                        .customerChanges())
                .isEmpty();
    }

    @Test
    void aFailureSaysWhy() {
        var failed = json.readTree(json.writeValueAsString(Draft.failed("the model could not be loaded")));

        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("reason").asString()).isEqualTo("the model could not be loaded");
        assertThat(failed.has("disposition")).isFalse();
    }

    private Draft whole() {
        return new Draft(
                        Status.READY,
                        null,
                        "builtIn",
                        "m-1",
                        null,
                        null,
                        new Statements(List.of(
                                Claim.of("summary/issue", "Customer asked to transfer $200.", 0.9, List.of(quote)))),
                        Statements.NONE,
                        Statements.NONE,
                        List.of(Claim.of("actions/evt-7", "Transfer money", 1.0, List.of(action))),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(Claim.of(
                                "followUps/9.0",
                                new FollowUp(
                                        "Agent will call back by Friday.",
                                        FollowUp.Kind.CALLBACK,
                                        FollowUp.Owner.AGENT,
                                        Instant.parse("2026-03-06T22:59:00Z")),
                                0.8,
                                List.of(quote))),
                        Map.of(
                                "amount",
                                Claim.of("fields/amount", "$200", 0.95, List.of(action, quote))
                                        .withCheck(Claim.Check.STRUCK)),
                        Map.of(
                                "summary",
                                Claim.of("checklist/summary", true, 1.0, List.of())
                                        .withCheck(Claim.Check.UNSUPPORTED)),
                        new Ranked(
                                Claim.of("disposition", "TRANSFER", 0.7, List.of(action))
                                        .withCheck(Claim.Check.OPINION),
                                List.of(new Alternative("BALANCE", 0.2))),
                        Claim.notHeard("resolution"),
                        Claim.of("sentiment", new Sentiment(0.5, -0.5, 1), 0.6, List.of(quote)),
                        Map.of(
                                "phone",
                                Claim.of(
                                        "customerChanges/phone",
                                        new CustomerChange("555 0100", "555 0199"),
                                        0.8,
                                        List.of(new Evidence.Note("w-1", 2, 10, "555 0199")))))
                .madeAt(Instant.parse("2026-03-02T09:00:00Z"), Duration.ofMillis(120));
    }
}
