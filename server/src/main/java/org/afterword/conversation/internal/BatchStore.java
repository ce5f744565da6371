package org.afterword.conversation.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LiveCore;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.conversation.internal.TurnRedaction.Words;
import org.afterword.platform.DueWork;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a batch and has it applied, in one transaction with a handful of statements however large it is. Where that fails
 * for something in the batch, the batch is halved until the event that fails is alone, and set aside.
 */
public final class BatchStore {
    private static final Logger log = LoggerFactory.getLogger(BatchStore.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final int LONGEST_REASON = 500;

    /** A draft that grows waits for company: several are read and stored together. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    /**
     * @param events      redacted, their keys differ
     * @param setAside    could not be read
     * @param corrections of turns that are stored already
     */
    public record Batch(List<Readable> events, List<Unreadable> setAside, List<Words> corrections) {
        List<ContactEvent> contactEvents() {
            return events.stream().map(Readable::event).toList();
        }
    }

    /**
     * @param fresh    stored and applied; the rest were duplicates
     * @param setAside in the order of the batch
     */
    public record Outcome(List<Readable> fresh, List<Unreadable> setAside) {
        Outcome and(Outcome other) {
            List<Readable> allFresh = new ArrayList<>(fresh);
            allFresh.addAll(other.fresh);
            List<Unreadable> allSetAside = new ArrayList<>(setAside);
            allSetAside.addAll(other.setAside);
            allSetAside.sort(Comparator.comparingInt(Unreadable::index));
            return new Outcome(allFresh, allSetAside);
        }
    }

    private final Tenancy tenancy;
    private final EventRepository events;
    private final InteractionRepository interactions;
    private final WordsRepository words;
    private final List<LiveCore> cores;
    private final DueWork dueWork;

    public BatchStore(
            Tenancy tenancy,
            EventRepository events,
            InteractionRepository interactions,
            WordsRepository words,
            List<LiveCore> cores,
            DueWork dueWork) {
        this.tenancy = tenancy;
        this.events = events;
        this.interactions = interactions;
        this.words = words;
        this.cores = List.copyOf(cores);
        this.dueWork = dueWork;
    }

    /** @throws ProblemException UNAVAILABLE if the database is away */
    public Outcome store(TenantId tenant, Batch batch, Instant receivedAt) {
        try {
            return storeWhole(tenant, batch, receivedAt);
        } catch (RuntimeException failure) {
            return switch (StorageTrouble.of(failure)) {
                case AWAY, COLLISION -> throw unavailable(failure);
                case CONTENT -> storeInParts(tenant, batch, receivedAt, failure);
            };
        }
    }

    /** Changes the texts of stored turns; answers whether that worked. */
    public boolean correct(TenantId tenant, List<Words> corrections, Instant now) {
        try {
            tenancy.run(tenant, () -> {
                words.correct(corrections);
                scheduleDrafts(List.of(), Map.of(), corrections, now);
            });
            return true;
        } catch (RuntimeException failure) {
            log.warn("{} turns stay as they are for now: {}", corrections.size(), StorageTrouble.describe(failure));
            return false;
        }
    }

    private Outcome storeInParts(TenantId tenant, Batch batch, Instant receivedAt, RuntimeException failure) {
        if (batch.events.isEmpty()) {
            throw failure;
        }
        if (batch.events.size() == 1) {
            List<Unreadable> setAside = new ArrayList<>(batch.setAside);
            setAside.add(setAside(batch.events.getFirst(), failure));
            return store(tenant, new Batch(List.of(), setAside, batch.corrections), receivedAt);
        }
        int half = batch.events.size() / 2;
        var first = new Batch(batch.events.subList(0, half), batch.setAside, batch.corrections);
        var second = new Batch(batch.events.subList(half, batch.events.size()), List.of(), List.of());
        return store(tenant, first, receivedAt).and(store(tenant, second, receivedAt));
    }

    private static Unreadable setAside(Readable event, RuntimeException failure) {
        String reason = StorageTrouble.describe(failure);
        log.error("Event {} is set aside: {}", event.key(), reason, StorageTrouble.isSql(failure) ? null : failure);
        return event.setAside(reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON));
    }

