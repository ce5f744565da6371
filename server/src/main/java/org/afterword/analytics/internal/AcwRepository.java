package org.afterword.analytics.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.afterword.analytics.AcwQuery;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts legs and adds up times, for the tenant of the running transaction. */
final class AcwRepository {
    private static final String LEGS = """
            SELECT key,
                   count(*) FILTER (WHERE handled) AS handled,
                   count(DISTINCT coalesce(contact_id, interaction_id)) FILTER (WHERE handled) AS interactions,
                   count(*) FILTER (WHERE first_part AND acw_seconds IS NULL) AS held,
                   count(*) FILTER (WHERE released AND no_contact IS NOT NULL) AS no_contact_count,
                   count(*) FILTER (WHERE released AND no_contact IS NULL AND not_started) AS not_started_count,
                   count(*) FILTER (WHERE first_part) AS contacts,
                   coalesce(sum(acw_seconds) FILTER (WHERE handled), 0) AS acw,
                   avg(talk_seconds + coalesce(hold_seconds, 0) + acw_seconds) FILTER (WHERE handled) AS aht,
                   avg(compliance) FILTER (WHERE status = 'COMPLETED') AS compliance,
                   count(*) FILTER (WHERE handled AND overrun_seconds > 0) AS overrun,
                   count(*) FILTER (WHERE handled AND extension_count > 0) AS extended,
                   count(*) FILTER (WHERE handled AND deferred) AS deferred,
                   count(*) FILTER (WHERE handled AND cut) AS cut,
                   avg(documentation_seconds) FILTER (WHERE handled) AS documentation,
                   coalesce(sum(system_wait_seconds) FILTER (WHERE handled), 0) AS system_wait,
                   avg(system_wait_seconds) FILTER (WHERE handled) AS system_wait_mean,
                   coalesce(sum(kept_parts) FILTER (WHERE no_contact IS NULL), 0) AS kept,
                   coalesce(sum(edited_parts) FILTER (WHERE no_contact IS NULL), 0) AS edited
              FROM (SELECT *, %s AS key,
                           first_part AND acw_seconds IS NOT NULL AS released,
                           first_part AND acw_seconds IS NOT NULL AND no_contact IS NULL AND NOT not_started AS handled
                      FROM wrap_up_fact
                     WHERE tenant_id = afterword_tenant()
                       AND leg_ended_at >= :from::timestamptz AND leg_ended_at < :to::timestamptz
                       AND (:agent::text IS NULL OR agent_id = :agent)) AS leg
             GROUP BY key
            """;

    private static final String LEAKS = """
            SELECT %s AS key, count(*) AS leaks
              FROM gate_leak
             WHERE tenant_id = afterword_tenant()
               AND leaked_at >= :from::timestamptz AND leaked_at < :to::timestamptz
               AND (:agent::text IS NULL OR agent_id = :agent)
             GROUP BY key
            """;

    /*
     * How long agents worked, and how much of it was after-call work, or any work with a contact. What an agent does twice at
     * a time counts once: intervals are united before they are measured, per agent. Facts know legs and wrap-ups, also as
     * late events corrected them; the states that were shown add what has no fact yet (a leg that is still on) or reaches
     * far over an edge (a wrap-up that was forgotten days ago). Only time signed in counts, so no share passes 1.
     */
    private static final String TIMES = """
            WITH state AS (
                SELECT agent_id, team, state,
                       greatest(started_at, :from::timestamptz) AS lo,
                       least(ended_at, :to::timestamptz, :now::timestamptz) AS hi
                  FROM agent_state_interval
                 WHERE tenant_id = afterword_tenant()
                   AND started_at < :to::timestamptz AND ended_at > :from::timestamptz
                   AND (:agent::text IS NULL OR agent_id = :agent)
            ), leg AS (
                SELECT agent_id, team, leg_started_at, leg_ended_at,
                       coalesce(released_at, :now::timestamptz) AS released_at
                  FROM wrap_up_fact
                 WHERE tenant_id = afterword_tenant()
                   AND leg_ended_at >= :from::timestamptz - interval '1 day'
                   AND leg_ended_at < :to::timestamptz + interval '1 day'
                   AND (:agent::text IS NULL OR agent_id = :agent)
                   AND first_part
            ), span AS (
                SELECT agent_id, team, 'signedIn' AS kind, lo, hi FROM state
                 UNION ALL
                SELECT agent_id, team, 'notReady', lo, hi FROM state WHERE state = 'NOT_READY'
                 UNION ALL
                SELECT agent_id, team, 'busy', lo, hi FROM state WHERE state IN ('ENGAGED', 'AFTER_CALL_WORK')
                 UNION ALL
                SELECT agent_id, team, 'acw', lo, hi FROM state WHERE state = 'AFTER_CALL_WORK'
                 UNION ALL
                SELECT agent_id, team, 'busy', greatest(leg_started_at, :from::timestamptz),
                       least(greatest(leg_ended_at, released_at), :to::timestamptz, :now::timestamptz) FROM leg
                 UNION ALL
                SELECT agent_id, team, 'acw', greatest(leg_ended_at, :from::timestamptz),
                       least(released_at, :to::timestamptz, :now::timestamptz) FROM leg
            ), bound AS (
                SELECT n, start, lead(start, 1, :to::timestamptz) OVER (ORDER BY n) AS stop
                  FROM unnest(:starts::text[]::timestamptz[]) WITH ORDINALITY AS s (start, n)
            ), piece AS (
                SELECT %s AS key, agent_id, kind, tstzrange(greatest(lo, start), least(hi, stop)) AS part
                  FROM span
                 CROSS JOIN LATERAL generate_series(width_bucket(lo, (SELECT :starts::text[]::timestamptz[])),
                                                    width_bucket(hi, (SELECT :starts::text[]::timestamptz[]))) AS slice
                  JOIN bound ON bound.n = slice
                 WHERE lo < hi AND greatest(lo, start) < least(hi, stop)
            ), agent AS (
                SELECT key, agent_id,
                       coalesce(range_agg(part) FILTER (WHERE kind = 'signedIn'), '{}') AS signed_in,
                       coalesce(range_agg(part) FILTER (WHERE kind = 'notReady'), '{}') AS not_ready,
                       coalesce(range_agg(part) FILTER (WHERE kind = 'busy'), '{}') AS busy,
                       coalesce(range_agg(part) FILTER (WHERE kind = 'acw'), '{}') AS acw
                  FROM piece
                 GROUP BY key, agent_id
            )
            SELECT key,
                   sum(afterword_seconds(signed_in)) AS signed_in,
                   sum(afterword_seconds(signed_in * acw)) AS acw,
                   sum(afterword_seconds(signed_in * busy)) AS busy,
                   sum(afterword_seconds(signed_in - (not_ready - busy))) AS available
              FROM agent
             GROUP BY key
            """;

