package org.afterword.analytics.internal;

import java.sql.Timestamp;
import java.time.Instant;
import org.afterword.platform.DomainEvent;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code gate_leak}, for the tenant of the running transaction. */
public final class LeakRepository {
    /** A consumer that is started again may read an event twice. */
    private static final String PUT = """
            INSERT INTO gate_leak (tenant_id, leaked_at, position, agent_id, interaction_id)
            VALUES (afterword_tenant(), :leakedAt, :position, :agentId, :interactionId)
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
        jdbc.sql(PUT)
                .param("leakedAt", Timestamp.from(event.at()))
                .param("position", event.position().toString())
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
