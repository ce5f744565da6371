package org.afterword.analytics.internal;

import java.util.Collection;
import java.util.List;
import org.afterword.platform.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code agent_state_interval}, for the tenant of the running transaction; one transaction at a time writes it. */
final class StateRepository {
    private static final String FORGET_SINCE = """
            DELETE FROM agent_state_interval AS known
             USING jsonb_to_recordset(:starts::jsonb) AS change ("agentId" text, since timestamptz)
             WHERE known.tenant_id = afterword_tenant() AND known.agent_id = "agentId" AND known.started_at >= since
            """;
    private static final String END_AT = """
            UPDATE agent_state_interval AS known
               SET ended_at = since
              FROM jsonb_to_recordset(:starts::jsonb) AS change ("agentId" text, since timestamptz)
             WHERE known.tenant_id = afterword_tenant() AND known.agent_id = "agentId" AND known.ended_at > since
            """;
    private static final String ADD = """
            INSERT INTO agent_state_interval (tenant_id, started_at, agent_id, ended_at, team, state, reason)
            SELECT afterword_tenant(), since, "agentId", coalesce(until, 'infinity'), team, state, reason
              FROM jsonb_to_recordset(:intervals::jsonb) AS interval (
                   "agentId" text, team text, state text, reason text, since timestamptz, until timestamptz)
            """;

    private final JdbcClient jdbc;

    StateRepository(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
    }

    /** @param changes of each agent, as they were announced */
    void apply(Collection<List<StateChange>> changes) {
        List<List<StateInterval>> settled =
                changes.stream().map(StateChange::settle).toList();
        String starts = Json.write(settled.stream().map(List::getFirst).toList());
        jdbc.sql(FORGET_SINCE).param("starts", starts).update();
        jdbc.sql(END_AT).param("starts", starts).update();
        jdbc.sql(ADD)
                .param(
                        "intervals",
                        Json.write(settled.stream()
                                .flatMap(List::stream)
                                .filter(StateInterval::isSignedIn)
                                .toList()))
                .update();
    }
}
