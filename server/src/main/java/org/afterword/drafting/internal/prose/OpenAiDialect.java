package org.afterword.drafting.internal.prose;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.afterword.platform.Json;
import org.afterword.platform.OutgoingHttp;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions with a JSON schema, in the common core of OpenAI, vLLM, llama.cpp, Ollama and gateways. */
final class OpenAiDialect implements Dialect {
    private static final String ANSWER = "notes";

    private static final Set<Integer> PASSING = Set.of(408, 409, 500, 502, 503, 504);
    private static final Pattern FENCE = Pattern.compile("(?s)\\A\\s*```(?:json)?\\s*(.*?)\\s*```\\s*\\z");

    /** {@code 6m30s}, {@code 1s}, {@code 120ms}. */
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?)(ms|h|m|s)");

    @Override
    public URI address(ModelSettings settings) {
        return Dialect.under(settings.url(), "/v1/chat/completions");
    }

    @Override
    public Map<String, String> headers(LanguageModel model) {
        return model.key() == null
                ? Map.of()
                : Map.of("authorization", "Bearer " + model.key().text());
    }

    @Override
    public ObjectNode body(ModelSettings settings, Question question) {
        ObjectNode body = Json.object().put("model", settings.model());
        switch (settings.tokenLimit()) {
            case MAX_TOKENS -> body.put("max_tokens", question.outputTokens()).put("temperature", 0);
            case MAX_COMPLETION_TOKENS -> body.put("max_completion_tokens", question.outputTokens());
        }
        body.putArray("messages")
                .add(Json.object().put("role", "system").put("content", question.rules()))
                .add(Json.object().put("role", "user").put("content", question.words()));
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", ANSWER)
                .put("strict", true)
                .set("schema", question.schema());
        return body;
    }

    @Override
    public Reply read(JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode message = choice.path("message");
        Reply.Tokens tokens = tokens(body.path("usage"));
        if (!message.path("refusal").asString("").isBlank()) {
            return new Reply.Refused("it refused to answer", tokens);
        }
        switch (choice.path("finish_reason").asString("")) {
            case "length" -> {
                return new Reply.CutOff(tokens);
            }
            case "content_filter" -> {
                return new Reply.Refused("its filter held the answer back", tokens);
            }
            default -> {}
        }
        if (!message.path("tool_calls").isEmpty()
                || message.path("function_call").isObject()) {
            return new Reply.Unusable("it asked for tools, and there are none", tokens);
        }
        String content = message.path("content").asString("");
        if (content.isBlank()) {
            return new Reply.Unusable("it was empty", tokens);
        }
        Matcher fenced = FENCE.matcher(content);
        try {
            return new Reply.Content(Json.read(fenced.matches() ? fenced.group(1) : content), tokens);
        } catch (JacksonException e) {
            return new Reply.Unusable("it was no JSON", tokens);
        }
    }

    private static Reply.@Nullable Tokens tokens(JsonNode usage) {
        long input = usage.path("prompt_tokens").asLong(0);
        long output = usage.path("completion_tokens").asLong(0);
        return input > 0 && output >= 0 ? new Reply.Tokens(input, output) : null;
    }

    @Override
    public Reply refusal(int status, HttpHeaders headers, @Nullable JsonNode body, Instant now) {
        JsonNode error = body == null ? Json.object() : body.path("error").isObject() ? body.path("error") : body;
        String code = error.path("code").asString("");
        String type = error.path("type").asString("");
        String reason = Dialect.named(status, code.matches("\\d*") ? type : code);
        if (code.equals("insufficient_quota") || type.equals("insufficient_quota")) {
            return new Reply.OutOfQuota();
        }
        if (status == 429) {
            return new Reply.Later(wait(headers, now), true, reason);
        }
        if (PASSING.contains(status)) {
            return new Reply.Later(OutgoingHttp.retryAfter(headers, now), status == 503, reason);
        }
        if (status == 400 && (code.equals("context_length_exceeded") || type.equals("exceed_context_size_error"))) {
            return new Reply.TooLong();
        }
        return new Reply.Rejected(reason);
    }

    private static @Nullable Duration wait(HttpHeaders headers, Instant now) {
        Duration asked = OutgoingHttp.retryAfter(headers, now);
        if (asked != null) {
            return asked;
        }
        boolean tokensAreUsedUp =
                headers.firstValue("x-ratelimit-remaining-tokens").orElse("").equals("0");
        String reset = headers.firstValue("x-ratelimit-reset-" + (tokensAreUsedUp ? "tokens" : "requests"))
                .orElse("");
        Duration span = Duration.ZERO;
        Matcher part = SPAN.matcher(reset);
        int read = 0;
        while (part.find() && part.start() == read) {
            long millis = switch (part.group(2)) {
                case "h" -> 3_600_000;
                case "m" -> 60_000;
                case "s" -> 1_000;
                default -> 1;
            };
            span = span.plusMillis((long) Math.ceil(Double.parseDouble(part.group(1)) * millis));
            read = part.end();
        }
        return read == 0 || read < reset.length() ? null : span;
    }
}
