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

/** Agents who check their drafts for 10 to 40 seconds, correct what is not true, and confirm. */
final class Agents implements Consumer<HangUps.Shown>, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FIELD = "#/record/fields/";

    private final Client administrator;
    private final Map<String, CompletableFuture<Client>> signedIn = new ConcurrentHashMap<>();
    private final Random random = new Random(30);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Agents(Client administrator) {
        this.administrator = administrator;
    }

    @Override
    public void accept(HangUps.Shown shown) {
        var _ = clock.schedule(() -> confirm(shown), 10_000 + random.nextInt(30_000), TimeUnit.MILLISECONDS);
    }

    int confirmed() {
        return confirmed.get();
    }

    int refused() {
        return refused.get();
    }

    private void confirm(HangUps.Shown shown) {
        ObjectNode record = JSON.createObjectNode();
        JsonNode truth = shown.contact().conversation().truth();
        record.set("disposition", truth.path("disposition"));
        record.set("resolution", truth.path("resolution"));
        record.set("reasons", truth.path("reasons"));
        if (shown.body().path("record").path("summary").asString("").isBlank()) {
            record.put("summary", "The customer called, and the agent helped.");
        }
        var _ = complete(shown, record, true);
    }

    /** What is refused is mended once. */
    private Object complete(HangUps.Shown shown, ObjectNode record, boolean mend) {
        ObjectNode completion = JSON.createObjectNode().put("next", "AVAILABLE");
        completion.set("record", record);
        return signedIn.computeIfAbsent(shown.contact().agent(), administrator::asAgent)
                .thenCompose(agent -> agent.post(
                        "/api/v1/wrap-ups/" + shown.wrapUp() + "/completion", completion.toString(), shown.etag()))
                .thenAccept(answer -> {
                    if (answer.statusCode() == 200) {
                        confirmed.incrementAndGet();
                    } else if (mend && answer.statusCode() == 422) {
                        var _ = complete(shown, mended(shown, record, JSON.readTree(answer.body())), false);
                    } else {
                        refused.incrementAndGet();
                    }
                });
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
