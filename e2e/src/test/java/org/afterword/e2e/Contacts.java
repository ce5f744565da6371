package org.afterword.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.afterword.program.AfterwordProcess;
import org.jspecify.annotations.Nullable;

/**
 * A connector and an administrator over HTTP, who use the bootstrap token, and agents with tokens of their own. The server
 * may go and come back.
 */
final class Contacts {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Supplier<URI> server;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    Contacts(Supplier<URI> server) {
        this.server = server;
    }

    /** @param body empty where there was none */
    record Answer(int status, String body) {
        /** Every value of a text member of this name, in order. */
        List<String> all(String member) {
            return Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(member))
                    .matcher(body)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        }

        /** The last number of this name: of a wrap-up's versions its own, after that of its policy. */
        long number(String member) {
            MatchResult found = Pattern.compile("\"%s\":(\\d+)".formatted(member))
                    .matcher(body)
                    .results()
                    .reduce((earlier, later) -> later)
                    .orElseThrow();
            return Long.parseLong(found.group(1));
        }
    }

    static String event(String id, String type, String subject, Instant time, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"/e2e","type":"%s","subject":"%s","time":"%s","data":%s}""".formatted(id, type, subject, time, data.replace('\'', '"'));
    }

    /** Sends a batch; throws if the server is not there to answer. */
    Answer send(List<String> events) throws IOException {
        return call(
                "POST",
                "/api/v1/events",
                "[" + String.join(",", events) + "]",
                "application/cloudevents-batch+json",
                null,
                AfterwordProcess.BOOTSTRAP_TOKEN);
    }

    Answer get(String path) throws IOException {
        return call("GET", path, null, null, null, AfterwordProcess.BOOTSTRAP_TOKEN);
    }

    Answer post(String path, String body) throws IOException {
        return call("POST", path, body.replace('\'', '"'), "application/json", null, AfterwordProcess.BOOTSTRAP_TOKEN);
    }

    /** As the agent itself: nobody else answers for its records. */
    Answer postAs(String agent, String path, String body, long version) throws IOException {
        return call("POST", path, body.replace('\'', '"'), "application/json", version, tokenOf(agent));
    }

    private String tokenOf(String agent) throws IOException {
        String known = tokens.get(agent);
        if (known != null) {
            return known;
        }
        Answer issued = post("/api/v1/tokens", "{'name':'%1$s','role':'agent','agentId':'%1$s'}".formatted(agent));
        if (issued.status() != 201) {
            throw new IOException("no token for %s: %s".formatted(agent, issued));
        }
        String token = issued.all("token").getFirst();
        tokens.put(agent, token);
        return token;
    }

    private Answer call(
            String method,
            String path,
            @Nullable String body,
            @Nullable String contentType,
            @Nullable Long version,
            String token)
            throws IOException {
        var request = HttpRequest.newBuilder(server.get().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        if (version != null) {
            request.header("If-Match", "\"" + version + "\"");
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
