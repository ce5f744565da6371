package org.afterword.conversation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.conversation.RejectedEvent;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as they came: their keys, their log, and those that were set aside. Works in the running tenant's transaction. */
public final class EventRepository {
    /** Keys in order, so that batches which overlap wait for each other instead of locking each other out. */
    private static final String STORE = """
            WITH came AS MATERIALIZED (
                     SELECT event_key::uuid, content_hash::bigint, source, event_id, type, subject, occurred_at::timestamptz,
                            data::jsonb, extensions::jsonb
                       FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                            AS e (event_key, content_hash, source, event_id, type, subject, occurred_at, data, extensions)),
                 fresh AS (
                     INSERT INTO event_key (tenant_id, event_key, content_hash, received_at)
                     SELECT ?, event_key, content_hash, ?::timestamptz FROM came ORDER BY event_key
                         ON CONFLICT DO NOTHING
                  RETURNING event_key)
            INSERT INTO inbound_event
                   (tenant_id, received_at, event_key, source, event_id, type, subject, occurred_at, data, extensions)
            SELECT ?, ?::timestamptz, event_key, source, event_id, type, subject, occurred_at, data, extensions
              FROM came JOIN fresh USING (event_key)
         RETURNING event_key
            """;

    private static final String FLAG_ALTERED = """
            UPDATE event_key AS k
               SET altered = k.altered + 1
              FROM unnest(?::text[], ?::text[]) AS e (event_key, content_hash)
             WHERE k.tenant_id = ? AND k.event_key = e.event_key::uuid AND k.content_hash <> e.content_hash::bigint
            """;
    private static final String FORGET = """
            DELETE FROM event_key
             WHERE tenant_id = ? AND event_key IN (SELECT event_key FROM event_key
                                                    WHERE tenant_id = ? AND received_at < ?::timestamptz
                                                    ORDER BY received_at
                                                    LIMIT ?)
            """;
    private static final String SET_ASIDE = """
            INSERT INTO rejected_event
                   (tenant_id, event_key, received_at, source, event_id, type, subject, reason, event)
            SELECT ?, event_key::uuid, ?::timestamptz, source, event_id, type, subject, reason, event::jsonb
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS e (event_key, source, event_id, type, subject, reason, event)
             ORDER BY event_key
                ON CONFLICT (tenant_id, event_key) DO UPDATE
               SET reason = excluded.reason, event = excluded.event, attempts = rejected_event.attempts + 1
            """;
    private static final String LIST_REJECTED = """
            SELECT event_key, received_at, source, event_id, type, subject, reason, attempts, event
              FROM rejected_event
             WHERE tenant_id = ? AND (received_at, event_key) < (?::timestamptz, ?::uuid)
             ORDER BY received_at DESC, event_key DESC
             LIMIT ?
            """;
    private static final String FIND_REJECTED = """
            SELECT event_key, received_at, source, event_id, type, subject, reason, attempts, event
              FROM rejected_event
             WHERE tenant_id = ? AND event_key = ?::uuid
            """;
    private static final String REMOVE_REJECTED =
            "DELETE FROM rejected_event WHERE tenant_id = ? AND event_key = ?::uuid";

    private static final Set<String> ATTRIBUTES =
            Set.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data");

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;

    public EventRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Stores those of {@code events}, whose keys differ, that were not there, and answers their keys. */
    Set<EventKey> store(List<Readable> events, Instant receivedAt) {
        String tenant = tenancy.current().value();
        return Set.copyOf(jdbc.query(
                STORE,
                (rs, n) -> new EventKey(rs.getString("event_key")),
                Columns.of(events, Readable::key),
                Columns.of(events, Readable::contentHash),
                Columns.of(events, e -> e.event().envelope().source()),
                Columns.of(events, e -> e.event().envelope().id()),
                Columns.of(events, e -> e.stored().path("type").asString()),
                Columns.of(events, e -> e.stored().path("subject").asString()),
                Columns.of(events, e -> e.event().envelope().time()),
                Columns.of(events, e -> e.stored().path("data")),
                Columns.of(events, e -> extensions(e.stored())),
                tenant,
                receivedAt.toString(),
                tenant,
                receivedAt.toString()));
    }

    /** Flags those of {@code duplicates} that came with other content than the first time; answers how many. */
    int flagAltered(List<Readable> duplicates) {
        List<Readable> inOrder =
                duplicates.stream().sorted(Comparator.comparing(Readable::key)).toList();
        return jdbc.update(
                FLAG_ALTERED,
                Columns.of(inOrder, Readable::key),
                Columns.of(inOrder, Readable::contentHash),
                tenancy.current().value());
    }

    /** Forgets keys of events that came before {@code before}; answers how many, at most {@code most}. */
    public int forgetKeys(Instant before, int most) {
        String tenant = tenancy.current().value();
        return jdbc.update(FORGET, tenant, tenant, before.toString(), most);
    }

    /** Keeps events that could not be taken; one that is kept already gets the new reason. */
    void setAside(List<Unreadable> events, Instant receivedAt) {
        if (!events.isEmpty()) {
            List<Unreadable> differing = List.copyOf(events.stream()
                    .collect(Collectors.toMap(Unreadable::key, e -> e, (first, again) -> again))
                    .values());
            jdbc.later(
                    SET_ASIDE,
                    tenancy.current().value(),
                    receivedAt.toString(),
                    Columns.of(differing, Unreadable::key),
                    Columns.of(differing, e -> e.attribute("source")),
                    Columns.of(differing, e -> e.attribute("id")),
                    Columns.of(differing, e -> e.attribute("type")),
                    Columns.of(differing, e -> e.attribute("subject")),
                    Columns.of(differing, Unreadable::reason),
                    Columns.of(differing, Unreadable::event));
        }
    }

    public List<RejectedEvent> listRejected(Instant before, String beforeKey, int most) {
        return jdbc.query(
                LIST_REJECTED, (rs, n) -> rejected(rs), tenancy.current().value(), before.toString(), beforeKey, most);
    }

    public Optional<RejectedEvent> findRejected(String key) {
        return jdbc
                .query(FIND_REJECTED, (rs, n) -> rejected(rs), tenancy.current().value(), key)
                .stream()
                .findFirst();
    }

    public boolean removeRejected(String key) {
        return jdbc.update(REMOVE_REJECTED, tenancy.current().value(), key) == 1;
    }

    private static ObjectNode extensions(ObjectNode event) {
        ObjectNode extensions = Json.object();
        for (Map.Entry<String, JsonNode> member : event.properties()) {
            if (!ATTRIBUTES.contains(member.getKey())) {
                extensions.set(member.getKey(), member.getValue());
            }
        }
        return extensions;
    }

    private static RejectedEvent rejected(ResultSet rs) throws SQLException {
        return new RejectedEvent(
                rs.getString("event_key"),
                rs.getTimestamp("received_at").toInstant(),
                rs.getString("source"),
                rs.getString("event_id"),
                rs.getString("type"),
                rs.getString("subject"),
                rs.getString("reason"),
                rs.getInt("attempts"),
                Json.read(rs.getString("event")));
    }
}
