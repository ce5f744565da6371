package org.afterword.wrapup.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

/** The table {@code queue_surge}; every call is part of a tenant's running transaction. */
@Repository
class SurgeRepository {
    private static final String SURGING = "SELECT queue FROM queue_surge WHERE tenant_id = ? AND until > ?";
    private static final String ACTIVE = "SELECT * FROM queue_surge WHERE tenant_id = ? AND until > ? ORDER BY queue";
    private static final String FIND = "SELECT * FROM queue_surge WHERE tenant_id = ? AND queue = ANY (?)";
    private static final String PUT = """
            INSERT INTO queue_surge (tenant_id, queue, above, below, quiet, status_at, since, until, reason, declared_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, queue) DO UPDATE
               SET above = excluded.above, below = excluded.below, quiet = excluded.quiet, status_at = excluded.status_at, since = excluded.since,
                   until = excluded.until, reason = excluded.reason, declared_by = excluded.declared_by
            """;

    private final PipelinedJdbc jdbc;

    SurgeRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Which queues surge at {@code now}. */
    Supplier<Set<String>> surging(TenantId tenant, Instant now) {
        return jdbc.ask(
                SURGING,
                rs -> {
                    var queues = new HashSet<String>();
                    while (rs.next()) {
                        queues.add(rs.getString(1));
                    }
                    return queues;
                },
                tenant.value(),
                Timestamp.from(now));
    }

    List<QueueSurge> active(TenantId tenant, Instant now) {
        return jdbc.query(ACTIVE, (rs, n) -> surge(rs), tenant.value(), Timestamp.from(now));
    }

    List<QueueSurge> find(TenantId tenant, Collection<String> queues) {
        return jdbc.query(FIND, (rs, n) -> surge(rs), tenant.value(), queues.toArray(String[]::new));
    }

    void put(TenantId tenant, QueueSurge surge) {
        QueueSurge.Active active = surge.active();
        jdbc.later(
                PUT,
                tenant.value(),
                surge.queue(),
                surge.above(),
                surge.below(),
                surge.quiet(),
                timestamp(surge.statusAt()),
                active == null ? null : timestamp(active.since()),
                active == null ? null : timestamp(active.until()),
                active == null ? null : active.reason(),
                active == null ? null : active.by());
    }

    private static QueueSurge surge(ResultSet rs) throws SQLException {
        Timestamp since = rs.getTimestamp("since");
        Timestamp statusAt = rs.getTimestamp("status_at");
        return new QueueSurge(
                rs.getString("queue"),
                rs.getInt("above"),
                rs.getInt("below"),
                rs.getInt("quiet"),
                statusAt == null ? null : statusAt.toInstant(),
                since == null
                        ? null
                        : new QueueSurge.Active(
                                since.toInstant(),
                                rs.getTimestamp("until").toInstant(),
                                rs.getString("reason"),
                                rs.getString("declared_by")));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
