package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.Browser;
import org.afterword.conversation.AnEvent;
import org.afterword.conversation.InteractionId;
import org.afterword.drafting.Grade;
import org.afterword.drafting.internal.proof.Draws;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.DueWork;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.DraftTrust;
import org.afterword.wrapup.Unattended;
import org.afterword.wrapup.WrapUps;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the events of a contact to a record that a policy approved, through the whole program. */
class UnattendedDraftsTest {
    private static final List<String> PARTS =
            List.of("summary", "reasons", "disposition", "tags", "resolution", "fields", "checklist", "followUps");

    private static final String CATALOG = """
            {"callTypes": [{"code": "MONEY", "label": "Money back"}],
             "dispositions": [
              {"code": "REFUND", "label": "Refund started", "description": "money back refund charged twice"},
              {"code": "ADDRESS", "label": "Address changed", "description": "moved new address street"}],
             "tags": [], "queues": [{"code": "billing", "label": "Billing"}],
             "policies": [{"code": "money", "label": "Money back", "settings":
               {"mode": "DISCRETIONARY", "unattended": {"callTypes": ["MONEY"], "confidence": 0.95}}}]}
            """;

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final ApiClient admin = center.as(Role.ADMINISTRATOR);
    final Tenancy tenancy = server.bean(Tenancy.class);
    final PipelinedJdbc jdbc = server.bean(PipelinedJdbc.class);
    final Instant now = server.bean(InstantSource.class).instant();

    @BeforeEach
    void catalog() throws Exception {
        assertThat(admin.put("/api/v1/catalog", CATALOG).status()).isEqualTo(200);
    }

    @Test
    void whatNobodyLookedAtLeavesAndProvesNothing() throws Exception {
        allow("FILL");
        earn("FILL", now.minus(Duration.ofDays(30)));
        String call = contact(false);
        called(call);

        readyAndSure(call);

        Await.until(() -> wrapUp(call).path("status").asString().equals("COMPLETED"));
        JsonNode approved = wrapUp(call);
        assertThat(approved.at("/approvedBy/kind").asString()).isEqualTo("policy");
        assertThat(approved.at("/approvedBy/confidence").asDouble()).isEqualTo(0.97);
        assertThat(approved.at("/record/disposition").asString()).isEqualTo("REFUND");
        assertThat(approved.at("/provenance/~1disposition/status").asString()).isEqualTo("drafted");
        Await.until(() -> quality().at("/unattended/approved").asInt() == 1);
        assertThat(quality().path("parts")).as("agreement").isEmpty();
        assertThat(count("draft_outcome")).isZero();
        assertThat(count("confirmed_example")).as("lessons").isZero();

        Answer revised = ann.post(
                "/api/v1/wrap-ups/" + id(call) + "/revisions",
                "{\"record\": {\"disposition\": \"ADDRESS\"}, \"reason\": \"Moved, too.\"}");
        assertThat(revised.status()).as(revised.body()).isEqualTo(200);
        Await.until(() -> quality().at("/unattended/amended").asInt() == 1);
        center.newUser("ada", Role.ADMINISTRATOR);
        Browser browser = center.browser();
        browser.signIn("ada");
        assertThat(browser.get("/admin/drafts").body())
                .contains("Policies approved 1 record with nobody looking; 1 of them were amended.");
        assertThat(browser.get("/records/" + call).body())
                .as("who amended it answers for it now")
                .doesNotContain("nobody checked it");
    }

