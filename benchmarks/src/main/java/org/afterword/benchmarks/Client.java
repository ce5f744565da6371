package org.afterword.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.afterword.program.AfterwordProcess;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One who talks to the server: the administrator, or an agent. */
final class Client {
    static {
        // the server closes quiet connections after 20 s; a request on one that it is just closing would fail
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI server;
    private final String token;

    /** The administrator. */
    Client(URI server) {
        this(server, AfterwordProcess.BOOTSTRAP_TOKEN);
    }

    private Client(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** An agent with a token of its own, which is issued first. */
    CompletableFuture<Client> asAgent(String agent) {
        return post(
                        "/api/v1/tokens",
                        "{\"name\":\"%1$s\",\"role\":\"agent\",\"agentId\":\"%1$s\"}".formatted(agent),
                        null)
                .thenApply(answer -> new Client(
                        server,
                        JsonMapper.shared()
                                .readTree(answer.body())
                                .path("token")
                                .asString()));
    }

    /** Sends a batch; all of it has to be accepted. */
    void send(List<String> events) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(events(events), BodyHandlers.ofString());
        if (!isAccepted(answer, events.size())) {
            throw new IOException("events were not accepted: " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Sends one event; answers what went wrong, in a word, or nothing if it was accepted. */
    CompletableFuture<Optional<String>> send(String event) {
        return HTTP.sendAsync(events(List.of(event)), BodyHandlers.ofString()).handle((answer, failure) -> {
            if (answer == null) {
                return Optional.of(failure.getClass().getSimpleName());
            }
            return isAccepted(answer, 1) ? Optional.empty() : Optional.of("status " + answer.statusCode());
        });
    }

    CompletableFuture<HttpResponse<String>> get(String path) {
        return HTTP.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> patch(String path, String body, String ifMatch) {
        return HTTP.sendAsync(
                request(path)
                        .header("Content-Type", "application/merge-patch+json")
                        .header("If-Match", ifMatch)
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> post(String path, String body, @Nullable String ifMatch) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> delete(String path) {
        return HTTP.sendAsync(request(path).DELETE().build(), BodyHandlers.ofString());
    }

    void putCatalog(String yaml) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(
                request("/api/v1/catalog")
                        .header("Content-Type", "application/yaml")
                        .PUT(HttpRequest.BodyPublishers.ofString(yaml))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the catalog was not taken: " + answer.statusCode() + " " + answer.body());
        }
    }

    /**
     * Opens the stream of what happens to wrap-ups.
     *
     * @param after the position from which on everything is wanted; null for from now on
     */
    InputStream stream(@Nullable String after) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1/stream?topics=wrapUps"))
                .header("Authorization", "Bearer " + token);
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IOException("the stream was not opened: " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpRequest events(List<String> events) {
        return request("/api/v1/events")
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString("[" + String.join(",", events) + "]"))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private static boolean isAccepted(HttpResponse<String> answer, int events) {
        return answer.statusCode() == 202 && answer.body().contains("\"accepted\":" + events + ",");
    }
}