    private Outcome storeWhole(TenantId tenant, Batch batch, Instant receivedAt) {
        for (int attempt = 1; ; attempt++) {
            try {
                return tenancy.in(tenant, () -> storeInTransaction(batch, receivedAt));
            } catch (RuntimeException failure) {
                if (attempt == MOST_ATTEMPTS || StorageTrouble.of(failure) != StorageTrouble.COLLISION) {
                    throw failure;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(10L * attempt)));
            }
        }
    }

    private Outcome storeInTransaction(Batch batch, Instant receivedAt) {
        Map<InteractionId, InteractionRow> known = new HashMap<>();
        List<Readable> fresh = batch.events.isEmpty() ? List.of() : storeEvents(batch, receivedAt, known);
        words.correct(batch.corrections);
        events.setAside(batch.setAside, receivedAt);
        if (!fresh.isEmpty()) {
            List<ContactEvent> applied = fresh.stream().map(Readable::event).toList();
            cores.forEach(core -> core.apply(applied, receivedAt));
        }
        scheduleDrafts(fresh, known, batch.corrections, receivedAt);
        return new Outcome(fresh, batch.setAside);
    }

    /** @param known is filled with the interactions of the events that are new */
    private List<Readable> storeEvents(Batch batch, Instant receivedAt, Map<InteractionId, InteractionRow> known) {
        tenancy.lockAhead("interaction", interactionsToLock(batch.events));
        List<ContactEvent> all = batch.contactEvents();
        cores.forEach(core -> core.lock(all));
        Supplier<Map<InteractionId, InteractionRow>> before = interactions.before(batch.events);
        Set<EventKey> freshKeys = events.store(batch.events, receivedAt);
        List<Readable> fresh = batch.events.stream()
                .filter(event -> freshKeys.contains(event.key()))
                .toList();
        if (fresh.size() < batch.events.size()) {
            flagAltered(batch.events.stream()
                    .filter(event -> !freshKeys.contains(event.key()))
                    .toList());
        }
        if (!fresh.isEmpty()) {
            known.putAll(interactions.store(fresh, before.get(), receivedAt));
            interactions.storeByHand(fresh);
            words.store(fresh, known);
        }
        return fresh;
    }

    private void flagAltered(List<Readable> duplicates) {
        int altered = events.flagAltered(duplicates);
        if (altered > 0) {
            log.warn("{} events came again with other content, which was not taken", altered);
        }
    }

    private static Set<String> interactionsToLock(List<Readable> events) {
        Set<String> ids = new HashSet<>();
        for (Readable reading : events) {
            if (reading.event() instanceof ContactEvent.OfLeg event) {
                ids.add(event.interaction().value());
            }
        }
        return ids;
    }

    private void scheduleDrafts(
            List<Readable> fresh, Map<InteractionId, InteractionRow> known, List<Words> corrections, Instant now) {
        Set<InteractionId> changed = new HashSet<>();
        for (Readable reading : fresh) {
            if (reading.event() instanceof ContactEvent.OfInteraction event && changesDraft(event)) {
                changed.add(event.interaction());
            }
        }
        corrections.forEach(turn -> changed.add(turn.interaction()));
        Map<String, Instant> due = new HashMap<>();
        for (InteractionId id : changed) {
            InteractionRow row = known.get(id);
            boolean over = row == null || row.endedAt() != null;
            due.put(id.value(), over ? now.minus(Conversations.FIRST_IN_LINE) : now.plus(GATHERING));
        }
        dueWork.scheduleNoLater(Conversations.DRAFT_WORK, due);
    }

    private static boolean changesDraft(ContactEvent.OfInteraction event) {
        return switch (event) {
            case ContactEvent.Said _,
                    ContactEvent.ActionDone _,
                    ContactEvent.Started _,
                    ContactEvent.Updated _,
                    ContactEvent.Opened _,
                    ContactEvent.Closed _,
                    ContactEvent.Ended _ -> true;
            case ContactEvent.Offered _,
                    ContactEvent.Missed _,
                    ContactEvent.Connected _,
                    ContactEvent.Held _,
                    ContactEvent.Resumed _,
                    ContactEvent.Transferred _,
                    ContactEvent.Left _,
                    ContactEvent.Abandoned _,
                    ContactEvent.Failed _,
                    ContactEvent.Recorded _,
                    ContactEvent.Disposed _,
                    ContactEvent.Rated _ -> false;
        };
    }

    /** What senders are told while the database is away. */
    public static ProblemException unavailable(RuntimeException failure) {
        log.warn("Events were not taken: {}", StorageTrouble.describe(failure));
        return new ProblemException(
                ProblemType.UNAVAILABLE,
                "The database does not take events at the moment. Send them again; none is taken twice.");
    }
}
