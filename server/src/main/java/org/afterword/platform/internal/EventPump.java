package org.afterword.platform.internal;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.afterword.platform.BackgroundWork;
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.LogContext;
import org.afterword.platform.Meters;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;

/**
 * Feeds the event log to every {@link EventConsumer}, each on a thread of its own. Events are read and prepared in no
 * transaction that writes, since readers of the log wait for the oldest one that does. Of several nodes that prepare the same
 * events, the one that finds the cursor still there writes; a node that finds it locked goes on without waiting.
 */
public final class EventPump implements SmartLifecycle, BackgroundWork {
    private static final String FAILURES = "afterword.event.consumer.failures";
    private static final Logger log = LoggerFactory.getLogger(EventPump.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    /** Nobody waits for a consumer, and several events at once cost little more than one: it is at work one part in so many. */
    private static final int GATHERING_SHARE = 10;

    private static final Duration SHORTEST_GATHERING = Duration.ofMillis(50);
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(250);

    private static final String ENSURE_CURSOR = """
            INSERT INTO event_cursor (tenant_id, consumer, xid, number) VALUES (?, ?, '0', 0) ON CONFLICT DO NOTHING
            """;
    private static final String CURSOR = """
            SELECT xid::text::bigint AS xid, number FROM event_cursor WHERE tenant_id = ? AND consumer = ?
            """;
    private static final String TAKE_CURSOR = CURSOR + """
               AND xid = ?::text::xid8 AND number = ? FOR UPDATE SKIP LOCKED
            """;
    private static final String MOVE_CURSOR = """
            UPDATE event_cursor SET xid = ?::text::xid8, number = ? WHERE tenant_id = ? AND consumer = ?
            """;

    private static final RowMapper<EventPosition> POSITION =
            (rs, n) -> new EventPosition(rs.getLong("xid"), rs.getLong("number"));

    private final Tenancy tenancy;
    private final EventLog eventLog;
    private final PipelinedJdbc jdbc;
    private final Tenants tenants;
    private final List<EventConsumer> consumers;
    private final Rush rush;

    /** Where each cursor stood when it was last seen here; only a hint. */
    private final Map<Cursor, EventPosition> cursors = new ConcurrentHashMap<>();

    private final List<Semaphore> nudges = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    public EventPump(
            Tenancy tenancy,
            EventLog eventLog,
            PipelinedJdbc jdbc,
            Tenants tenants,
            List<EventConsumer> consumers,
            Rush rush) {
        this.tenancy = tenancy;
        this.eventLog = eventLog;
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.consumers = List.copyOf(consumers);
        this.rush = rush;
        eventLog.onAppended(tenant -> nudge());
    }

    @Override
    public void start() {
        running = true;
        for (EventConsumer consumer : consumers) {
            Meters.count(FAILURES, 0, "consumer", consumer.consumerName());
            var nudged = new Semaphore(0);
            nudges.add(nudged);
            threads.add(Thread.ofPlatform()
                    .name("event-pump-" + consumer.consumerName())
                    .daemon()
                    .start(() -> loop(consumer, nudged)));
        }
    }

    @Override
    public void stop() {
        running = false;
        nudge();
        // what is being written gets done before the database is let go
        WorkerThreads.join(threads, LONGEST_STOP);
        threads.clear();
        nudges.clear();
    }

    private void nudge() {
        nudges.forEach(Semaphore::release);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public String workName() {
        return "eventConsumers";
    }

    @Override
    public boolean isWorking() {
        return running && threads.stream().allMatch(Thread::isAlive);
    }

    /** How often in a row a consumer has failed with a tenant's events, and until when it rests for that. */
    private record Setback(int times, long restsUntilNanos) {
        boolean isOver() {
            return System.nanoTime() - restsUntilNanos >= 0;
        }
    }

    private void loop(EventConsumer consumer, Semaphore nudged) {
        var setbacks = new HashMap<TenantId, Setback>();
        while (running && letRushPass()) {
            long began = System.nanoTime();
            boolean more = false;
            for (TenantId tenant : tenantsOrNone()) {
                if (!running) {
                    return;
                }
                more |= feedOrTryAgain(tenant, consumer, setbacks);
            }
            if (!more) {
                await(nudged, gathering(Duration.ofNanos(System.nanoTime() - began)));
            }
        }
    }

    /** False where this thread is to end. */
    private boolean letRushPass() {
        try {
            rush.letPass();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean feedOrTryAgain(TenantId tenant, EventConsumer consumer, Map<TenantId, Setback> setbacks) {
        Setback before = setbacks.get(tenant);
        if (before != null && !before.isOver()) {
            return false;
        }
        try (var _ = LogContext.with(LogContext.Id.TENANT, tenant.value())
                .and(LogContext.Id.CONSUMER, consumer.consumerName())) {
            try {
                boolean more = feed(tenant, consumer);
                setbacks.remove(tenant);
                return more;
            } catch (RuntimeException e) {
                Meters.count(FAILURES, 1, "consumer", consumer.consumerName());
                if (DatabaseTrouble.isAway(e)) {
                    log.warn(
                            "Consumer '{}' of tenant {} gets its events again: {}",
                            consumer.consumerName(),
                            tenant,
                            DatabaseTrouble.describe(e));
                } else {
                    int times = before == null ? 1 : before.times + 1;
                    setbacks.put(
                            tenant,
                            new Setback(times, System.nanoTime() + pause(times).toNanos()));
                    warn(tenant, consumer, times, e);
                }
                return false;
            }
        }
    }

    private static void warn(TenantId tenant, EventConsumer consumer, int times, RuntimeException e) {
        if (times == 1) {
            log.warn("Consumer '{}' of tenant {} failed and gets its events again", consumer.consumerName(), tenant, e);
        } else {
            log.warn(
                    "Consumer '{}' of tenant {} failed {} times in a row and gets its events again in {} s: {}",
                    consumer.consumerName(),
                    tenant,
                    times,
                    pause(times).toSeconds(),
                    DatabaseTrouble.describe(e));
        }
    }

    /** After so many failures in a row: what fails with the same events is likely to fail again, and others want the log too. */
    static Duration pause(int failures) {
        Duration pause = LONGEST_SLEEP.multipliedBy(1L << Math.min(failures - 1, 16));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private List<TenantId> tenantsOrNone() {
        try {
            return tenants.list();
        } catch (RuntimeException e) {
            log.warn("The list of tenants cannot be read, trying again: {}", e.toString());
            return List.of();
        }
    }

    private record Cursor(TenantId tenant, String consumer) {}

    private record Read(EventPosition from, EventLog.Stretch stretch) {
        boolean isEmpty() {
            return stretch.end().equals(from);
        }
    }

    /** Feeds one batch; true if there may be more. */
    public boolean feed(TenantId tenant, EventConsumer consumer) {
        var cursor = new Cursor(tenant, consumer.consumerName());
        EventPosition known = cursors.get(cursor);
        EventPosition from = known == null ? position(cursor) : known;
        var read = new Read(
                from,
                tenancy.in(tenant, () -> eventLog.stretchAfter(from, consumer.types(), consumer.batchSize()))
                        .get());
        if (read.isEmpty()) {
            return false;
        }
        List<DomainEvent> events = read.stretch.events();
        Runnable write = events.isEmpty() ? () -> {} : consumer.prepare(tenant, events);
        boolean written = tenancy.in(tenant, () -> write(tenant, consumer, read, write));
        if (written) {
            cursors.put(cursor, read.stretch.end());
        } else {
            cursors.remove(cursor);
        }
        return written && read.stretch.isFull();
    }

    /** False if another node feeds this consumer, or has fed it these events. */
    private boolean write(TenantId tenant, EventConsumer consumer, Read read, Runnable write) {
        List<EventPosition> taken = jdbc.query(
                TAKE_CURSOR,
                POSITION,
                tenant.value(),
                consumer.consumerName(),
                Long.toString(read.from.transaction()),
                read.from.number());
        if (taken.isEmpty()) {
            return false;
        }
        write.run();
        EventPosition last = read.stretch.end();
        jdbc.later(
                MOVE_CURSOR, Long.toString(last.transaction()), last.number(), tenant.value(), consumer.consumerName());
        return true;
    }

    /** Committed before anybody knows of it: a consumer without a cursor would never be fed. */
    private EventPosition position(Cursor cursor) {
        return tenancy.in(cursor.tenant, () -> {
                    jdbc.later(ENSURE_CURSOR, cursor.tenant.value(), cursor.consumer);
                    return jdbc.ask(
                            CURSOR,
                            new RowMapperResultSetExtractor<>(POSITION, 1),
                            cursor.tenant.value(),
                            cursor.consumer);
                })
                .get()
                .getFirst();
    }

    private static Duration gathering(Duration worked) {
        Duration rest = worked.multipliedBy(GATHERING_SHARE - 1);
        return Collections.min(List.of(Collections.max(List.of(rest, SHORTEST_GATHERING)), LONGEST_GATHERING));
    }

    private void await(Semaphore nudged, Duration gathering) {
        try {
            if (nudged.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                if (running) {
                    Thread.sleep(gathering);
                }
                nudged.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
