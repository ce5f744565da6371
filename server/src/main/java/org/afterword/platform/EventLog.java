package org.afterword.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    /** What nobody asked for comes without its data, which are most of an event. */
    private static final String READ_AFTER = """
            SELECT xid::text::bigint AS xid, number, recorded_at, type, subject, interaction_id,
                   CASE WHEN cardinality(?::text[]) = 0 OR type = ANY (?::text[]) THEN data END AS data
              FROM domain_event
             WHERE tenant_id = ? AND (xid, number) > (?::text::xid8, ?) AND xid < afterword_horizon()
             ORDER BY domain_event.xid, number
             LIMIT ?
            """;

    private static final String HEAD = """
            SELECT afterword_horizon()::text::bigint AS xid
            """;

    /** How much of the log is read for events of some types, where they may be few. */
    private static final int LONGEST_STRETCH = 500;

    /** An event that is about to be written. */
    public record NewEvent(
            Instant at,
            String type,
            String subject,
            @Nullable String interactionId,
            Object data) {}

    /**
     * A part of the log.
     *
     * @param events those of the types that were asked for
     * @param end    the position of the last event that was looked at; where it began if there was none
     * @param isFull whether there may be more
     */
    public record Stretch(List<DomainEvent> events, EventPosition end, boolean isFull) {}

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;
    private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();

    public EventLog(Tenancy tenancy, PipelinedJdbc jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Appends in the running transaction, in this order; after its commit those who {@link #onAppended listen} are told. */
    public void append(List<NewEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        TenantId tenant = tenancy.current();
        jdbc.later(
                APPEND,
                tenant.value(),
                Columns.of(events, NewEvent::at),
                Columns.of(events, NewEvent::type),
                Columns.of(events, NewEvent::subject),
                Columns.of(events, NewEvent::interactionId),
                Columns.of(events, event -> Json.write(event.data())));
        Tenancy.afterCommit(() -> listeners.forEach(listener -> listener.accept(tenant)));
    }

    public void append(NewEvent event) {
        append(List.of(event));
    }

    /** Up to {@code limit} events after {@code position}, oldest first; asked in the running transaction. */
    public Supplier<List<DomainEvent>> readAfter(EventPosition position, int limit) {
        Supplier<Stretch> stretch = stretchAfter(position, Set.of(), limit);
        return () -> stretch.get().events();
    }

    /**
     * As {@link #readAfter}, but only events of these {@code types}, where any are named. The stretch ends with the last event that
     * {@code limit} allows, or earlier.
     */
    public Supplier<Stretch> stretchAfter(EventPosition position, Set<String> types, int limit) {
        TenantId tenant = tenancy.current();
        String[] asked = types.toArray(String[]::new);
        int length = types.isEmpty() ? limit : Math.max(limit, LONGEST_STRETCH);
        return jdbc.ask(
                READ_AFTER,
                rs -> stretch(tenant, position, limit, length, rs),
                asked,
                asked,
                tenant.value(),
                Long.toString(position.transaction()),
                position.number(),
                length);
    }

    private static Stretch stretch(TenantId tenant, EventPosition start, int limit, int length, ResultSet rs)
            throws SQLException {
        var events = new ArrayList<DomainEvent>();
        EventPosition end = start;
        int rows = 0;
        while (events.size() < limit && rs.next()) {
            rows++;
            end = new EventPosition(rs.getLong("xid"), rs.getLong("number"));
            String data = rs.getString("data");
            if (data != null) {
                events.add(event(tenant, end, data, rs));
            }
        }
        return new Stretch(events, end, events.size() == limit || rows == length);
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

    private static DomainEvent event(TenantId tenant, EventPosition position, String data, ResultSet rs)
            throws SQLException {
        return new DomainEvent(
                tenant,
                position,
                rs.getTimestamp("recorded_at").toInstant(),
                rs.getString("type"),
                rs.getString("subject"),
                rs.getString("interaction_id"),
                Json.read(data));
    }
}
