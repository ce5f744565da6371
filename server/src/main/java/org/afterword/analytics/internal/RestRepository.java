package org.afterword.analytics.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.afterword.analytics.RecoveryReport;
import org.afterword.platform.DomainEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The table {@code rest_fact}, for the tenant of the running transaction. */
public final class RestRepository {
    /** A rest may be told again once more is known of it, or read twice. */
    private static final String PUT = """
            INSERT INTO rest_fact (tenant_id, agent_id, rest_id, kind, team, queue, started_at, ended_at)
            VALUES (afterword_tenant(), :agentId, :restId, :kind, :team, :queue, :from, :until)
                ON CONFLICT (tenant_id, agent_id, rest_id) DO UPDATE
               SET team = excluded.team, queue = excluded.queue, started_at = excluded.started_at, ended_at = excluded.ended_at
            """;

    private static final String RECOVERIES = """
            SELECT date_trunc('week', ended_at AT TIME ZONE 'UTC')::date AS week, %s AS key, agent_id, count(*) AS recoveries,
                   sum(extract(epoch FROM ended_at - started_at)) AS seconds
              FROM rest_fact
             WHERE tenant_id = afterword_tenant() AND kind = 'RECOVERY'
               AND ended_at >= :from AND ended_at < :to AND started_at < ended_at
             GROUP BY week, key, agent_id
            """;

    private final JdbcClient jdbc;

    public RestRepository(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
    }

    void put(DomainEvent event) {
        JsonNode data = event.data();
        jdbc.sql(PUT)
                .param("agentId", event.subject())
                .param("restId", data.path("restId").asString(event.position().toString()))
                .param("kind", data.path("kind").asString(""))
                .param("team", data.path("team").asString(null))
                .param("queue", data.path("queue").asString(null))
                .param("from", time(data, "from", event))
                .param("until", time(data, "until", event))
                .update();
    }

    private static Timestamp time(JsonNode data, String name, DomainEvent event) {
        JsonNode time = data.path(name);
        return Timestamp.from(time.isString() ? Instant.parse(time.asString()) : event.at());
    }

    /** @param from a Monday; @param to the Monday after the last week */
    public List<RecoveryReport.Row> recoveries(LocalDate from, LocalDate to, RecoveryReport.By groupBy) {
        String key = switch (groupBy) {
            case TENANT -> "NULL::text";
            case TEAM -> "team";
            case QUEUE -> "queue";
        };
        return RecoveryTotals.rows(jdbc.sql(RECOVERIES.formatted(key))
                .param("from", startOf(from))
                .param("to", startOf(to))
                .query((rs, n) -> new RecoveryTotals.Share(
                        rs.getObject("week", LocalDate.class),
                        rs.getString("key"),
                        rs.getString("agent_id"),
                        rs.getLong("recoveries"),
                        rs.getDouble("seconds")))
                .list());
    }

    private static Timestamp startOf(LocalDate day) {
        return Timestamp.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
