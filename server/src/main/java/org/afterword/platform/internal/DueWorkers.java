package org.afterword.platform.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.afterword.platform.BackgroundWork;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.LogContext;
import org.afterword.platform.Meters;
import org.afterword.platform.Rush;
import org.afterword.platform.TenantId;
import org.afterword.platform.Traces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs every {@link DueWorkHandler}: sleeps until the next item is due, or until something is scheduled on this node. */
public final class DueWorkers implements SmartLifecycle, BackgroundWork {
    private static final String FAILURES = "afterword.due.work.failures";
    private static final Logger log = LoggerFactory.getLogger(DueWorkers.class);

    /** Bounds how late work is noticed that another node scheduled. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    /** Until what is due, and was not to be had, is looked for again: somebody has locked it. */
    private static final Duration SHORTEST_SLEEP = Duration.ofMillis(20);

    /** How often it is looked whether a rest is over; what is urgent ends it. */
    private static final Duration REST = Duration.ofMillis(100);

    /** How long a stop waits for what is being done; what is not done by then comes back when its lease ends. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final DueWork dueWork;
    private final Rush rush;
    private final InstantSource clock;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    public DueWorkers(DueWork dueWork, List<DueWorkHandler> handlers, Rush rush, InstantSource clock) {
        this.dueWork = dueWork;
        this.rush = rush;
        this.clock = clock;
        handlers.forEach(handler -> kinds.put(handler.kind(), new Kind(handler)));
        dueWork.onScheduled((kind, due) -> {
            Kind waiting = kinds.get(kind);
            if (waiting != null) {
                waiting.wakeAt(due);
            }
        });
    }

    @Override
    public void start() {
        running = true;
        for (Kind kind : kinds.values()) {
            for (int i = 0; i < kind.handler.concurrency(); i++) {
                threads.add(Thread.ofPlatform()
                        .name("due-" + kind.handler.kind() + "-" + i)
                        .daemon()
                        .start(kind::loop));
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        kinds.values().forEach(kind -> kind.wakeAt(clock.instant()));
        WorkerThreads.join(threads, LONGEST_STOP);
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String workName() {
        return "dueWork";
    }

    @Override
    public boolean isWorking() {
        return running && threads.stream().allMatch(Thread::isAlive);
    }

    private record Return(DueWork.Item item, Instant due) {}

    private final class Kind {
        private final DueWorkHandler handler;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition scheduled = lock.newCondition();

        /** What was claimed here and could not be handed back, because the database was away. */
        private final Queue<Return> unreturned = new ConcurrentLinkedQueue<>();

        private @Nullable Instant wakeAt;

        Kind(DueWorkHandler handler) {
            this.handler = handler;
            Meters.count(FAILURES, 0, "kind", handler.kind());
        }

