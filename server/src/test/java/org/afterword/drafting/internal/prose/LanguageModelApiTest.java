package org.afterword.drafting.internal.prose;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.afterword.drafting.internal.prose.FakeModel.saying;
import static org.assertj.core.api.Assertions.assertThat;

import org.afterword.ApiClient;
import org.afterword.ApiServer;
import org.afterword.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LanguageModelApiTest {
    private static final String PATH = "/api/v1/language-model";

    @RegisterExtension
    final FakeModel endpoint = new FakeModel();

    final ApiServer.Center center = ApiServer.running().newTenant();
    final ApiClient admin = center.as(Role.ADMINISTRATOR);

    private String settings(String more) {
        return "{\"kind\": \"openAiCompatible\", \"url\": \"%s\", \"model\": \"plum\"%s}"
                .formatted(endpoint.url(), more);
    }

    @Test
    void thereIsNoneUntilSomebodySetsOneUp() throws Exception {
        assertThat(admin.get(PATH).status()).isEqualTo(404);
        assertThat(admin.post(PATH + "/test", "").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotSaidIsAsUsual() throws Exception {
        var answer = admin.put(PATH, settings(""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("enabled").asBoolean(true)).isFalse();
        assertThat(answer.json().path("namesMayLeave").asBoolean(true)).isFalse();
        assertThat(answer.json().path("deadlineSeconds").asInt()).isEqualTo(20);
        assertThat(answer.json().path("hasKey").asBoolean(true)).isFalse();
        assertThat(answer.text("/tokenLimit")).isEqualTo("max_tokens");
        assertThat(admin.get(PATH).json().path("today").path("calls").asInt(-1)).isZero();
    }

    @Test
    void aKeyIsShownToNobodyAndStandsInNoTrail() throws Exception {
        var answer = admin.put(PATH, settings(", \"key\": \"sk-quince\""));

        assertThat(answer.json().path("hasKey").asBoolean()).isTrue();
        assertThat(answer.body()).doesNotContain("quince");
        assertThat(admin.get(PATH).body()).doesNotContain("quince");
        var trail = admin.get("/api/v1/audit?kind=language-model.changed");
        assertThat(trail.text("/items/0/subject")).isEqualTo("language-model:settings");
        assertThat(trail.body()).contains("plum").doesNotContain("quince");
    }

    @Test
    void aKeyStaysWhereItIsAndGoesNowhereElse() throws Exception {
        admin.put(PATH, settings(", \"key\": \"sk-quince\""));

        assertThat(admin.put(PATH, settings("")).json().path("hasKey").asBoolean())
                .isTrue();

        var moved =
                admin.put(PATH, "{\"kind\": \"anthropic\", \"url\": \"https://other.example\", \"model\": \"plum\"}");
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.text("/errors/0/pointer")).isEqualTo("#/key");

        assertThat(admin.put(PATH, settings(", \"key\": \"\""))
                        .json()
                        .path("hasKey")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void everythingThatCannotBeTakenIsNamed() throws Exception {
        var answer = admin.put(PATH, """
                {"url": "http://10.0.0.1/x?y", "deadlineSeconds": 3600, "outputTokens": 1,
                 "price": {"input": -1, "output": 1, "currency": "euro"}, "daily": {"tokens": 0}}
                """);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(e -> e.path("pointer").asString()))
                .containsExactlyInAnyOrder(
                        "#/url",
                        "#/kind",
                        "#/model",
                        "#/deadlineSeconds",
                        "#/outputTokens",
                        "#/price",
                        "#/price/currency",
                        "#/daily");
    }

    @Test
    void aBudgetOfMoneyNeedsAPrice() throws Exception {
        assertThat(admin.put(PATH, settings(", \"monthly\": {\"money\": 5}")).text("/errors/0/pointer"))
                .isEqualTo("#/monthly/money");
    }

    @Test
    void itCanBeTriedBeforeItIsSwitchedOn() throws Exception {
        endpoint.answers(saying(Notes.answer(
                "[{\"text\": \"Customer asked for the invoice again.\", \"lines\": [2]}]", "[]", "[]", null)));
        admin.put(PATH, settings(""));

        var result = admin.post(PATH + "/test", "");

        assertThat(result.json().path("works").asBoolean()).as(result.body()).isTrue();
        assertThat(result.json().path("inputTokens").asInt()).isEqualTo(96);
        assertThat(admin.get(PATH).json().path("today").path("calls").asInt()).isEqualTo(1);
        assertThat(admin.get(PATH).json().path("month").path("outputTokens").asInt())
                .isEqualTo(58);
    }

    @Test
    void aTrialTellsWhatIsWrong() throws Exception {
        endpoint.answers(aResponse()
                .withStatus(401)
                .withBody("{\"error\": {\"code\": \"invalid_api_key\", \"message\": \"sk-quince\"}}"));
        admin.put(PATH, settings(", \"key\": \"sk-quince\""));

        var result = admin.post(PATH + "/test", "");

        assertThat(result.json().path("works").asBoolean(true)).isFalse();
        assertThat(result.text("/outcome")).isEqualTo("rejected");
        assertThat(result.text("/reason")).isEqualTo("it answered 401 (invalid_api_key)");
    }

    @Test
    void onlyAdministratorsSetItUp() throws Exception {
        assertThat(center.as(Role.SUPERVISOR).get(PATH).status()).isEqualTo(403);
        assertThat(center.as(Role.INTEGRATION).put(PATH, settings("")).status()).isEqualTo(403);
    }
}
