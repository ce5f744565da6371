package org.afterword.drafting.internal.prose;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.afterword.platform.Json;
import org.afterword.platform.OutgoingHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Messages, with one tool that the model has to use, whose input is the answer. */
final class AnthropicDialect implements Dialect {
    private static final String VERSION = "2023-06-01";
    private static final String TOOL = "record_notes";

    @Override
    public URI address(ModelSettings settings) {
        return Dialect.under(settings.url(), "/v1/messages");
    }

    @Override
    public Map<String, String> headers(LanguageModel model) {
        return model.key() == null
                ? Map.of("anthropic-version", VERSION)
                : Map.of("anthropic-version", VERSION, "x-api-key", model.key().text());
    }

    @Override
    public ObjectNode body(ModelSettings settings, Question question) {
        ObjectNode body = Json.object()
                .put("model", settings.model())
                .put("max_tokens", question.outputTokens())
                .put("temperature", 0)
                .put("system", question.rules());
        body.putArray("messages").add(Json.object().put("role", "user").put("content", question.words()));
        ObjectNode tool = Json.object().put("name", TOOL).put("description", "Keeps the notes of the contact");
        tool.set("input_schema", question.schema());
        body.putArray("tools").add(tool);
        body.putObject("tool_choice").put("type", "tool").put("name", TOOL);
        return body;
    }

    @Override
    public Reply read(JsonNode body) {
        Reply.Tokens tokens = tokens(body.path("usage"));
        switch (body.path("stop_reason").asString("")) {
            case "refusal" -> {
                return new Reply.Refused("it refused to answer", tokens);
            }
            case "max_tokens" -> {
                return new Reply.CutOff(tokens);
            }
            case "model_context_window_exceeded" -> {
                return new Reply.TooLong();
            }
            default -> {}
        }
        JsonNode ours = null;
        for (JsonNode block : body.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                if (!block.path("name").asString("").equals(TOOL)) {
                    return new Reply.Unusable("it asked for other tools, and there are none", tokens);
                }
                ours = ours == null ? block.path("input") : ours;
            }
        }
        return ours == null
                ? new Reply.Unusable("it did not use the tool " + TOOL, tokens)
                : new Reply.Content(ours, tokens);
    }

    private static Reply.@Nullable Tokens tokens(JsonNode usage) {
        long input = usage.path("input_tokens").asLong(0);
        long output = usage.path("output_tokens").asLong(0);
        return input > 0 && output >= 0 ? new Reply.Tokens(input, output) : null;
    }

    @Override
    public Reply refusal(int status, HttpHeaders headers, @Nullable JsonNode body, Instant now) {
        String type = body == null ? "" : body.path("error").path("type").asString("");
        String reason = Dialect.named(status, type);
        if (type.equals("billing_error")) {
            return new Reply.OutOfQuota();
        }
        String advice = headers.firstValue("x-should-retry").orElse("");
        boolean passing = status == 408 || status == 409 || status == 429 || status >= 500;
        if (advice.equals("true") || passing && !advice.equals("false")) {
            return new Reply.Later(wait(headers, now), status == 429 || status == 529, reason);
        }
        return new Reply.Rejected(reason);
    }

    private static @Nullable Duration wait(HttpHeaders headers, Instant now) {
        String millis = headers.firstValue("retry-after-ms").orElse("").strip();
        return millis.matches("\\d{1,9}")
                ? Duration.ofMillis(Long.parseLong(millis))
                : OutgoingHttp.retryAfter(headers, now);
    }
}
