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
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.conversation.ContactEvent.Said;
import org.afterword.conversation.internal.BatchStore;
import org.afterword.conversation.internal.BatchStore.Batch;
import org.afterword.conversation.internal.BatchStore.Outcome;
import org.afterword.conversation.internal.EventKey;
import org.afterword.conversation.internal.EventReader;
import org.afterword.conversation.internal.GroupCommit;
import org.afterword.conversation.internal.Reading;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.conversation.internal.TurnRedaction;
import org.afterword.conversation.internal.TurnRedaction.Redacted;
import org.afterword.conversation.internal.TurnRedaction.Version;
import org.afterword.conversation.internal.TurnRedaction.Words;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.Meters;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
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

    /** Two at work at the same time, so that one reckons while the database writes for the other. */
    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(2, 500, 20_000);

    /** The events of one request, read and redacted but for the words of turns, which depend on each other. */
    private record Request(List<Readable> readable, List<Unreadable> unreadable, int events) {}

    private static final String EVENTS = "afterword.events";
    private static final String OUTCOME = "outcome";

    private final EventReader reader;
    private final TurnRedaction turns;
    private final BatchStore store;
    private final InstantSource clock;
    private final Map<TenantId, GroupCommit<Request, Receipt>> commits = new ConcurrentHashMap<>();

    public EventIntake(EventReader reader, TurnRedaction turns, BatchStore store, InstantSource clock) {
        this.reader = reader;
        this.turns = turns;
        this.store = store;
        this.clock = clock;
    }

    /**
     * Takes CloudEvents in structured form. Those of requests that come at the same time are stored in one transaction.
     *
     * @param events are used up: their trees are changed
     * @throws ProblemException UNAVAILABLE if the database is away or full, or too much is waiting; the batch may be sent again,
     *     what was taken already then counts as duplicate
     */
    public Receipt take(TenantId tenant, List<JsonNode> events) {
        long began = System.nanoTime();
        Receipt receipt = Traces.in("events", () -> takeWithOthers(tenant, read(events)));
        Meters.time("afterword.event.batch", Duration.ofNanos(System.nanoTime() - began));
        Meters.count(EVENTS, tenant, receipt.accepted(), OUTCOME, "accepted");
        Meters.count(EVENTS, tenant, receipt.duplicates(), OUTCOME, "duplicate");
        Meters.count(EVENTS, tenant, receipt.rejected().size(), OUTCOME, "rejected");
        return receipt;
    }

    /**
     * Takes what a person did with a contact by hand, as an event of our own; with others that come at the same time.
     *
     * @param event is used up
     * @return false if the same was told before
     * @throws ProblemException INVALID naming what cannot be taken; UNAVAILABLE as {@link #take}
     */
    public boolean tell(TenantId tenant, JsonNode event) {
        Reading reading = reader.readByHand(event, clock.instant());
        Receipt receipt = switch (reading) {
            case Readable good -> takeWithOthers(tenant, new Request(List.of(good), List.of(), 1));
            case Unreadable bad -> throw cannotBeTaken(bad.reason());
        };
        if (!receipt.rejected().isEmpty()) {
            throw new IllegalStateException("what a person told was set aside: "
                    + receipt.rejected().getFirst().reason());
        }
        return receipt.accepted() == 1;
    }

    /** A reason begins with the member that it is about. */
    private static ProblemException cannotBeTaken(String reason) {
        String[] parts = reason.split(": ", 2);
        return parts.length < 2
                ? new ProblemException(ProblemType.INVALID, reason)
                : ProblemException.invalid(
                        "#/" + parts[0].replaceFirst("^data\\.", "").replace('.', '/'), parts[1]);
    }

    private Receipt takeWithOthers(TenantId tenant, Request request) {
        try {
            return commits.computeIfAbsent(tenant, this::commitsOf).serve(request);
        } catch (GroupCommit.Full full) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE,
                    "More events are coming than can be taken at the moment. Send them again; none is taken twice.");
        }
    }

    private GroupCommit<Request, Receipt> commitsOf(TenantId tenant) {
        return new GroupCommit<>(
                LIMITS,
                Request::events,
                request -> request.readable().stream().map(Readable::key).toList(),
                requests -> takeTogether(tenant, requests));
    }

    private Request read(List<JsonNode> events) {
        Instant now = clock.instant();
        List<Readable> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Set<EventKey> keys = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            Reading reading = reader.read(i, events.get(i), now);
            switch (reading) {
                case Unreadable bad -> unreadable.add(bad);
                case Readable good when keys.add(good.key()) -> readable.add(good);
                case Readable _ -> {}
            }
        }
        return new Request(readable, unreadable, events.size());
    }

    /** Meanwhile each event has its position among those of all requests. */
    private List<Receipt> takeTogether(TenantId tenant, List<Request> requests) {
        Instant receivedAt = clock.instant();
        List<Readable> readable = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        int first = 0;
        for (Request request : requests) {
            int offset = first;
            request.readable.forEach(event -> readable.add(event.at(offset + event.index())));
            request.unreadable.forEach(event -> unreadable.add(event.at(offset + event.index())));
            first += request.events;
        }
        Redacted redacted = redact(tenant, words(readable), receivedAt);
        Outcome outcome = store.store(
                tenant,
                new Batch(withWords(readable, redacted.turns()), unreadable, redacted.corrections()),
                receivedAt);
        settle(tenant, outcome, redacted.corrections(), receivedAt);
        List<Receipt> receipts = new ArrayList<>();
        first = 0;
        for (Request request : requests) {
            receipts.add(receipt(outcome, first, request.events));
            first += request.events;
        }
        return receipts;
    }

    /** Where that needs stored turns and the database is away, the whole group is told at once, and nobody alone waits for it again. */
    private Redacted redact(TenantId tenant, List<Words> words, Instant receivedAt) {
        try {
            return turns.take(tenant, words, receivedAt);
        } catch (RuntimeException failure) {
            throw DatabaseTrouble.isAway(failure) ? BatchStore.unavailable(failure) : failure;
        }
    }

    private static Receipt receipt(Outcome outcome, int first, int events) {
        int end = first + events;
        int accepted = (int) outcome.fresh().stream()
                .filter(event -> event.index() >= first && event.index() < end)
                .count();
        List<Rejection> rejected = outcome.setAside().stream()
                .filter(event -> event.index() >= first && event.index() < end)
                .map(event -> new Rejection(event.index() - first, event.attribute("id"), event.reason()))
                .toList();
        return new Receipt(accepted, events - accepted - rejected.size(), rejected);
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
