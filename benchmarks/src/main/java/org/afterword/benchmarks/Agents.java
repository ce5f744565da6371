package org.afterword.benchmarks;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Agents who check their drafts for 10 to 40 seconds, correct the summary and what else is not true, and confirm. */
final class Agents implements Consumer<HangUps.Shown>, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FIELD = "#/record/fields/";

    private final Client administrator;
    private final Map<String, CompletableFuture<Client>> signedIn = new ConcurrentHashMap<>();
    private final Random random = new Random(30);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    final Latencies patches = new Latencies();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Agents(Client administrator) {
        this.administrator = administrator;
    }

    @Override
    public void accept(HangUps.Shown shown) {
        var _ = clock.schedule(() -> correct(shown), 10_000 + random.nextInt(30_000), TimeUnit.MILLISECONDS);
    }

    int confirmed() {
        return confirmed.get();
    }

    int refused() {
        return refused.get();
    }

    private void correct(HangUps.Shown shown) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("record")
                .put(
                        "summary",
                        "The customer called, and agent " + shown.contact().agent() + " helped.");
        var _ = signedIn(shown)
                .thenCompose(agent -> {
                    long sentAt = System.nanoTime();
                    return agent.patch("/api/v1/wrap-ups/" + shown.wrapUp(), patch.toString(), shown.etag())
                            .whenComplete((_, _) -> patches.recordSince(sentAt));
                })
                .thenAccept(answer -> {
                    if (answer.statusCode() == 200) {
                        confirm(shown, answer.headers().firstValue("ETag").orElse(""));
                    } else {
                        refused.incrementAndGet();
                    }
                });
    }

    private void confirm(HangUps.Shown shown, String etag) {
        ObjectNode record = JSON.createObjectNode();
        JsonNode truth = shown.contact().conversation().truth();
        record.set("disposition", truth.path("disposition"));
        record.set("resolution", truth.path("resolution"));
        record.set("reasons", truth.path("reasons"));
        var _ = complete(shown, etag, record, true);
    }

    /** What is refused is mended once. */
    private Object complete(HangUps.Shown shown, String etag, ObjectNode record, boolean mend) {
        ObjectNode completion = JSON.createObjectNode().put("next", "AVAILABLE");
        completion.set("record", record);
        return signedIn(shown)
                .thenCompose(agent ->
                        agent.post("/api/v1/wrap-ups/" + shown.wrapUp() + "/completion", completion.toString(), etag))
                .thenAccept(answer -> {
                    if (answer.statusCode() == 200) {
                        confirmed.incrementAndGet();
                    } else if (mend && answer.statusCode() == 422) {
                        var _ = complete(shown, etag, mended(shown, record, JSON.readTree(answer.body())), false);
                    } else {
                        refused.incrementAndGet();
                    }
                });
    }

    private CompletableFuture<Client> signedIn(HangUps.Shown shown) {
        return signedIn.computeIfAbsent(shown.contact().agent(), administrator::asAgent);
    }

    private static ObjectNode mended(HangUps.Shown shown, ObjectNode record, JsonNode problem) {
        ObjectNode fields = record.putObject("fields");
        for (JsonNode error : problem.path("errors")) {
            String pointer = error.path("pointer").asString("");
            if (pointer.startsWith(FIELD)) {
                String field = pointer.substring(FIELD.length());
                JsonNode truth = shown.contact()
                        .conversation()
                        .truth()
                        .path("fields")
                        .path(field)
                        .path(0);
                fields.set(field, truth.isMissingNode() ? JSON.nullNode() : truth);
            }
        }
        return record;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
