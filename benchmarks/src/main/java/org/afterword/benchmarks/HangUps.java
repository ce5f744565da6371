package org.afterword.benchmarks;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * From hanging up to the draft that the agent sees: the clock starts when the end of the contact is sent, and stops three times: when
 * the wrap-up is announced as open, when the finished draft is, and when the wrap-up with it has been read. All stop late rather than
 * early.
 */
final class HangUps {
    private static final JsonMapper JSON = JsonMapper.shared();

    private record HangUp(Contact contact, long nanos, boolean counts) {}

    /** What the agent has before them. */
    record Shown(Contact contact, String wrapUp, String etag, JsonNode body) {}

    private final Client client;
    private final Consumer<Shown> then;
    private final Map<String, HangUp> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    final Latencies opened = new Latencies();
    final Latencies announced = new Latencies();
    final Latencies visible = new Latencies();

    /** @param then is told of each draft that was read */
    HangUps(Client client, Consumer<Shown> then) {
        this.client = client;
        this.then = then;
    }

    /** Call it just before the end is sent. */
    void hungUp(Contact contact, boolean counts) {
        waiting.put(contact.id(), new HangUp(contact, System.nanoTime(), counts));
    }

    void heard(Announcements.Heard heard) {
        if (heard.type().equals("wrapup.opened")) {
            HangUp hangUp = waiting.get(heard.interaction());
            if (hangUp != null && hangUp.counts) {
                opened.recordSince(hangUp.nanos);
            }
        } else if (heard.isFinishedDraft()) {
            HangUp hangUp = waiting.remove(heard.interaction());
            if (hangUp != null) {
                read(heard, hangUp);
            }
        }
    }

    private void read(Announcements.Heard draft, HangUp hangUp) {
        if (hangUp.counts) {
            announced.recordSince(hangUp.nanos);
        }
        reading.incrementAndGet();
        var _ = client.get("/api/v1/wrap-ups/" + draft.wrapUp()).whenComplete((answer, _) -> {
            if (answer == null || answer.statusCode() != 200) {
                unfinished.incrementAndGet();
            } else {
                if (hangUp.counts) {
                    visible.recordSince(hangUp.nanos);
                }
                JsonNode body = JSON.readTree(answer.body());
                if (!body.path("draft").path("status").asString("").equals("ready")) {
                    unfinished.incrementAndGet();
                }
                then.accept(new Shown(
                        hangUp.contact,
                        draft.wrapUp(),
                        answer.headers().firstValue("ETag").orElse(""),
                        body));
            }
            reading.decrementAndGet();
        });
    }

    /** Waits until every draft is there; answers how many are not within {@code patience}. */
    int await(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (missing() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return missing();
    }

    private int missing() {
        return waiting.size() + reading.get();
    }

    /** Drafts that were announced and could not be read as finished. */
    int unfinished() {
        return unfinished.get();
    }
}
