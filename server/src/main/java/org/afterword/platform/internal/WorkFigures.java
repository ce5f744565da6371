package org.afterword.platform.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Meters.Rows;
import org.afterword.platform.SampledFigures;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.springframework.jdbc.core.JdbcTemplate;

/** How much work waits, and how far the readers of the event log are behind. Counts go up to {@value #MOST_COUNTED}. */
final class WorkFigures implements SampledFigures {
    /** More is not worth a longer look. */
    private static final int MOST_COUNTED = 10_000;

    /**
     * What was planned for a time that was over already (drafts of ended contacts are, to come first) waits since it was planned. What
     * somebody works on does not wait.
     */
    private static final String WAITING = """
            SELECT count(*) AS waiting, coalesce(extract(epoch FROM ?::timestamptz - min(since)), 0) AS oldest
              FROM (SELECT greatest(due_at, planned_at) AS since FROM due_work
                     WHERE kind = ? AND due_at <= ?::timestamptz AND (leased_until IS NULL OR leased_until <= ?::timestamptz)
                     ORDER BY due_at LIMIT ?) AS overdue
            """;

    /** Also events that cannot be read yet because an older transaction runs: what holds readers up is to be seen. */
    private static final String BEHIND = """
            SELECT consumer, behind.events, behind.oldest
              FROM event_cursor AS c,
                   LATERAL (SELECT count(*) AS events, min(recorded_at) AS oldest
                              FROM (SELECT recorded_at FROM domain_event
                                     WHERE tenant_id = c.tenant_id AND (xid, number) > (c.xid, c.number)
                                     ORDER BY xid, number LIMIT ?) AS unread) AS behind
             WHERE c.tenant_id = ?
            """;

    private final Rows waiting =
            Rows.sums("afterword.due.work.waiting", "Due work that nobody has begun, up to " + MOST_COUNTED);
    private final Rows oldest =
            Rows.maxima("afterword.due.work.oldest.seconds", "How late the oldest due work is that nobody has begun");
    private final Rows lagEvents = Rows.sums(
            "afterword.event.consumer.lag.events",
            "Events that a reader of the log has not seen, up to " + MOST_COUNTED);
    private final Rows lagSeconds = Rows.maxima(
            "afterword.event.consumer.lag.seconds", "Age of the oldest event that a reader of the log has not seen");

    private final JdbcTemplate jdbc;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final List<String> kinds;
    private final InstantSource clock;

    WorkFigures(
            JdbcTemplate jdbc, Tenancy tenancy, Tenants tenants, List<DueWorkHandler> handlers, InstantSource clock) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.kinds = handlers.stream().map(DueWorkHandler::kind).toList();
        this.clock = clock;
    }

    @Override
    public void sample() {
        String now = clock.instant().toString();
        for (String kind : kinds) {
            jdbc.query(
                    WAITING,
                    rs -> {
                        waiting.take(rs.getLong("waiting"), "kind", kind);
                        oldest.take(Math.max(0, rs.getDouble("oldest")), "kind", kind);
                    },
                    now,
                    kind,
                    now,
                    now,
                    MOST_COUNTED);
        }
        for (TenantId tenant : tenants.list()) {
            tenancy.run(tenant, () -> behind(tenant));
        }
        all().forEach(Rows::show);
    }

    private void behind(TenantId tenant) {
        Instant now = clock.instant();
        jdbc.query(
                BEHIND,
                rs -> {
                    Timestamp unread = rs.getTimestamp("oldest");
                    double seconds = unread == null
                            ? 0
                            : Math.max(
                                    0, (now.toEpochMilli() - unread.toInstant().toEpochMilli()) / 1e3);
                    lagEvents.take(tenant, rs.getLong("events"), "consumer", rs.getString("consumer"));
                    lagSeconds.take(tenant, seconds, "consumer", rs.getString("consumer"));
                },
                MOST_COUNTED,
                tenant.value());
    }

    private List<Rows> all() {
        return List.of(waiting, oldest, lagEvents, lagSeconds);
    }

    @Override
    public void forget() {
        all().forEach(Rows::hide);
    }
}
