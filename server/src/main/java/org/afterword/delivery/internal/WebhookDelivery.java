package org.afterword.delivery.internal;

import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.Ids;
import org.afterword.platform.Json;
import org.afterword.platform.OutgoingHttp;
import org.jspecify.annotations.Nullable;

/**
 * Posts CloudEvents, signed as in Standard Webhooks. The header {@code webhook-id} is the same over all attempts, so that
 * the other side can drop what it has already.
 */
final class WebhookDelivery implements Outlet {
    /** For the whole exchange, since a slow answer blocks as much as none. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Connector.Webhook webhook;
    private final HttpClient http;
    private final AllowedHosts allowedHosts;
    private final InstantSource clock;

    /** @param http follows no redirects: they would lead around {@code allowedHosts} */
    WebhookDelivery(Connector.Webhook webhook, HttpClient http, AllowedHosts allowedHosts, InstantSource clock) {
        this.webhook = webhook;
        this.http = http;
        this.allowedHosts = allowedHosts;
        this.clock = clock;
    }

    @Override
    public Outcome deliver(Message message) {
        return send(message.id(), message.body());
    }

    /** Sends an event of type {@code webhook.test}, which says nothing. */
    @Override
    public Outcome test() {
        Instant now = clock.instant();
        String id = Ids.at(now);
        var event = Json.object()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", "/webhooks/" + webhook.id())
                .put("type", "webhook.test");
        event.set("time", Json.tree(now));
        return send(id, Json.write(event));
    }

    private Outcome send(String id, String body) {
        try {
            Optional<String> objection = allowedHosts.objectionToConnecting(webhook.url());
            if (objection.isPresent()) {
                return new Outcome.Permanent(objection.get());
            }
        } catch (UnknownHostException e) {
            return new Outcome.Retry(
                    "host '%s' has no address".formatted(webhook.url().getHost()));
        }
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request(id, body), BodyHandlers.discarding());
        try {
            return outcome(exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Outcome.Retry("no answer within %d s".formatted(PATIENCE.toSeconds()));
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Retry("the server stopped");
        }
    }

    private HttpRequest request(String id, String body) {
        Instant now = clock.instant();
        return HttpRequest.newBuilder(webhook.url())
                .header("content-type", "application/cloudevents+json; charset=utf-8")
                .header("user-agent", "Afterword")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", webhook.secret().sign(id, now, body))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private Outcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        String reason = "answered " + status;
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered();
        }
        if (status == 401) {
            return new Outcome.Reauthenticate(reason);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Outcome.Retry(OutgoingHttp.retryAfter(response.headers(), clock.instant()), reason);
        }
        return new Outcome.Permanent(status >= 300 && status < 400 ? reason + "; redirects are not followed" : reason);
    }

    private static Outcome failure(@Nullable Throwable cause) {
        return switch (cause) {
            case IOException e ->
                new Outcome.Retry("not reached: " + e.getClass().getSimpleName());
            case null -> throw new IllegalStateException("an exchange failed without a reason");
            default -> throw new IllegalStateException("an exchange failed by a fault of ours", cause);
        };
    }
}
