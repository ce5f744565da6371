package org.afterword.drafting.internal.prose;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one kind of endpoint is spoken to. Pure: who sends is {@link ModelClient}. */
interface Dialect {
    URI address(ModelSettings settings);

    Map<String, String> headers(LanguageModel model);

    ObjectNode body(ModelSettings settings, Question question);

    /** @param body of an answer with a status of 2xx */
    Reply read(JsonNode body);

    /** @param body of a refusal; null if it was no JSON */
    Reply refusal(int status, HttpHeaders headers, @Nullable JsonNode body, Instant now);

    static Dialect of(ModelSettings.Kind kind) {
        return switch (kind) {
            case OPEN_AI_COMPATIBLE -> new OpenAiDialect();
            case ANTHROPIC -> new AnthropicDialect();
        };
    }

    /** The endpoint's own path behind where it is, which people write with {@code /v1} and without. */
    static URI under(URI url, String path) {
        String base = url.toString().replaceFirst("/+$", "").replaceFirst("/v1$", "");
        return URI.create(base + path);
    }

    /** How the other side calls what is wrong, fit to be shown: never its words, which may repeat ours. */
    static String named(int status, String type) {
        return type.matches("[A-Za-z0-9_.-]{1,60}")
                ? "it answered %d (%s)".formatted(status, type)
                : "it answered %d".formatted(status);
    }
}