    /** What can be counted from facts alone. Means are null where there is nothing to take them from. */
    record Legs(
            long handled,
            long interactions,
            long held,
            double acw,
            @Nullable Double aht,
            @Nullable Double compliance,
            long overrun,
            long extended,
            long deferred,
            long cut,
            @Nullable Double documentation,
            long keptParts,
            long editedParts,
            long noContact,
            long notStarted,
            double systemWait,
            @Nullable Double systemWaitMean,
            long contacts) {
        static final Legs NONE = new Legs(0, 0, 0, 0, null, null, 0, 0, 0, 0, null, 0, 0, 0, 0, 0, null, 0);
    }

    /** Seconds; {@code available} is the time signed in and not "not ready". */
    record Times(double signedIn, double acw, double busy, double available) {
        static final Times NONE = new Times(0, 0, 0, 0);
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AcwRepository(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Map<GroupKey, Legs> legs(AcwQuery query, Grouping grouping, @Nullable AgentId only) {
        var legs = new HashMap<GroupKey, Legs>();
        statement(LEGS.formatted(grouping.legKey()), query, grouping, only).query(rs -> {
            legs.put(new GroupKey(rs.getString("key")), legs(rs));
        });
        return legs;
    }

    /** Empty if leaks cannot be divided like this. */
    Map<GroupKey, Long> leaks(AcwQuery query, Grouping grouping, @Nullable AgentId only) {
        var leaks = new HashMap<GroupKey, Long>();
        if (grouping.leakKey() != null) {
            statement(LEAKS.formatted(grouping.leakKey()), query, grouping, only)
                    .query(rs -> {
                        leaks.put(new GroupKey(rs.getString("key")), rs.getLong("leaks"));
                    });
        }
        return leaks;
    }

    /** Empty if time cannot be divided like this. */
    Map<GroupKey, Times> times(AcwQuery query, Grouping grouping, @Nullable AgentId only) {
        var times = new HashMap<GroupKey, Times>();
        if (grouping.timeKey() != null) {
            statement(TIMES.formatted(grouping.timeKey()), query, grouping, only)
                    .param("now", clock.instant().toString())
                    .query(rs -> {
                        times.put(new GroupKey(rs.getString("key")), times(rs));
                    });
        }
        return times;
    }

    private JdbcClient.StatementSpec statement(String sql, AcwQuery query, Grouping grouping, @Nullable AgentId only) {
        return jdbc.sql(sql)
                .param("starts", grouping.starts())
                .param("from", query.from().toString())
                .param("to", query.to().toString())
                .param("agent", only == null ? null : only.value());
    }

    private static Legs legs(ResultSet rs) throws SQLException {
        return new Legs(
                rs.getLong("handled"),
                rs.getLong("interactions"),
                rs.getLong("held"),
                rs.getDouble("acw"),
                rs.getObject("aht", Double.class),
                rs.getObject("compliance", Double.class),
                rs.getLong("overrun"),
                rs.getLong("extended"),
                rs.getLong("deferred"),
                rs.getLong("cut"),
                rs.getObject("documentation", Double.class),
                rs.getLong("kept"),
                rs.getLong("edited"),
                rs.getLong("no_contact_count"),
                rs.getLong("not_started_count"),
                rs.getDouble("system_wait"),
                rs.getObject("system_wait_mean", Double.class),
                rs.getLong("contacts"));
    }

    private static Times times(ResultSet rs) throws SQLException {
        return new Times(
                rs.getDouble("signed_in"), rs.getDouble("acw"), rs.getDouble("busy"), rs.getDouble("available"));
    }
}
