package org.afterword.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done when: deadlines, drafts, deliveries. Scheduling is part of the business transaction. A worker claims
 * what is due under a lease, does it tenant by tenant, and removes what it was given; work that was scheduled anew in the
 * meantime stays. Every item is done at least once, so handlers are idempotent.
 */
public final class DueWork {
    private static final String SCHEDULE = """
            INSERT INTO due_work (tenant_id, kind, planned_at, id, due_at)
            SELECT ?, ?, ?::timestamptz, id, due_at::timestamptz FROM unnest(?::text[], ?::text[]) AS w (id, due_at) ORDER BY id
                ON CONFLICT (tenant_id, kind, id) DO UPDATE
               SET due_at = %s, planned_at = excluded.planned_at, generation = excluded.generation,
                   attempts = 0, leased_until = NULL
            """;
    private static final String SCHEDULE_ANEW = SCHEDULE.formatted("excluded.due_at");

    /** What somebody works at was planned before this was known, and counts no more. */
    private static final String SCHEDULE_NO_LATER = SCHEDULE.formatted(
            "CASE WHEN due_work.leased_until IS NULL THEN least(due_work.due_at, excluded.due_at) ELSE excluded.due_at END");

    /** Rows are locked in the order in which {@code SCHEDULE} locks them, or two that come at once would wait for each other. */
    private static final String CANCEL = """
            WITH cancelled AS MATERIALIZED (
                SELECT tenant_id, kind, id FROM due_work
                 WHERE tenant_id = ? AND kind = ? AND id = ANY (?)
                 ORDER BY id
                   FOR UPDATE)
            DELETE FROM due_work AS w
             USING cancelled AS c
             WHERE w.tenant_id = c.tenant_id AND w.kind = c.kind AND w.id = c.id
            """;

    /**
     * A claim that a crash of the database undoes was not worth waiting for the disk: nothing was done under it yet. Rows are found
     * again by where they lie, whatever the planner thinks of how many there are; one that moved meanwhile is for the next claim.
     */
    private static final String CLAIM = """
            UPDATE due_work AS w
               SET leased_until = ?::timestamptz, attempts = w.attempts + 1
             WHERE w.ctid = ANY (ARRAY (
                       SELECT ctid
                         FROM due_work
                        WHERE kind = ? AND due_at <= ?::timestamptz AND (leased_until IS NULL OR leased_until <= ?::timestamptz)
                        ORDER BY due_at
                        LIMIT ?
                          FOR UPDATE SKIP LOCKED))
               AND (SELECT set_config('synchronous_commit', 'off', true)) IS NOT NULL
         RETURNING w.tenant_id, w.id, w.generation, w.attempts, w.due_at, w.planned_at
            """;

    private static final String DONE = """
            WITH done AS MATERIALIZED (
                SELECT w.tenant_id, w.kind, w.id
                  FROM due_work AS w
                  JOIN unnest(?::text[], ?::bigint[]) AS d (id, generation) ON w.id = d.id AND w.generation = d.generation
                 WHERE w.tenant_id = ? AND w.kind = ?
                 ORDER BY w.id
                   FOR UPDATE OF w)
            DELETE FROM due_work AS w
             USING done AS d
             WHERE w.tenant_id = d.tenant_id AND w.kind = d.kind AND w.id = d.id
            """;
    private static final String IS_PLANNED =
            "SELECT EXISTS (SELECT FROM due_work WHERE tenant_id = ? AND kind = ANY (?) AND id = ?)";
    private static final String LATER = """
            UPDATE due_work SET due_at = ?::timestamptz, leased_until = NULL
             WHERE tenant_id = ? AND kind = ? AND id = ? AND generation = ? AND attempts = ?
            """;
    private static final String FREE = "UPDATE due_work SET leased_until = NULL WHERE leased_until IS NOT NULL";

    /** Two minima, each from the start of an index; leased items are as many as workers hold at a time. */
    static final String NEXT = """
            SELECT least((SELECT min(due_at) FROM due_work WHERE kind = ? AND leased_until IS NULL),
                         (SELECT min(leased_until) FROM due_work WHERE kind = ? AND leased_until IS NOT NULL))
            """;

    /**
     * One claimed item. {@code attempts} counts this claim too.
     *
     * @param plannedAt when it was planned last; after {@code dueAt} for what was planned to come first
     */
    public record Item(
            TenantId tenant, String kind, String id, long generation, int attempts, Instant dueAt, Instant plannedAt) {
        /** How late it is at {@code now}; negative before it is due. */
        public Duration lateness(Instant now) {
            return Duration.between(dueAt.isAfter(plannedAt) ? dueAt : plannedAt, now);
        }
    }

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;
    private final InstantSource clock;
    private final List<BiConsumer<String, Instant>> listeners = new CopyOnWriteArrayList<>();

