package org.afterword.drafting.internal.prose;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.afterword.platform.Json;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An endpoint that answers as the vendors' samples do; the notes in them are a test's own. */
final class FakeModel implements BeforeEachCallback, AfterEachCallback {
    private final WireMockExtension http = WireMockExtension.newInstance().build();

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        http.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        http.afterEach(context);
    }

    String url() {
        return http.baseUrl();
    }

    /** A sample as it was published. */
    static JsonNode sample(String name) {
        try (InputStream file = FakeModel.class.getResourceAsStream("/language-model/" + name + ".json")) {
            return Json.read(new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample of a chat completion with this content. */
    static ResponseDefinitionBuilder saying(String content) {
        JsonNode sample = sample("openai-chat-response");
        ((ObjectNode) sample.path("choices").path(0).path("message")).put("content", content);
        return json(sample);
    }

    /** The sample of a message that uses our tool with this input. */
    static ResponseDefinitionBuilder using(String input) {
        JsonNode sample = sample("anthropic-response-tool-use");
        ((ObjectNode) sample.path("content").path(0))
                .put("name", "record_notes")
                .set("input", Json.read(input));
        return json(sample);
    }

    static ResponseDefinitionBuilder json(JsonNode body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body.toString());
    }

    /** One of a file of refusals. */
    static ResponseDefinitionBuilder refusing(JsonNode refusal) {
        var response = aResponse()
                .withStatus(refusal.path("status").asInt())
                .withBody(
                        refusal.path("body").isString()
                                ? refusal.path("body").asString()
                                : refusal.path("body").toString());
        refusal.path("headers")
                .properties()
                .forEach(header ->
                        response.withHeader(header.getKey(), header.getValue().asString()));
        return response;
    }

    /** Answers so from now on. */
    void answers(ResponseDefinitionBuilder response) {
        http.stubFor(any(anyUrl()).willReturn(response));
    }

    /** Answers so, one after another; then the last one always. */
    void answersInTurn(ResponseDefinitionBuilder... responses) {
        for (int i = 0; i < responses.length; i++) {
            http.stubFor(any(anyUrl())
                    .inScenario("turns")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "turn " + i)
                    .willReturn(responses[i])
                    .willSetStateTo("turn " + Math.min(i + 1, responses.length - 1)));
        }
    }

    /** What it was asked, the earliest first. */
    List<LoggedRequest> requests() {
        return http.getAllServeEvents().reversed().stream()
                .map(ServeEvent::getRequest)
                .toList();
    }

    JsonNode body(int request) {
        return Json.read(requests().get(request).getBodyAsString());
    }
}
