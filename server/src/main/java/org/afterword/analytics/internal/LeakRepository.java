package org.afterword.analytics.internal;

import java.sql.Timestamp;
import java.time.Instant;
import org.afterword.analytics.GateFigures;
import org.afterword.platform.DomainEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The table {@code gate_leak}, and what it is held against, for the tenant of the running transaction. */
public final class LeakRepository {
    /** One row for each event that asked: a leak may be told again once more is known, or read twice. */
    private static final String PUT = """
            INSERT INTO gate_leak (tenant_id, leaked_at, event_key, agent_id, interaction_id, team, queue, campaign, channel,
                                   call_type)
            VALUES (afterword_tenant(), :leakedAt, :eventKey, :agentId, :interactionId, :team, :queue, :campaign, :channel,
                    :callType)
                ON CONFLICT DO NOTHING
            """;

    private static final String SINCE = """
            SELECT (SELECT count(*) FROM gate_leak WHERE tenant_id = afterword_tenant() AND leaked_at >= :from) AS leaks,
                   (SELECT coalesce(sum(contacts), 0)
                      FROM contact_count
                     WHERE tenant_id = afterword_tenant() AND quarter >= :from) AS contacts
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
                .param("team", text(event, "team"))
                .param("queue", text(event, "queue"))
                .param("campaign", text(event, "campaign"))
                .param("channel", text(event, "channel"))
                .param("callType", text(event, "callType"))
                .update();
    }

    private static @Nullable String text(DomainEvent event, String name) {
        return event.data().path(name).asString(null);
    }

    /** @param from a full quarter of an hour */
    public GateFigures since(Instant from) {
        return jdbc.sql(SINCE)
                .param("from", Timestamp.from(from))
                .query((rs, n) -> new GateFigures(rs.getLong("leaks"), rs.getLong("contacts")))
                .single();
    }
}