    public DueWork(Tenancy tenancy, PipelinedJdbc jdbc, InstantSource clock) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Plans work for the running transaction's tenant; what was planned under the same kind and id is replaced. */
    public void schedule(String kind, Map<String, Instant> dueById) {
        schedule(SCHEDULE_ANEW, kind, dueById);
    }

    /** As {@link #schedule}, but what waits already does not wait longer for it. */
    public void scheduleNoLater(String kind, Map<String, Instant> dueById) {
        schedule(SCHEDULE_NO_LATER, kind, dueById);
    }

    private void schedule(String sql, String kind, Map<String, Instant> dueById) {
        if (dueById.isEmpty()) {
            return;
        }
        List<String> ids = List.copyOf(dueById.keySet());
        jdbc.later(
                sql,
                tenancy.current().value(),
                kind,
                clock.instant().toString(),
                ids.toArray(String[]::new),
                ids.stream().map(id -> String.valueOf(dueById.get(id))).toArray(String[]::new));
        Instant earliest = dueById.values().stream().min(Instant::compareTo).orElseThrow();
        Tenancy.afterCommit(() -> listeners.forEach(listener -> listener.accept(kind, earliest)));
    }

    public void schedule(String kind, String id, Instant due) {
        schedule(kind, Map.of(id, due));
    }

    /** Whether any of these kinds of work is planned or under way for the running transaction's tenant under this id. */
    public boolean isPlanned(List<String> kinds, String id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                IS_PLANNED, Boolean.class, tenancy.current().value(), kinds.toArray(String[]::new), id));
    }

    public void cancel(String kind, List<String> ids) {
        if (!ids.isEmpty()) {
            jdbc.later(CANCEL, tenancy.current().value(), kind, ids.toArray(String[]::new));
        }
    }

    /**
     * Claims the first {@code limit} items due at {@code now}, over all tenants, in their order; nobody else gets them until the lease
     * ends. Not to be called in a transaction, whose commit would not wait for the disk either.
     */
    public List<Item> claim(String kind, Instant now, Duration lease, int limit) {
        return jdbc
                .query(
                        CLAIM,
                        (rs, n) -> new Item(
                                new TenantId(rs.getString("tenant_id")),
                                kind,
                                rs.getString("id"),
                                rs.getLong("generation"),
                                rs.getInt("attempts"),
                                rs.getTimestamp("due_at").toInstant(),
                                rs.getTimestamp("planned_at").toInstant()),
                        now.plus(lease).toString(),
                        kind,
                        now.toString(),
                        now.toString(),
                        limit)
                .stream()
                .sorted(Comparator.comparing(Item::dueAt))
                .toList();
    }

    /** Removes what was done, unless it was planned anew meanwhile; call it in the transaction that did it. */
    public void done(Item item) {
        done(List.of(item));
    }

    /** As {@link #done(Item)} for items of one tenant and kind. */
    public void done(List<Item> items) {
        if (!items.isEmpty()) {
            jdbc.later(
                    DONE,
                    items.stream().map(Item::id).toArray(String[]::new),
                    items.stream().map(Item::generation).toArray(Long[]::new),
                    items.getFirst().tenant().value(),
                    items.getFirst().kind());
        }
    }

    /** Gives an item back for a later try, unless it was planned anew or claimed by somebody else meanwhile. */
    public void later(Item item, Instant due) {
        jdbc.update(
                LATER,
                due.toString(),
                item.tenant().value(),
                item.kind(),
                item.id(),
                item.generation(),
                item.attempts());
        listeners.forEach(listener -> listener.accept(item.kind(), due));
    }

    /** Gives back whatever anybody has claimed: for who knows that nobody is at work any more. */
    public void freeAll() {
        jdbc.update(FREE);
    }

    /** When the next item of this kind is due or its lease ends. */
    public Optional<Instant> nextDue(String kind) {
        java.sql.@Nullable Timestamp next = jdbc.queryForObject(NEXT, java.sql.Timestamp.class, kind, kind);
        return Optional.ofNullable(next).map(java.sql.Timestamp::toInstant);
    }

    /** Tells {@code listener} kind and due time after each commit on this node; a hint to look, never a guarantee. */
    public void onScheduled(BiConsumer<String, Instant> listener) {
        listeners.add(listener);
    }
}
