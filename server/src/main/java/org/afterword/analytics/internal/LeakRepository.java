package org.afterword.analytics.internal;

import java.sql.Timestamp;
import java.time.Instant;
import org.afterword.platform.DomainEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The table {@code gate_leak}, for the tenant of the running transaction. */
public final class LeakRepository {
    /** One row for each event that asked: a leak may be told again once more is known, or read twice. */
    private static final String PUT = """
            INSERT INTO gate_leak (tenant_id, leaked_at, event_key, agent_id, interaction_id)
            VALUES (afterword_tenant(), :leakedAt, :eventKey, :agentId, :interactionId)
                ON CONFLICT DO NOTHING
            """;

    private static final String COUNT_SINCE = """
            SELECT count(*) FROM gate_leak WHERE tenant_id = afterword_tenant() AND leaked_at >= :from
            """;

    private final JdbcClient jdbc;

    public LeakRepository(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
    }

    void put(DomainEvent event) {
        JsonNode at = event.data().path("at");
        String asked = "%s %s %s"
                .formatted(
                        event.data().path("kind").asString(""),
                        event.data().path("source").asString(""),
                        event.data().path("eventId").asString(""));
        jdbc.sql(PUT)
                .param("leakedAt", Timestamp.from(at.isString() ? Instant.parse(at.asString()) : event.at()))
                .param(
                        "eventKey",
                        event.data().has("eventId") ? asked : event.position().toString())
                .param("agentId", event.subject())
                .param("interactionId", event.interactionId())
                .update();
    }

    public long countSince(Instant from) {
        return jdbc.sql(COUNT_SINCE)
                .param("from", Timestamp.from(from))
                .query(Long.class)
                .single();
    }
}
