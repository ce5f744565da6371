package org.afterword.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The append-only log of domain events. Appending is part of the business transaction; readers keep a cursor and stay
 * below the oldest running transaction, so that an event which commits late is never skipped. Events about one agent, and
 * those of one interaction that were written under its lock ({@link Tenancy#lock}), keep their order.
 */
public final class EventLog {
    private static final String APPEND = """
            INSERT INTO domain_event (tenant_id, recorded_at, type, subject, interaction_id, data)
            SELECT ?, recorded_at::timestamptz, type, subject, interaction_id, data::jsonb
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   WITH ORDINALITY AS e (recorded_at, type, subject, interaction_id, data, n)
             ORDER BY n
            """;
    private static final String READ_AFTER = """
            SELECT xid::text::bigint AS xid, number, recorded_at, type, subject, interaction_id, data
              FROM domain_event
             WHERE tenant_id = ? AND (xid, number) > (?::text::xid8, ?) AND xid < afterword_horizon()
             ORDER BY domain_event.xid, number
             LIMIT ?
            """;
    private static final String HEAD = """
            SELECT afterword_horizon()::text::bigint AS xid
            """;

    /** An event that is about to be written. */
    public record NewEvent(
            Instant at,
            String type,
            String subject,
            @Nullable String interactionId,
            Object data) {}

    private final Tenancy tenancy;
    private final JdbcTemplate jdbc;
    private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();

    public EventLog(Tenancy tenancy, JdbcTemplate jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Appends in the running transaction, in this order; after its commit those who {@link #onAppended listen} are told. */
    public void append(List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        TenantId tenant = tenancy.current();
        jdbc.update(
                APPEND,
                tenant.value(),
                events.stream().map(e -> e.at().toString()).toArray(String[]::new),
                events.stream().map(NewEvent::type).toArray(String[]::new),
                events.stream().map(NewEvent::subject).toArray(String[]::new),
                events.stream().map(NewEvent::interactionId).toArray(String[]::new),
                events.stream().map(e -> Json.write(e.data())).toArray(String[]::new));
        Tenancy.afterCommit(() -> listeners.forEach(listener -> listener.accept(tenant)));
    }

    public void append(NewEvent event) {
        append(List.of(event));
    }

    /** Up to {@code limit} events after {@code position}, oldest first; part of the running transaction. */
    public List<DomainEvent> readAfter(EventPosition position, int limit) {
        TenantId tenant = tenancy.current();
        return new ArrayList<>(jdbc.query(
                READ_AFTER,
                (rs, n) -> event(tenant, rs),
                tenant.value(),
                Long.toString(position.transaction()),
                position.number(),
                limit));
    }

    /** A position behind everything that can be read now. */
    public EventPosition head() {
        Long oldestRunning = jdbc.queryForObject(HEAD, Long.class);
        return new EventPosition(oldestRunning == null ? 0 : oldestRunning - 1, Long.MAX_VALUE);
    }

    /** Tells {@code listener} the tenant after each commit on this node; a hint to look, never a guarantee. */
    public void onAppended(Consumer<TenantId> listener) {
        listeners.add(listener);
    }

    private static DomainEvent event(TenantId tenant, ResultSet rs) throws SQLException {
        return new DomainEvent(
                tenant,
                new EventPosition(rs.getLong("xid"), rs.getLong("number")),
                rs.getTimestamp("recorded_at").toInstant(),
                rs.getString("type"),
                rs.getString("subject"),
                rs.getString("interaction_id"),
                Json.read(rs.getString("data")));
    }
}
