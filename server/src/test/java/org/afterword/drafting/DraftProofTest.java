package org.afterword.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.afterword.ApiClient;
import org.afterword.ApiClient.Answer;
import org.afterword.ApiServer;
import org.afterword.Browser;
import org.afterword.conversation.AnEvent;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who sees drafts, and what comes of it in the figures, by the API alone. */
class DraftProofTest {
    private static final String CATALOG = """
            {"dispositions": [
              {"code": "REFUND", "label": "Refund started", "description": "money back refund charged twice"},
              {"code": "ADDRESS", "label": "Address changed", "description": "moved new address street"}],
             "tags": [], "queues": [{"code": "billing", "label": "Billing"}],
             "policies": []}
            """;

    final ApiServer server = ApiServer.running();
    final ApiServer.Center center = server.newTenant();
    final ApiClient ann = center.asAgent("ann");
    final ApiClient admin = center.as(Role.ADMINISTRATOR);
    final Instant now = server.bean(InstantSource.class).instant();

    @BeforeEach
    void catalog() throws Exception {
        assertThat(admin.put("/api/v1/catalog", CATALOG).status()).isEqualTo(200);
    }

    @Test
    void inTheShadowTimeADraftIsMadeMeasuredAndSeenByNobody() throws Exception {
        rollout("{\"holdout\": 0, \"shadowUntil\": \"%s\"}".formatted(now.plus(Duration.ofDays(14))));

        JsonNode wrapUp = calledAbout("c1", "I was charged twice, I want my money back.");

        assertThat(wrapUp.at("/draft/status").asString()).isEqualTo("none");
        assertThat(wrapUp.at("/draft/reason").asString()).contains("not shown yet");
        assertThat(wrapUp.path("record").isEmpty()).isTrue();
        assertThat(wrapUp.path("draftId").isNull() || wrapUp.path("draftId").isMissingNode())
                .isTrue();
        assertThat(ann.get("/api/v1/wrap-ups/" + id(wrapUp) + "/drafts").body()).doesNotContain("REFUND");

        complete(
                wrapUp,
                "{\"disposition\": \"REFUND\", \"summary\": \"Wants money back.\", \"resolution\": \"resolved\"}");

        JsonNode outcome = outcomeOf("c1");
        assertThat(outcome.path("arm").asString()).isEqualTo("shadow");
        assertThat(judged(outcome, "disposition").path("confirmed").asString()).isEqualTo("REFUND");
        assertThat(judged(outcome, "disposition").at("/candidates/0/confidence").asDouble())
                .isPositive();
        assertThat(judged(outcome, "summary").isMissingNode())
                .as("a text typed by hand is no verdict on the draft's")
                .isTrue();
        JsonNode disposition = part("disposition");
        assertThat(disposition.at("/seen/agreed/whole").asInt()).isZero();
        assertThat(disposition.at("/blind/agreed/whole").asInt()).isEqualTo(1);
        Await.until(() -> effect().at("/shadow/contacts").asInt() == 1);
        assertThat(effect().at("/effects/0/difference").isNull()).isTrue();
    }

    @Test
    void aContactKeepsItsLotWhenTheShareChanges() throws Exception {
        rollout("{\"holdout\": 0.5}");
        List<String> heldOut = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; heldOut.isEmpty() || shown.isEmpty(); i++) {
            String call = "c" + i;
            JsonNode wrapUp = calledAbout(call, "I was charged twice, I want my money back.");
            boolean isHeldOut = wrapUp.at("/draft/reason").asString("").contains("by lot");
            (isHeldOut ? heldOut : shown).add(call);
            assertThat(wrapUp.path("record").isEmpty()).isEqualTo(isHeldOut);
        }

        rollout("{\"holdout\": 0}");