        /** So that it looks again at {@code due}, if it would not have by then. */
        void wakeAt(Instant due) {
            lock.lock();
            try {
                if (wakeAt == null || due.isBefore(wakeAt)) {
                    wakeAt = due;
                    scheduled.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        void loop() {
            while (running) {
                try {
                    Instant now = clock.instant();
                    Instant dueBy = handler.takesDueBy(now);
                    if (!workOnce(dueBy)) {
                        sleepUntil(dueBy.isBefore(now) ? now.plus(REST) : nextDue(now));
                    }
                } catch (RuntimeException e) {
                    log.warn("Due work '{}' could not be claimed, trying again: {}", handler.kind(), e.toString());
                    sleepUntil(clock.instant().plus(LONGEST_SLEEP));
                }
            }
        }

        private boolean workOnce(Instant dueBy) {
            returnWhatIsLeft();
            List<DueWork.Item> items = dueWork.claim(handler.kind(), dueBy, handler.lease(), handler.batchSize());
            if (handler.isUrgent() && items.size() == handler.batchSize()) {
                rush.goesOn();
            }
            Map<TenantId, List<DueWork.Item>> byTenant = items.stream()
                    .collect(Collectors.groupingBy(DueWork.Item::tenant, LinkedHashMap::new, Collectors.toList()));
            Instant now = clock.instant();
            items.forEach(item -> Meters.time("afterword.due.work.lateness", item.lateness(now), "kind", item.kind()));
            beginAll(byTenant);
            return !items.isEmpty();
        }

        private void beginAll(Map<TenantId, List<DueWork.Item>> byTenant) {
            var left = new LinkedHashMap<>(byTenant);
            try {
                byTenant.forEach((tenant, items) -> {
                    left.remove(tenant);
                    begin(tenant, items);
                });
            } finally {
                left.values().forEach(items -> items.forEach(item -> unreturned.add(new Return(item, item.dueAt()))));
            }
        }

        /** What a stop comes before is handed back, for another node or the next start. */
        private void begin(TenantId tenant, List<DueWork.Item> items) {
            if (!running) {
                handBack(items, DueWork.Item::dueAt);
                return;
            }
            try (var context =
                    LogContext.with(LogContext.Id.TENANT, tenant.value()).and(LogContext.Id.WORK, handler.kind())) {
                if (items.size() == 1) {
                    context.and(LogContext.Id.WORK_ITEM, items.getFirst().id());
                }
                work(tenant, items);
            }
        }

        /**
         * Where something in a batch fails, the batch is halved until what fails stands alone, and that waits. While the database is
         * away, less at a time would fail as well, and each try would take as long as waiting for a connection does.
         */
        private void work(TenantId tenant, List<DueWork.Item> items) {
            try {
                Traces.run("due work " + handler.kind(), () -> handler.handle(tenant, items));
            } catch (RuntimeException e) {
                Meters.count(FAILURES, 1, "kind", handler.kind());
                boolean away = DatabaseTrouble.isAway(e);
                if (items.size() == 1 || away) {
                    if (away) {
                        log.warn(
                                "Due work '{}' of tenant {} is tried again: {}",
                                handler.kind(),
                                tenant,
                                DatabaseTrouble.describe(e));
                    } else {
                        log.warn("Due work '{}' of tenant {} failed and is tried again", handler.kind(), tenant, e);
                    }
                    // how often the database went away says nothing about the work
                    handBack(items, item -> clock.instant().plus(away ? FIRST_RETRY : pause(item.attempts())));
                    return;
                }
                log.warn(
                        "Due work '{}' of tenant {} failed, trying less at a time: {}",
                        handler.kind(),
                        tenant,
                        e.toString());
                int half = items.size() / 2;
                work(tenant, items.subList(0, half));
                work(tenant, items.subList(half, items.size()));
            }
        }

        /** Else it would be done only when its lease ends, though the database may be back long before. */
        private void handBack(List<DueWork.Item> items, Function<DueWork.Item, Instant> due) {
            items.forEach(item -> unreturned.add(new Return(item, due.apply(item))));
            returnWhatIsLeft();
        }

        private void returnWhatIsLeft() {
            for (Return next = unreturned.poll(); next != null; next = unreturned.poll()) {
                try {
                    dueWork.later(next.item, next.due);
                } catch (RuntimeException e) {
                    unreturned.add(next);
                    throw e;
                }
            }
        }

        /** @param looked when nothing was to be had that was due by then */
        private Instant nextDue(Instant looked) {
            Instant now = clock.instant();
            Instant latest = now.plus(LONGEST_SLEEP);
            Instant next = dueWork.nextDue(handler.kind())
                    .filter(due -> due.isBefore(latest))
                    .orElse(latest);
            return next.isAfter(looked) ? next : now.plus(SHORTEST_SLEEP);
        }

        /** What was scheduled since the last look, and is due earlier, ends the sleep earlier. */
        private void sleepUntil(Instant planned) {
            lock.lock();
            try {
                Instant until = wakeAt != null && wakeAt.isBefore(planned) ? wakeAt : planned;
                wakeAt = until;
                long nanos = nanosUntil(until);
                while (nanos > 0 && running) {
                    nanos = scheduled.awaitNanos(nanos);
                    if (wakeAt != null && wakeAt.isBefore(until)) {
                        until = wakeAt;
                        nanos = nanosUntil(until);
                    }
                }
                wakeAt = null;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        }

        private long nanosUntil(Instant until) {
            return Duration.between(clock.instant(), until).toNanos();
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 16));
        return pause.compareTo(LONGEST_RETRY) < 0 ? pause : LONGEST_RETRY;
    }
}
