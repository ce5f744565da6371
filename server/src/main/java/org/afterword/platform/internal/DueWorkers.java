package org.afterword.platform.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs every {@link DueWorkHandler}: sleeps until the next item is due, or until something is scheduled on this node. */
public final class DueWorkers implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DueWorkers.class);

    /** Bounds how late work is noticed that another node scheduled. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final DueWork dueWork;
    private final InstantSource clock;
    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    public DueWorkers(DueWork dueWork, List<DueWorkHandler> handlers, InstantSource clock) {
        this.dueWork = dueWork;
        this.clock = clock;
        handlers.forEach(handler -> kinds.put(handler.kind(), new Kind(handler)));
        dueWork.onScheduled((kind, due) -> {
            Kind waiting = kinds.get(kind);
            if (waiting != null) {
                waiting.wake();
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
        kinds.values().forEach(Kind::wake);
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private final class Kind {
        private final DueWorkHandler handler;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition scheduled = lock.newCondition();
        private boolean nudged;

        Kind(DueWorkHandler handler) {
            this.handler = handler;
        }

        void wake() {
            lock.lock();
            try {
                nudged = true;
                scheduled.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void loop() {
            while (running) {
                try {
                    if (!workOnce()) {
                        sleep(untilNextDue());
                    }
                } catch (RuntimeException e) {
                    log.warn("Due work '{}' could not be claimed, trying again: {}", handler.kind(), e.toString());
                    sleep(LONGEST_SLEEP);
                }
            }
        }

        private boolean workOnce() {
            List<DueWork.Item> items =
                    dueWork.claim(handler.kind(), clock.instant(), handler.lease(), handler.batchSize());
            Map<TenantId, List<DueWork.Item>> byTenant = items.stream()
                    .collect(Collectors.groupingBy(DueWork.Item::tenant, LinkedHashMap::new, Collectors.toList()));
            byTenant.forEach(this::work);
            return !items.isEmpty();
        }

        /**
         * Where something in a batch fails, the batch is halved until what fails stands alone, and that waits. While the database is
         * away, less at a time would fail as well, and each try would take as long as waiting for a connection does.
         */
        private void work(TenantId tenant, List<DueWork.Item> items) {
            try {
                handler.handle(tenant, items);
            } catch (RuntimeException e) {
                if (items.size() == 1 || DatabaseTrouble.isAway(e)) {
                    log.warn("Due work '{}' of tenant {} failed and is tried again", handler.kind(), tenant, e);
                    items.forEach(item -> dueWork.later(item, clock.instant().plus(pause(item.attempts()))));
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

        private Duration untilNextDue() {
            @Nullable Instant next = dueWork.nextDue(handler.kind()).orElse(null);
            if (next == null) {
                return LONGEST_SLEEP;
            }
            Duration wait = Duration.between(clock.instant(), next);
            return wait.compareTo(LONGEST_SLEEP) < 0 ? wait : LONGEST_SLEEP;
        }

        private void sleep(Duration duration) {
            long nanos = Math.max(duration.toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
            lock.lock();
            try {
                while (!nudged && nanos > 0 && running) {
                    nanos = scheduled.awaitNanos(nanos);
                }
                nudged = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                lock.unlock();
            }
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 16));
        return pause.compareTo(LONGEST_RETRY) < 0 ? pause : LONGEST_RETRY;
    }
}