    @Test
    void whoIsDrawnIsConfirmedByItsAgentAndCountsAsAudited() throws Exception {
        allow("FILL_AUDITED");
        earn("FILL", now.minus(Duration.ofDays(30)));
        String call = contact(true);
        called(call);

        readyAndSure(call);

        Await.until(() -> isAudited(call));
        JsonNode open = wrapUp(call);
        assertThat(open.path("status").asString()).isEqualTo("OPEN");
        assertThat(open.at("/record/disposition").asString()).isEqualTo("REFUND");
        Answer confirmed = ann.send(ann.request("/api/v1/wrap-ups/" + id(call) + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"0\"")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
        Await.until(() -> quality().at("/unattended/audited").asInt() == 1);
        assertThat(quality().at("/unattended/approved").asInt()).isZero();
        assertThat(tenancy.in(
                        center.id(),
                        () -> jdbc.queryForObject(
                                "SELECT sum(accepted) FROM draft_agreement WHERE part = 'disposition' AND audited",
                                Long.class)))
                .isEqualTo(1);
    }

    @Test
    void noPartIsTrustedFurtherThanItEarnedAndMay() throws Exception {
        called("c1");
        assertThat(trust("c1").earned()).as("off by default").isEmpty();
        assertThat(trust("c1").unearned()).contains("disposition", "summary");

        allow("FILL");
        called("c2");
        assertThat(trust("c2").earned()).as("allowed, and not earned").isEmpty();

        earn("FILL", now.minus(Duration.ofDays(30)));
        called("c3");
        assertThat(trust("c3").earned()).contains("disposition", "summary").doesNotContain("issue");
        assertThat(trust("c3").unearned()).isEmpty();
        assertThat(trust("c2").earned()).as("drafted before it was earned").isEmpty();

        center.take(AnEvent.of("interaction.recorded", "c4", now.toString(), "{'file': 'c4.wav'}"));
        called("c4");
        assertThat(trust("c4").earned())
                .as("more may be heard in the recording")
                .isEmpty();

        plan("draft.prose", "c3");
        assertThat(trust("c3").isSettled()).as("a language model writes").isFalse();
        cancel("draft.prose", "c3");
        assertThat(trust("c3").isSettled()).isTrue();

        earn("PREFILL", now);
        assertThat(trust("c3").unearned()).as("it fell meanwhile").contains("disposition", "summary");
    }

    private DraftTrust.Trust trust(String call) {
        return tenancy.in(center.id(), () -> server.bean(DraftTrust.class).of(new InteractionId(call)));
    }

    private void allow(String grade) throws Exception {
        var most = PARTS.stream()
                .map(part -> "\"%s\": \"%s\"".formatted(part, grade))
                .toList();
        Answer answer = admin.put(
                "/api/v1/draft-rollout", "{\"holdout\": 0, \"most\": {%s}}".formatted(String.join(", ", most)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void plan(String kind, String id) {
        tenancy.run(center.id(), () -> server.bean(DueWork.class).schedule(kind, id, now.plus(Duration.ofDays(1))));
    }

    private void cancel(String kind, String id) {
        tenancy.run(center.id(), () -> server.bean(DueWork.class).cancel(kind, List.of(id)));
    }

    /** As if agreement had been measured for months. */
    private void earn(String grade, Instant since) {
        tenancy.run(
                center.id(),
                () -> PARTS.forEach(part -> jdbc.update(
                        "INSERT INTO draft_grade (tenant_id, queue, part, since, grade, judged, agreed) VALUES (?, 'billing', ?, ?::timestamptz, ?, 400, 400)",
                        center.id().value(),
                        part,
                        since.toString(),
                        grade)));
    }

    /** A contact that the lot makes one that is audited, or not. */
    private String contact(boolean audited) {
        var draw = tenancy.in(center.id(), () -> server.bean(Draws.class).of(center.id()));
        List<Grade> grades = List.of(audited ? Grade.FILL_AUDITED : Grade.FILL);
        return IntStream.range(0, 1000)
                .mapToObj(i -> "call-" + i)
                .filter(call -> draw.isAudited(new InteractionId(call), grades) == audited)
                .findFirst()
                .orElseThrow();
    }

    /** A contact about money is over, and its draft is ready. */
    private void called(String call) throws Exception {
        Instant began = now.minus(Duration.ofMinutes(3));
        center.take(
                AnEvent.of(
                        "interaction.started",
                        call,
                        began.toString(),
                        "{'channel': 'chat', 'direction': 'inbound', 'queue': 'billing', 'callType': 'MONEY', 'customer': {'id': 'k'}}"),
                AnEvent.of("interaction.connected", call, began.plusSeconds(2).toString(), "{'agentId': 'ann'}"),
                AnEvent.of(
                        "interaction.said",
                        call,
                        began.plusSeconds(5).toString(),
                        "{'turn': 0, 'speaker': 'customer', 'text': 'I was charged twice, I want my money back.'}"),
                AnEvent.of("interaction.ended", call, began.plusSeconds(120).toString(), "{'endedBy': 'customer'}"));
        Await.until(() -> admin.get("/api/v1/wrap-ups/" + id(call) + "/drafts")
                .json()
                .at("/builtIn/status")
                .asString("")
                .equals("ready"));
    }

    /** As sure as a model makes it that learned from thousands of records. */
    private void readyAndSure(String call) {
        var interaction = new InteractionId(call);
        tenancy.run(center.id(), () -> {
            jdbc.update("""
                    UPDATE draft
                       SET draft = jsonb_set(jsonb_set(draft, '{learned}', '{"dispositions": 1}'), '{disposition,confidence}', '0.97'),
                           proposal = jsonb_set(proposal, '{disposition}', '"REFUND"')
                     WHERE interaction_id = ?
                    """, call);
            server.bean(Unattended.class).drafted(server.bean(WrapUps.class).ofInteractions(List.of(interaction)));
        });
    }

    private boolean isAudited(String call) {
        Boolean audited = tenancy.in(
                center.id(),
                () -> jdbc.queryForObject("SELECT audited FROM draft WHERE interaction_id = ?", Boolean.class, call));
        return Boolean.TRUE.equals(audited);
    }

    private JsonNode wrapUp(String call) throws Exception {
        return admin.get("/api/v1/wrap-ups?interactionId=" + call).json().at("/items/0");
    }

    private String id(String call) throws Exception {
        return wrapUp(call).path("id").asString();
    }

    private JsonNode quality() throws Exception {
        var day = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return admin.get("/api/v1/draft-quality?from=%s&to=%s".formatted(day.minusDays(1), day.plusDays(2)))
                .json();
    }

    private long count(String table) {
        Long count = tenancy.in(center.id(), () -> jdbc.queryForObject("SELECT count(*) FROM " + table, Long.class));
        return count == null ? 0 : count;
    }
}
