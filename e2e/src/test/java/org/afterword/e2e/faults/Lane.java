package org.afterword.e2e.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** One connection of a connector: sends what is put there in batches, each again and again until it is taken. */
final class Lane implements Runnable {
    private static final int LARGEST = 200;
    private static final Duration GATHER = Duration.ofMillis(40);
    private static final Duration AGAIN = Duration.ofMillis(300);

    /** @param taken completes when the program has answered that it has the event */
    record Sent(String id, String json, CompletableFuture<Void> taken) {}

    private final BlockingQueue<Sent> queue = new LinkedBlockingQueue<>();
    private final Api api;
    private final Ledger ledger;
    private volatile boolean busy;

    Lane(Api api, Ledger ledger) {
        this.api = api;
        this.ledger = ledger;
    }

    CompletableFuture<Void> put(String id, String json) {
        ledger.sent(id);
        var sent = new Sent(id, json, new CompletableFuture<>());
        queue.add(sent);
        return sent.taken;
    }

    /** Whether all that was put here is taken. */
    boolean isIdle() {
        return queue.isEmpty() && !busy;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Sent first = queue.take();
                busy = true;
                Api.pause(GATHER);
                var batch = new ArrayList<>(List.of(first));
                queue.drainTo(batch, LARGEST - 1);
                sendUntilTaken(batch);
                busy = false;
            }
        } catch (InterruptedException | Api.Ended e) {
            // the test is over
        }
    }

    private void sendUntilTaken(List<Sent> batch) {
        String body = batch.stream().map(Sent::json).collect(Collectors.joining(",", "[", "]"));
        while (!isTaken(batch, body)) {
            Api.pause(AGAIN);
        }
        for (Sent sent : batch) {
            ledger.accepted(sent.id);
            sent.taken.complete(null);
        }
    }

    private boolean isTaken(List<Sent> batch, String body) {
        try {
            Api.Answer answer = api.once("POST", "/api/v1/events", body);
            if (answer.status() != 202) {
                if (answer.status() != 503 || !answer.retryAfter()) {
                    ledger.violated("events were answered " + answer);
                }
                return false;
            }
            int counted = answer.body().path("accepted").asInt()
                    + answer.body().path("duplicates").asInt();
            JsonNode setAside = answer.body().path("rejected");
            if (counted + setAside.size() != batch.size()) {
                ledger.violated("%d events were sent and answered %s".formatted(batch.size(), answer));
            } else {
                for (JsonNode rejected : setAside) {
                    ledger.violated("an event was set aside: " + rejected);
                }
            }
            return true;
        } catch (IOException e) {
            return false; // it may have been taken, or not
        }
    }
}
