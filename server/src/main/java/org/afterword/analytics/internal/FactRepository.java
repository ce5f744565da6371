package org.afterword.analytics.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.afterword.platform.Json;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code wrap_up_fact}, and how many legs it tells of in {@code contact_count}, for the tenant of the running
 * transaction; one transaction at a time writes them.
 */
final class FactRepository {
    private static final String SEQUENCES = """
            SELECT wrap_up_id, sequence FROM wrap_up_fact WHERE tenant_id = afterword_tenant() AND wrap_up_id = ANY (:ids)
            """;

    /** Not an update: a corrected end may move a fact into another partition. */
    private static final String REMOVE = """
            DELETE FROM wrap_up_fact WHERE tenant_id = afterword_tenant() AND wrap_up_id = ANY (:ids)
            RETURNING leg_ended_at, first_part
            """;

    private static final String COUNT = """
            INSERT INTO contact_count AS known (tenant_id, quarter, contacts)
            SELECT afterword_tenant(), quarter, more
              FROM jsonb_to_recordset(:changes::jsonb) AS change (quarter timestamptz, more bigint)
                ON CONFLICT (tenant_id, quarter) DO UPDATE SET contacts = known.contacts + excluded.contacts
            """;

    /** What {@code contact_count} counts by. */
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private static final String ADD = """
            INSERT INTO wrap_up_fact (
                   tenant_id, leg_ended_at, wrap_up_id, sequence, interaction_id, leg_id, agent_id, team, queue, campaign,
                   channel, direction, call_type, complexity, disposition, status, mode, leg_started_at, talk_seconds,
                   hold_seconds, opened_at, released_at, closed_at, deadline, acw_seconds, overrun_seconds, extension_count,
                   deferred, cut, documentation_seconds, checking_seconds, kept_parts, edited_parts, draft_source, compliance,
                   no_contact, not_started, system_wait_seconds, first_part, contact_id, customer_key, revision)
            SELECT afterword_tenant(), "legEndedAt", "wrapUpId", sequence, "interactionId", "legId", "agentId", team, queue, campaign,
                   channel, direction, "callType", complexity, disposition, status, mode, "legStartedAt", "talkSeconds",
                   "holdSeconds", "openedAt", "releasedAt", "closedAt", deadline, "acwSeconds", "overrunSeconds", "extensionCount",
                   deferred, cut, "documentationSeconds", "checkingSeconds", "keptParts", "editedParts", "draftSource", compliance,
                   "noContact", coalesce("notStarted", false), "systemWaitSeconds", coalesce("firstPart", true), "contactId", "customerKey",
                   coalesce(revision, 0)
              FROM jsonb_to_recordset(:facts::jsonb) AS fact (
                   "wrapUpId" text, "interactionId" text, "legId" text, "agentId" text, status text, sequence bigint,
                   revision int, figures jsonb)
             CROSS JOIN LATERAL jsonb_to_record(figures) AS figure (
                   team text, queue text, campaign text, channel text, direction text, "callType" text, complexity text,
                   disposition text, mode text, "legStartedAt" timestamptz, "legEndedAt" timestamptz,
                   "talkSeconds" double precision, "holdSeconds" double precision, "openedAt" timestamptz,
                   "releasedAt" timestamptz, "closedAt" timestamptz, deadline timestamptz, "acwSeconds" double precision,
                   "overrunSeconds" double precision, "extensionCount" int, deferred boolean, cut boolean,
                   "documentationSeconds" double precision, "checkingSeconds" double precision, "keptParts" int,
                   "editedParts" int, "draftSource" text, compliance double precision, "noContact" text,
                   "notStarted" boolean, "systemWaitSeconds" double precision, "firstPart" boolean, "contactId" text,
                   "customerKey" text)
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
        var counted = new TreeMap<Instant, Long>();
        jdbc.sql(REMOVE)
                .param("ids", newer.stream().map(WrapUpFact::wrapUpId).toArray(String[]::new))
                .query(rs -> {
                    if (rs.getBoolean("first_part")) {
                        count(counted, rs.getTimestamp("leg_ended_at").toInstant(), -1);
                    }
                });
        newer.stream()
                .flatMap(fact -> Stream.ofNullable(fact.countedAt()))
                .forEach(endedAt -> count(counted, endedAt, 1));
        jdbc.sql(ADD)
                .param(
                        "facts",
                        Json.write(
                                newer.stream().filter(WrapUpFact::isOfEndedLeg).toList()))
                .update();
        putCounts(counted);
    }

    private static void count(Map<Instant, Long> counted, Instant endedAt, long more) {
        long second = endedAt.getEpochSecond();
        counted.merge(Instant.ofEpochSecond(second - Math.floorMod(second, QUARTER.toSeconds())), more, Long::sum);
    }

    /** So much more than before; most facts replace one of the same quarter, and change nothing. */
    private void putCounts(Map<Instant, Long> more) {
        record Change(Instant quarter, long more) {}
        List<Change> changes = more.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> new Change(entry.getKey(), entry.getValue()))
                .toList();
        if (!changes.isEmpty()) {
            jdbc.sql(COUNT).param("changes", Json.write(changes)).update();
        }
    }

    private Map<String, Long> sequences(List<String> ids) {
        var sequences = new HashMap<String, Long>();
        jdbc.sql(SEQUENCES).param("ids", ids.toArray(String[]::new)).query(rs -> {
            sequences.put(rs.getString("wrap_up_id"), rs.getLong("sequence"));
        });
        return sequences;
    }
}
