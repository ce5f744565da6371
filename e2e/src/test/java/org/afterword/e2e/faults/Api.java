package org.afterword.e2e.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.afterword.program.AfterwordProcess;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program's API as an administrator and as agents call it. The program may go, and come back at another address. */
final class Api {
    static {
        // the server closes quiet connections after 20 s; a request on one that it is just closing would fail
        System.setProperty("jdk.httpclient.keepalive.timeout", "10");
    }

    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 64;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Supplier<URI> server;
    private final ConcurrentMap<String, String> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> answers = new ConcurrentHashMap<>();
    private final Semaphore lines = new Semaphore(AT_ONCE);

    Api(Supplier<URI> server) {
        this.server = server;
    }

    /** @param retryAfter whether it says when to come again */
    record Answer(int status, JsonNode body, boolean retryAfter) {
        boolean isOk() {
            return status >= 200 && status < 300;
        }

        String text(String member) {
            return body.path(member).asString("");
        }
    }

    /** How often which request was answered how. */
    Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** As the administrator; answers whatever comes, throws where nothing comes. */
    Answer once(String method, String path, @Nullable String body) throws IOException {
        return send(method, path, body, contentType(path), AfterwordProcess.BOOTSTRAP_TOKEN, null);
    }

    /** As the administrator, until the answer is clear. */
    Answer clear(String method, String path, @Nullable String body) {
        return untilClear(() -> once(method, path, body)).answer;
    }

    /** As an agent, until the answer is clear. */
    Cleared clearAs(String agent, String method, String path, @Nullable String body, @Nullable Long version) {
        String token = tokens.computeIfAbsent(agent, this::issueToken);
        return untilClear(() -> send(method, path, body, "application/json", token, version));
    }

    private String issueToken(String agent) {
        Answer issued = clear(
                "POST",
                "/api/v1/tokens",
                "{\"name\":\"%1$s\",\"role\":\"agent\",\"agentId\":\"%1$s\"}".formatted(agent));
        if (issued.status() != 201) {
            throw new IllegalStateException("no token for %s: %s".formatted(agent, issued));
        }
        return issued.text("token");
    }

    /** @param repeated an earlier try broke off or was not taken; whether it had an effect, the answer alone does not tell */
    record Cleared(Answer answer, boolean repeated) {}

    private interface Exchange {
        Answer make() throws IOException;
    }

    private static Cleared untilClear(Exchange exchange) {
        for (boolean repeated = false; ; repeated = true) {
            try {
                Answer answer = exchange.make();
                if (answer.status() < 500) {
                    return new Cleared(answer, repeated);
                }
            } catch (IOException e) {
                // nobody knows what became of it
            }
            pause(Duration.ofMillis(200 + ThreadLocalRandom.current().nextLong(400)));
        }
    }

    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new Ended();
            }
        }
    }

    /** The test is over; what still goes on in it ends. */
    static final class Ended extends RuntimeException {
        Ended() {
            super("the test is over", null, false, false);
        }
    }

    private static String contentType(String path) {
        return switch (path) {
            case "/api/v1/events" -> "application/cloudevents-batch+json";
            case "/api/v1/catalog" -> "application/yaml";
            default -> "application/json";
        };
    }

    private Answer send(
            String method, String path, @Nullable String body, String contentType, String token, @Nullable Long version)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.get().resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        String kind = method + " " + path.replaceFirst("\\?.*", "").replaceAll("/[0-9a-z]{26}", "/{id}") + " ";
        try {
            lines.acquire();
            try {
                HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                answers.merge(kind + response.statusCode(), 1, Integer::sum);
                return new Answer(
                        response.statusCode(),
                        parse(response.body()),
                        response.headers().firstValue("Retry-After").isPresent());
            } finally {
                lines.release();
            }
        } catch (IOException e) {
            answers.merge(kind + e.getClass().getSimpleName(), 1, Integer::sum);
            throw e;
        } catch (InterruptedException e) {
            throw new Ended();
        }
    }

    /** What is no JSON, such as the catalog, is not looked at. */
    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }
}
