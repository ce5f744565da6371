package org.afterword.analytics.internal;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.platform.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code wrap_up_fact}, for the tenant of the running transaction; one transaction at a time writes it. */
final class FactRepository {
    private static final String SEQUENCES = """
            SELECT wrap_up_id, sequence FROM wrap_up_fact WHERE tenant_id = afterword_tenant() AND wrap_up_id = ANY (:ids)
            """;

    /** Not an update: a corrected end may move a fact into another partition. */
    private static final String REMOVE = """
            DELETE FROM wrap_up_fact WHERE tenant_id = afterword_tenant() AND wrap_up_id = ANY (:ids)
            """;

    private static final String ADD = """
            INSERT INTO wrap_up_fact (
                   tenant_id, leg_ended_at, wrap_up_id, sequence, interaction_id, leg_id, agent_id, team, queue, campaign,
                   channel, direction, call_type, complexity, disposition, status, mode, leg_started_at, talk_seconds,
                   hold_seconds, opened_at, released_at, closed_at, deadline, acw_seconds, overrun_seconds, extension_count,
                   deferred, cut, documentation_seconds, checking_seconds, kept_parts, edited_parts, draft_source, compliance,
                   first_part)
            SELECT afterword_tenant(), "legEndedAt", "wrapUpId", sequence, "interactionId", "legId", "agentId", team, queue, campaign,
                   channel, direction, "callType", complexity, disposition, status, mode, "legStartedAt", "talkSeconds",
                   "holdSeconds", "openedAt", "releasedAt", "closedAt", deadline, "acwSeconds", "overrunSeconds", "extensionCount",
                   deferred, cut, "documentationSeconds", "checkingSeconds", "keptParts", "editedParts", "draftSource", compliance,
                   coalesce("firstPart", true)
              FROM jsonb_to_recordset(:facts::jsonb) AS fact (
                   "wrapUpId" text, "interactionId" text, "legId" text, "agentId" text, status text, sequence bigint,
                   figures jsonb)
             CROSS JOIN LATERAL jsonb_to_record(figures) AS figure (
                   team text, queue text, campaign text, channel text, direction text, "callType" text, complexity text,
                   disposition text, mode text, "legStartedAt" timestamptz, "legEndedAt" timestamptz,
                   "talkSeconds" double precision, "holdSeconds" double precision, "openedAt" timestamptz,
                   "releasedAt" timestamptz, "closedAt" timestamptz, deadline timestamptz, "acwSeconds" double precision,
                   "overrunSeconds" double precision, "extensionCount" int, deferred boolean, cut boolean,
                   "documentationSeconds" double precision, "checkingSeconds" double precision, "keptParts" int,
                   "editedParts" int, "draftSource" text, compliance double precision, "firstPart" boolean)
            """;

    private final JdbcClient jdbc;

    FactRepository(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
    }

    /** Replaces what is known of these wrap-ups, except where something newer is known. */
    void put(Collection<WrapUpFact> facts) {
        Map<String, Long> known =
                sequences(facts.stream().map(WrapUpFact::wrapUpId).toList());
        List<WrapUpFact> newer = facts.stream()
                .filter(fact -> fact.sequence() >= known.getOrDefault(fact.wrapUpId(), Long.MIN_VALUE))
                .toList();
        if (newer.isEmpty()) {
            return;
        }
        jdbc.sql(REMOVE)
                .param("ids", newer.stream().map(WrapUpFact::wrapUpId).toArray(String[]::new))
                .update();
        jdbc.sql(ADD)
                .param(
                        "facts",
                        Json.write(
                                newer.stream().filter(WrapUpFact::isOfEndedLeg).toList()))
                .update();
    }

    private Map<String, Long> sequences(List<String> ids) {
        var sequences = new HashMap<String, Long>();
        jdbc.sql(SEQUENCES).param("ids", ids.toArray(String[]::new)).query(rs -> {
            sequences.put(rs.getString("wrap_up_id"), rs.getLong("sequence"));
        });
        return sequences;
    }
}