        assertThat(wrapUpOf(heldOut.getFirst()).path("record").isEmpty()).isTrue();
        complete(
                wrapUpOf(heldOut.getFirst()),
                "{\"disposition\": \"ADDRESS\", \"summary\": \"Moved.\", \"resolution\": \"resolved\"}");
        complete(wrapUpOf(shown.getFirst()), "{\"disposition\": \"REFUND\", \"resolution\": \"resolved\"}");
        assertThat(outcomeOf(heldOut.getFirst()).path("arm").asString()).isEqualTo("heldOut");
        assertThat(outcomeOf(shown.getFirst()).path("arm").asString()).isEqualTo("shown");
        Await.until(() -> effect().at("/heldOut/contacts").asInt() == 1
                && effect().at("/shown/contacts").asInt() == 1);
    }

    @Test
    void aPartDoesNoMoreThanAnAdministratorAllows() throws Exception {
        rollout(
                "{\"holdout\": 0, \"most\": {\"disposition\": \"SUGGEST\", \"summary\": \"OFF\"}, \"queues\": {\"billing\": {\"issue\": \"OFF\"}}}");

        JsonNode wrapUp = calledAbout("c1", "I was charged twice, I want my money back.");

        assertThat(wrapUp.path("record").has("disposition")).isFalse();
        assertThat(wrapUp.at("/draft/disposition/value").asString()).isEqualTo("REFUND");
        assertThat(wrapUp.at("/draft/summary/statements")).isEmpty();
        assertThat(wrapUp.at("/draft/grades").toString())
                .isEqualTo("{\"disposition\":\"SUGGEST\",\"issue\":\"OFF\",\"summary\":\"OFF\"}");
    }

    @Test
    void whatCannotBeTakenIsNamed() throws Exception {
        Answer answer = admin.put("/api/v1/draft-rollout", """
                {"holdout": 0.6, "shadowUntil": "%s", "most": {"mood": "OFF", "issue": "SUGGEST"}, "queues": {"nowhere": {"cases": "OFF"}}}
                """.formatted(now.plus(Duration.ofDays(200))));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "#/holdout",
                        "#/shadowUntil",
                        "#/most/mood",
                        "#/most/issue",
                        "#/queues/nowhere",
                        "#/queues/nowhere/cases");
        assertThat(admin.get("/api/v1/draft-rollout").json().path("holdout").asDouble())
                .isZero();
        assertThat(admin.put("/api/v1/draft-rollout", "{\"holdOut\": 0.1}").body())
                .contains("#/holdout");
    }

    @Test
    void theLogGoesOnFromPageToPage() throws Exception {
        for (int i = 0; i < 3; i++) {
            complete(
                    calledAbout("c" + i, "I was charged twice, I want my money back."),
                    "{\"disposition\": \"REFUND\", \"resolution\": \"resolved\"}");
        }
        Await.until(() -> outcomes("").path("items").size() == 3);

        JsonNode first = outcomes("&limit=2");
        JsonNode second = outcomes("&limit=2&cursor=" + first.path("next").asString());

        assertThat(first.path("items")).hasSize(2);
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(List.of(
                        first.at("/items/0/wrapUpId"), first.at("/items/1/wrapUpId"), second.at("/items/0/wrapUpId")))
                .doesNotHaveDuplicates();
    }

    @Test
    void thePageSaysWhatIsKnown() throws Exception {
        rollout("{\"holdout\": 0.05}");
        complete(
                calledAbout("c1", "I was charged twice, I want my money back."),
                "{\"disposition\": \"REFUND\", \"resolution\": \"resolved\"}");
        outcomeOf("c1");
        center.newUser("ada", Role.ADMINISTRATOR);
        Browser browser = center.browser();
        browser.signIn("ada");

        String page = browser.get("/admin/drafts").body();

        assertThat(page)
                .contains("What drafts save is not known yet", "Of 100 contacts 5 go without a draft", "Disposition");
    }

    private void rollout(String settings) throws Exception {
        Answer answer = admin.put("/api/v1/draft-rollout", settings);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** The wrap-up of a contact that is over, once its draft is made. */
    private JsonNode calledAbout(String call, String said) throws Exception {
        Instant began = now.minus(Duration.ofMinutes(3));
        center.take(
                AnEvent.of(
                        "interaction.started",
                        call,
                        began.toString(),
                        "{'channel': 'chat', 'direction': 'inbound', 'queue': 'billing', 'customer': {'id': 'k-%s'}}"
                                .formatted(call)),
                AnEvent.of("interaction.connected", call, began.plusSeconds(2).toString(), "{'agentId': 'ann'}"),
                AnEvent.of(
                        "interaction.said",
                        call,
                        began.plusSeconds(5).toString(),
                        "{'turn': 0, 'speaker': 'customer', 'text': '%s'}".formatted(said)),
                AnEvent.of("interaction.ended", call, began.plusSeconds(120).toString(), "{'endedBy': 'customer'}"));
        Await.until(() -> {
            JsonNode draft = admin.get("/api/v1/wrap-ups/" + id(wrapUpOf(call)) + "/drafts")
                    .json();
            return draft.at("/builtIn/status").asString("").equals("ready");
        });
        return wrapUpOf(call);
    }

    private JsonNode wrapUpOf(String call) throws Exception {
        return ann.get("/api/v1/wrap-ups?interactionId=" + call).json().at("/items/0");
    }

    private static String id(JsonNode wrapUp) {
        return wrapUp.path("id").asString();
    }

    private void complete(JsonNode wrapUp, String record) throws Exception {
        Answer answer = ann.send(ann.request("/api/v1/wrap-ups/" + id(wrapUp) + "/completion")
                .header("Content-Type", "application/json")
                .header("If-Match", "\"" + wrapUp.path("version").asInt() + "\"")
                .POST(BodyPublishers.ofString("{\"record\": " + record + "}")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode outcomeOf(String call) throws Exception {
        Await.until(() -> find(call).isPresent());
        return find(call).orElseThrow();
    }

    private Optional<JsonNode> find(String call) throws Exception {
        return outcomes("")
                .path("items")
                .valueStream()
                .filter(one -> one.path("interactionId").asString().equals(call))
                .findFirst();
    }

    private JsonNode outcomes(String more) throws Exception {
        return admin.get("/api/v1/draft-outcomes?from=%s&to=%s%s"
                        .formatted(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), more))
                .json();
    }

    private static JsonNode judged(JsonNode outcome, String part) {
        return outcome.path("parts")
                .valueStream()
                .filter(one -> one.path("part").asString().equals(part))
                .findFirst()
                .orElse(outcome.path("none"));
    }

    private JsonNode part(String name) throws Exception {
        var day = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return admin.get("/api/v1/draft-quality?from=%s&to=%s".formatted(day.minusDays(1), day.plusDays(2)))
                .json()
                .path("parts")
                .valueStream()
                .filter(one -> one.path("part").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode effect() throws Exception {
        return admin.get("/api/v1/reports/drafts?from=%s&to=%s"
                        .formatted(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1))))
                .json();
    }
}
