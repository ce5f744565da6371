package org.afterword.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.conversation.ContactEvent.Said;
import org.afterword.conversation.internal.BatchStore;
import org.afterword.conversation.internal.BatchStore.Batch;
import org.afterword.conversation.internal.BatchStore.Outcome;
import org.afterword.conversation.internal.EventKey;
import org.afterword.conversation.internal.EventReader;
import org.afterword.conversation.internal.Reading;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.conversation.internal.TurnRedaction;
import org.afterword.conversation.internal.TurnRedaction.Redacted;
import org.afterword.conversation.internal.TurnRedaction.Version;
import org.afterword.conversation.internal.TurnRedaction.Words;
import org.afterword.platform.Meters;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The one way in for events from outside: reads and redacts them, then stores and applies them in one transaction. An event
 * that cannot be read or applied is set aside and does not hold up the others.
 */
public final class EventIntake {
    /**
     * What became of a batch.
     *
     * @param accepted   stored and applied
     * @param duplicates taken before, or twice in this batch
     * @param rejected   set aside, in the order of the batch
     */
    public record Receipt(int accepted, int duplicates, List<Rejection> rejected) {
        public Receipt {
            rejected = List.copyOf(rejected);
        }
    }

    /** @param index position in the batch, from 0 */
    public record Rejection(int index, @Nullable String id, String reason) {}

    private static final String EVENTS = "afterword.events";
    private static final String OUTCOME = "outcome";

    private final EventReader reader;
    private final TurnRedaction turns;
    private final BatchStore store;
    private final InstantSource clock;

    public EventIntake(EventReader reader, TurnRedaction turns, BatchStore store, InstantSource clock) {
        this.reader = reader;
        this.turns = turns;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes CloudEvents in structured form.
     *
     * @param events are used up: their trees are changed
     * @throws org.afterword.platform.ProblemException UNAVAILABLE if the database is away or full; the batch may be sent
     *     again, what was taken already then counts as duplicate
     */
    public Receipt take(TenantId tenant, List<JsonNode> events) {
        long began = System.nanoTime();
        Receipt receipt = Traces.in("events", () -> takeAll(tenant, events));
        Meters.time("afterword.event.batch", Duration.ofNanos(System.nanoTime() - began));
        Meters.count(EVENTS, tenant, receipt.accepted(), OUTCOME, "accepted");
        Meters.count(EVENTS, tenant, receipt.duplicates(), OUTCOME, "duplicate");
        Meters.count(EVENTS, tenant, receipt.rejected().size(), OUTCOME, "rejected");
        return receipt;
    }

    private Receipt takeAll(TenantId tenant, List<JsonNode> events) {
        Instant receivedAt = clock.instant();
        List<Readable> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Set<EventKey> keys = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            Reading reading = reader.read(i, events.get(i), receivedAt);
            switch (reading) {
                case Unreadable bad -> unreadable.add(bad);
                case Readable good when keys.add(good.key()) -> readable.add(good);
                case Readable _ -> {}
            }
        }
        Redacted redacted = turns.take(tenant, words(readable), receivedAt);
        Outcome outcome = store.store(
                tenant,
                new Batch(withWords(readable, redacted.turns()), unreadable, redacted.corrections()),
                receivedAt);
        settle(tenant, outcome, redacted.corrections(), receivedAt);
        return new Receipt(
                outcome.fresh().size(),
                events.size() - outcome.fresh().size() - outcome.setAside().size(),
                outcome.setAside().stream()
                        .map(event -> new Rejection(event.index(), event.attribute("id"), event.reason()))
                        .toList());
    }

    /** Corrects what batches that ran at the same time have decided about each other's turns. */
    private void settle(TenantId tenant, Outcome outcome, List<Words> corrections, Instant now) {
        List<Words> stored = new ArrayList<>(words(outcome.fresh()));
        stored.addAll(corrections);
        List<Words> due = turns.stored(tenant, stored);
        if (!due.isEmpty() && store.correct(tenant, due, now)) {
            turns.stored(tenant, due);
        }
    }

    private static List<Words> words(List<Readable> events) {
        List<Words> words = new ArrayList<>();
        for (Readable reading : events) {
            if (reading.event() instanceof Said said) {
                words.add(new Words(
                        said.interaction(),
                        said.turn(),
                        version(reading),
                        said.speaker().name(),
                        said.text()));
            }
        }
        return words;
    }

    private static List<Readable> withWords(List<Readable> events, List<Words> redacted) {
        Map<Version, String> texts = new HashMap<>();
        redacted.forEach(words -> texts.put(words.version(), words.text()));
        return events.stream()
                .map(reading -> reading.event() instanceof Said said
                        ? reading.with(said.withText(texts.getOrDefault(version(reading), "")))
                        : reading)
                .toList();
    }

    private static Version version(Readable reading) {
        return new Version(reading.event().envelope().time(), reading.key());
    }
}
