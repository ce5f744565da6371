package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Queue;
import org.afterword.conversation.ContactEvent;
import org.afterword.governance.Redactor;
import org.afterword.governance.Trail;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.EventLog;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Storable;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which queues surge: by their statuses, or because a supervisor said so. Windows that open meanwhile open under the surge
 * variants of their rules; those that are open keep what they have. Which queues are quiet is known by the same statuses, and
 * what follows from that is {@link ProtectedTime}.
 */
@Component
class Surges implements DueWorkHandler {
    private static final String KIND = "queue.surge";
    private static final String LOCK_SPACE = "queue";
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Tenancy tenancy;
    private final SurgeRepository surges;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final Trail trail;
    private final InstantSource clock;
    private final Redactor redactor = new Redactor();

    Surges(
            Tenancy tenancy,
            SurgeRepository surges,
            DueWork dueWork,
            EventLog eventLog,
            Trail trail,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.surges = surges;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A queue that surges, as people see it; also the data of {@code queue.surge-began} and {@code queue.surge-ended}.
     *
     * @param cause {@code threshold} or {@code supervisor}
     */
    record Shown(
            String queue,
            Instant since,
            Instant until,
            String cause,
            @Nullable String reason) {
        static Shown of(QueueSurge surge) {
            QueueSurge.Active active = Objects.requireNonNull(surge.active(), "it surges");
            return new Shown(
                    surge.queue(),
                    active.since(),
                    active.until(),
                    active.isByRule() ? "threshold" : "supervisor",
                    active.reason());
        }
    }

    /** Which queues surge at {@code now}; in the running transaction, to be taken there. */
    Supplier<Set<String>> surging(Instant now) {
        return surges.surging(tenancy.current(), now);
    }

    /** The queues whose surge a batch may begin or end. */
    void lockAhead(Collection<ContactEvent> events) {
        Set<String> queues = queues(events);
        if (!queues.isEmpty()) {
            tenancy.lockAhead(LOCK_SPACE, queues);
        }
    }

    private static Set<String> queues(Collection<ContactEvent> events) {
        var queues = new TreeSet<String>();
        for (ContactEvent event : events) {
            if (event instanceof ContactEvent.QueueStatus status) {
                queues.add(status.queue());
            }
        }
        return queues;
    }

    /** What the statuses of a batch say, in the running transaction. */
    void apply(Collection<ContactEvent> events, Supplier<Catalog> catalog, Instant now) {
        Set<String> queues = queues(events);
        if (queues.isEmpty()) {
            return;
        }
        List<Queue> watched = catalog.get().queues().stream()
                .filter(queue -> queue.surge() != null || queue.calm() != null)
                .filter(queue -> queues.contains(queue.code()))
                .toList();
        if (watched.isEmpty()) {
            return;
        }
        Map<String, QueueSurge> known = new HashMap<>();
        surges.find(tenancy.current(), watched.stream().map(Queue::code).toList())
                .forEach(surge -> known.put(surge.queue(), surge));
        var quiet = new HashMap<String, Instant>();
        for (Queue queue : watched) {
            QueueSurge before = known.getOrDefault(queue.code(), QueueSurge.calm(queue.code()));
            QueueSurge after = before;
            for (ContactEvent event : events) {
                if (event instanceof ContactEvent.QueueStatus status
                        && status.queue().equals(queue.code())
                        && !status.envelope().late()) {
                    after = after.after(queue, status.at(), status.waiting(), status.longestWaitSeconds());
                }
            }
            store(before, after, now);
            if (after.isQuiet(now)) {
                quiet.put(queue.code(), now);
            }
        }
        // agents are locked before queues, so they are given their time in transactions of their own
        dueWork.scheduleNoLater(ProtectedTime.KIND, quiet);
    }

    private void store(QueueSurge before, QueueSurge after, Instant now) {
        if (after.equals(before)) {
            return;
        }
        surges.put(tenancy.current(), after);
        if (after.active() != null) {
            dueWork.schedule(KIND, Map.of(after.queue(), after.active().until()));
        } else if (before.active() != null) {
            dueWork.cancel(KIND, List.of(after.queue()));
        }
        var events = new ArrayList<EventLog.NewEvent>();
        boolean was = before.active() != null;
        boolean is = after.active() != null;
        if (is && (!was || !Shown.of(before).cause().equals(Shown.of(after).cause()))) {
            events.add(new EventLog.NewEvent(now, "queue.surge-began", after.queue(), null, Shown.of(after)));
        } else if (was && !is) {
            events.add(new EventLog.NewEvent(now, "queue.surge-ended", after.queue(), null, Shown.of(before)));
        }
        eventLog.append(events);
    }

    List<Shown> active(Caller caller) {
        caller.require(
                Role.AGENT,
                Role.SUPERVISOR,
                Role.REVIEWER,
                Role.COACH,
                Role.PLANNER,
                Role.ADMINISTRATOR,
                Role.INTEGRATION);
        return tenancy.in(
                caller.tenant(),
                () -> surges.active(tenancy.current(), clock.instant()).stream()
                        .map(Shown::of)
                        .toList());
    }

    /** A supervisor switches a surge on, or says how long it goes on. */
    Shown declare(Caller caller, String queue, Instant until, String typed) {
        caller.require(Role.SUPERVISOR, Role.ADMINISTRATOR);
        String reason = redactor.redact(Storable.text(typed));
        return tenancy.in(caller.tenant(), () -> {
            tenancy.lock(LOCK_SPACE, List.of(queue));
            Instant now = clock.instant();
            if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
                throw ProblemException.invalid(
                        "#/until", "must be in the future, by %d hours at most".formatted(LONGEST.toHours()));
            }
            QueueSurge before = find(queue);
            QueueSurge after = before.declared(now, until, reason, caller.actor());
            store(before, after, now);
            trail.record(caller, "queue.surge-began", "queue:" + queue, Map.of("until", until, "reason", reason));
            return Shown.of(after);
        });
    }

    /** A supervisor ends a surge, whoever began it. */
    void end(Caller caller, String queue) {
        caller.require(Role.SUPERVISOR, Role.ADMINISTRATOR);
        tenancy.run(caller.tenant(), () -> {
            tenancy.lock(LOCK_SPACE, List.of(queue));
            Instant now = clock.instant();
            QueueSurge before = find(queue);
            if (!before.isOn(now)) {
                throw ProblemException.notFound("surge of queue", queue);
            }
            store(before, before.ended(), now);
            trail.record(caller, "queue.surge-ended", "queue:" + queue, Map.of());
        });
    }

    /** What is known of a queue, in the running transaction. */
    QueueSurge find(String queue) {
        return surges.find(tenancy.current(), List.of(queue)).stream()
                .findFirst()
                .orElseGet(() -> QueueSurge.calm(queue));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int batchSize() {
        return 100;
    }

    /** Surges that nobody confirmed or prolonged are over. */
    @Override
    public void handle(TenantId tenant, List<DueWork.Item> items) {
        tenancy.run(tenant, () -> {
            tenancy.lock(LOCK_SPACE, items.stream().map(DueWork.Item::id).toList());
            Instant now = clock.instant();
            dueWork.done(items);
            for (DueWork.Item item : items) {
                QueueSurge surge = find(item.id());
                if (surge.active() != null && !surge.isOn(now)) {
                    store(surge, surge.ended(), now);
                } else if (surge.active() != null) {
                    dueWork.schedule(KIND, Map.of(item.id(), surge.active().until()));
                }
            }
        });
    }
}
