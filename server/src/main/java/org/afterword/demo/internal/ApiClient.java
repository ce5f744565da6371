package org.afterword.demo.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.platform.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The product's public HTTP API as the demo uses it. A request that finds the server too busy, restarting or not there yet is
 * sent again until it gets an answer.
 */
final class ApiClient {
    static final String EVENTS = "application/cloudevents-batch+json";
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

    /** @param body empty object where there is none */
    record Answer(int status, JsonNode body, Optional<String> etag) {
        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI server;
    private final WallClock clock;

    ApiClient(URI server, WallClock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** The API as the holder of a token sees it; the token is asked for with each request. */
    Session as(Supplier<String> token) {
        return new Session(token);
    }

    final class Session {
        private final Supplier<String> token;

        private Session(Supplier<String> token) {
            this.token = token;
        }

        Answer get(String path) throws InterruptedException {
            return send("GET", path, BodyPublishers.noBody(), Map.of());
        }

        Answer post(String path, JsonNode body) throws InterruptedException {
            return send("POST", path, BodyPublishers.ofString(body.toString()), Map.of("Content-Type", JSON));
        }

        /** Says which version of the record was seen. */
        Answer post(String path, JsonNode body, String etag) throws InterruptedException {
            return send(
                    "POST",
                    path,
                    BodyPublishers.ofString(body.toString()),
                    Map.of("Content-Type", JSON, "If-Match", etag));
        }

        Answer put(String path, String contentType, String body) throws InterruptedException {
            return send("PUT", path, BodyPublishers.ofString(body), Map.of("Content-Type", contentType));
        }

        Answer delete(String path) throws InterruptedException {
            return send("DELETE", path, BodyPublishers.noBody(), Map.of());
        }

        Answer postEvents(JsonNode batch) throws InterruptedException {
            return send(
                    "POST",
                    "/api/v1/events",
                    BodyPublishers.ofString(batch.toString()),
                    Map.of("Content-Type", EVENTS));
        }

        private Answer send(String method, String path, BodyPublisher body, Map<String, String> headers)
                throws InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                    .timeout(PATIENCE)
                    .method(method, body)
                    .header("Authorization", "Bearer " + token.get())
                    .header("Accept", JSON);
            headers.forEach(request::header);
            while (true) {
                try {
                    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
                    if (response.statusCode() != 503) {
                        return new Answer(
                                response.statusCode(),
                                json(response.body()),
                                response.headers().firstValue("ETag"));
                    }
                } catch (IOException e) {
                    // Not there (yet, or any more): the next try tells.
                }
                clock.awaitUntil(clock.now().plus(BEFORE_RETRY));
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? Json.object() : Json.read(text);
        } catch (JacksonException e) {
            return Json.object().put("detail", text);
        }
    }
}
