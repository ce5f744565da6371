package org.afterword.drafting.internal.prose;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks an endpoint once. Neither what is sent nor what comes back is logged. */
final class ModelClient {
    /** Notes have some thousand characters. */
    private static final long LONGEST_ANSWER = 1_000_000;

    private final HttpClient http;
    private final AllowedHosts allowedHosts;
    private final InstantSource clock;

    /** @param http follows no redirects: they would lead around {@code allowedHosts}, with the key */
    ModelClient(HttpClient http, AllowedHosts allowedHosts, InstantSource clock) {
        this.http = http;
        this.allowedHosts = allowedHosts;
        this.clock = clock;
    }

    /**
     * What came of it within {@code patience}.
     *
     * @throws IllegalStateException if a transaction runs, which would last as long
     */
    Reply ask(LanguageModel model, Question question, Duration patience) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a transaction does not wait for a language model");
        }
        Dialect dialect = Dialect.of(model.settings().kind());
        try {
            Optional<String> objection = allowedHosts.objectionToConnecting(dialect.address(model.settings()));
            if (objection.isPresent()) {
                return new Reply.Rejected(objection.get());
            }
        } catch (UnknownHostException e) {
            return new Reply.Unreached("its host has no address");
        }
        var exchange = http.sendAsync(
                request(dialect, model, question), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST_ANSWER));
        return reply(dialect, exchange, patience);
    }

    private static HttpRequest request(Dialect dialect, LanguageModel model, Question question) {
        var request = HttpRequest.newBuilder(dialect.address(model.settings()))
                .header("content-type", "application/json")
                .header("user-agent", "Afterword")
                .POST(BodyPublishers.ofString(Json.write(dialect.body(model.settings(), question))));
        dialect.headers(model).forEach(request::header);
        return request.build();
    }

    private Reply reply(Dialect dialect, CompletableFuture<HttpResponse<String>> exchange, Duration patience) {
        try {
            return reply(dialect, exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Reply.Slow();
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Reply.Lost("the server stopped");
        }
    }

    private Reply reply(Dialect dialect, HttpResponse<String> response) {
        int status = response.statusCode();
        JsonNode body = json(response.body());
        if (status >= 200 && status < 300) {
            return body == null ? new Reply.Unusable("it was no JSON", null) : dialect.read(body);
        }
        return dialect.refusal(status, response.headers(), body, clock.instant());
    }

    private static @Nullable JsonNode json(String text) {
        try {
            JsonNode json = Json.read(text);
            return json.isObject() ? json : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static Reply failure(@Nullable Throwable cause) {
        return switch (cause) {
            case ConnectException _ -> new Reply.Unreached("it cannot be reached");
            case HttpConnectTimeoutException _ -> new Reply.Unreached("it cannot be reached");
            case IOException _ -> new Reply.Lost("the connection broke");
            case null -> throw new IllegalStateException("an exchange failed without a reason");
            default -> throw new IllegalStateException("an exchange failed by a fault of ours", cause);
        };
    }
}
