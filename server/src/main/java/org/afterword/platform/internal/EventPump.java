package org.afterword.platform.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Feeds the event log to every {@link EventConsumer}. A consumer's cursor row is locked while it reads, so that of several
 * nodes one at a time feeds it; a node that finds it locked goes on without waiting.
 */
public final class EventPump implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventPump.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);
    private static final int BATCH = 500;

    private static final String ENSURE_CURSOR = """
            INSERT INTO event_cursor (tenant_id, consumer, xid, number) VALUES (?, ?, '0', 0) ON CONFLICT DO NOTHING
            """;
    private static final String TAKE_CURSOR = """
            SELECT xid::text::bigint AS xid, number FROM event_cursor WHERE tenant_id = ? AND consumer = ? FOR UPDATE SKIP LOCKED
            """;
    private static final String MOVE_CURSOR = """
            UPDATE event_cursor SET xid = ?::text::xid8, number = ? WHERE tenant_id = ? AND consumer = ?
            """;

    private final Tenancy tenancy;
    private final EventLog eventLog;
    private final JdbcTemplate jdbc;
    private final Tenants tenants;
    private final List<EventConsumer> consumers;
    private final Set<String> knownCursors = ConcurrentHashMap.newKeySet();
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean running;

    public EventPump(
            Tenancy tenancy, EventLog eventLog, JdbcTemplate jdbc, Tenants tenants, List<EventConsumer> consumers) {
        this.tenancy = tenancy;
        this.eventLog = eventLog;
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.consumers = List.copyOf(consumers);
        eventLog.onAppended(tenant -> nudges.release());
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("event-pump").daemon().start(this::loop);
    }

    @Override
    public void stop() {
        running = false;
        nudges.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void loop() {
        while (running) {
            boolean more = false;
            for (TenantId tenant : tenantsOrNone()) {
                for (EventConsumer consumer : consumers) {
                    try {
                        more |= feed(tenant, consumer);
                    } catch (RuntimeException e) {
                        log.warn(
                                "Consumer '{}' of tenant {} failed and gets its events again",
                                consumer.consumerName(),
                                tenant,
                                e);
                    }
                }
            }
            if (!more) {
                awaitNudge();
            }
        }
    }

    private List<TenantId> tenantsOrNone() {
        try {
            return tenants.list();
        } catch (RuntimeException e) {
            log.warn("The list of tenants cannot be read, trying again: {}", e.toString());
            return List.of();
        }
    }

    /** Feeds one batch; true if there may be more. */
    public boolean feed(TenantId tenant, EventConsumer consumer) {
        ensureCursor(tenant, consumer);
        return tenancy.in(tenant, () -> {
            List<EventPosition> cursor = jdbc.query(
                    TAKE_CURSOR,
                    (rs, n) -> new EventPosition(rs.getLong("xid"), rs.getLong("number")),
                    tenant.value(),
                    consumer.consumerName());
            if (cursor.isEmpty()) {
                return false;
            }
            List<DomainEvent> events = eventLog.readAfter(cursor.getFirst(), BATCH);
            if (events.isEmpty()) {
                return false;
            }
            consumer.consume(tenant, events);
            EventPosition last = events.getLast().position();
            jdbc.update(
                    MOVE_CURSOR,
                    Long.toString(last.transaction()),
                    last.number(),
                    tenant.value(),
                    consumer.consumerName());
            return events.size() == BATCH;
        });
    }

    private void ensureCursor(TenantId tenant, EventConsumer consumer) {
        String cursor = tenant + "/" + consumer.consumerName();
        if (!knownCursors.contains(cursor)) {
            tenancy.run(tenant, () -> jdbc.update(ENSURE_CURSOR, tenant.value(), consumer.consumerName()));
            // known only once it is committed: a consumer without a cursor would never be fed
            knownCursors.add(cursor);
        }
    }

    private void awaitNudge() {
        try {
            if (nudges.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
