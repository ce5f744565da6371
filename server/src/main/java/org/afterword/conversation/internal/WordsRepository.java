package org.afterword.conversation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.ContactEvent.ActionDone;
import org.afterword.conversation.ContactEvent.Recorded;
import org.afterword.conversation.ContactEvent.Said;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.conversation.Transcript.DesktopAction;
import org.afterword.conversation.Transcript.Recording;
import org.afterword.conversation.Transcript.Turn;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.TurnRedaction.Version;
import org.afterword.conversation.internal.TurnRedaction.Words;
import org.afterword.identity.AgentId;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** What was said, done and recorded in the interactions of the running tenant's transaction. */
public final class WordsRepository implements TurnRedaction.EarlierTurns {
    private static final String STORE_TURNS = """
            INSERT INTO turn (tenant_id, opened_at, interaction_id, turn_number, speaker, text, agent_id, said_at,
                              start_seconds, end_seconds, is_final, language, event_key)
            SELECT ?, opened_at::timestamptz, interaction_id, turn_number::int, speaker, text, agent_id, said_at::timestamptz,
                   start_seconds::float8, end_seconds::float8, is_final::boolean, language, event_key::uuid
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[])
                   AS t (opened_at, interaction_id, turn_number, speaker, text, agent_id, said_at, start_seconds, end_seconds,
                         is_final, language, event_key)
             ORDER BY interaction_id, turn_number::int
                ON CONFLICT (tenant_id, opened_at, interaction_id, turn_number) DO UPDATE
               SET speaker = excluded.speaker, text = excluded.text, agent_id = excluded.agent_id, said_at = excluded.said_at,
                   start_seconds = excluded.start_seconds, end_seconds = excluded.end_seconds,
                   is_final = excluded.is_final, language = excluded.language, event_key = excluded.event_key
             WHERE (turn.said_at, turn.event_key) < (excluded.said_at, excluded.event_key)
            """;

    /** Changes the text of the version that was decided anew; a version that replaced it meanwhile stays. */
    private static final String CORRECT = """
            UPDATE turn AS t
               SET text = c.text
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS c (interaction_id, turn_number, event_key, text)
              JOIN interaction AS i ON i.tenant_id = ? AND i.interaction_id = c.interaction_id
             WHERE t.tenant_id = ? AND t.opened_at = i.opened_at AND t.interaction_id = c.interaction_id
               AND t.turn_number = c.turn_number::int AND t.event_key = c.event_key::uuid
            """;

    private static final String STORE_ACTIONS = """
            INSERT INTO desktop_action (tenant_id, opened_at, interaction_id, event_key, action_id, name, parameters, result,
                                        agent_id, done_at)
            SELECT ?, opened_at::timestamptz, interaction_id, event_key::uuid, action_id, name, parameters::jsonb, result::jsonb,
                   agent_id, done_at::timestamptz
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS a (opened_at, interaction_id, event_key, action_id, name, parameters, result, agent_id, done_at)
                ON CONFLICT DO NOTHING
            """;
    private static final String STORE_RECORDINGS = """
            INSERT INTO recording (tenant_id, opened_at, interaction_id, event_key, file, url, channels, recorded_at)
            SELECT ?, opened_at::timestamptz, interaction_id, event_key::uuid, file, url, channels::jsonb,
                   recorded_at::timestamptz
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS r (opened_at, interaction_id, event_key, file, url, channels, recorded_at)
                ON CONFLICT DO NOTHING
            """;
    private static final String EARLIER_TURNS = """
            SELECT i.interaction_id, t.turn_number, t.said_at, t.event_key, t.speaker, t.text
              FROM unnest(?::text[], ?::text[]) AS w (interaction_id, turn_number)
              JOIN interaction AS i ON i.tenant_id = ? AND i.interaction_id = w.interaction_id
             CROSS JOIN LATERAL (SELECT turn_number, said_at, event_key, speaker, text
                                   FROM turn
                                  WHERE tenant_id = ? AND opened_at = i.opened_at AND interaction_id = i.interaction_id
                                    AND turn_number < w.turn_number::int
                                  ORDER BY turn_number DESC
                                  LIMIT ?) AS t
            """;
    /** The table, at the interactions asked for: their partitions are found by when they were opened. */
    private static final String OF_INTERACTIONS = """
              FROM unnest(?::text[], ?::timestamptz[]) AS i (interaction_id, opened_at)
              JOIN %s AS w ON w.tenant_id = ? AND w.opened_at = i.opened_at AND w.interaction_id = i.interaction_id
            """;

    private static final String TURNS =
            """
            SELECT w.interaction_id, turn_number, speaker, text, agent_id, said_at, start_seconds, end_seconds, is_final, language
            """ + OF_INTERACTIONS.formatted("turn") + " ORDER BY w.interaction_id, turn_number";
    private static final String HAS_TURNS =
            "SELECT EXISTS (SELECT FROM turn WHERE tenant_id = ? AND opened_at = ?::timestamptz AND interaction_id = ?)";
    private static final String ACTIONS =
            """
            SELECT w.interaction_id, action_id, name, parameters, result, agent_id, done_at
            """ + OF_INTERACTIONS.formatted("desktop_action") + " ORDER BY w.interaction_id, done_at, event_key";
    private static final String RECORDINGS =
            """
            SELECT w.interaction_id, file, url, channels, recorded_at
            """ + OF_INTERACTIONS.formatted("recording") + " ORDER BY w.interaction_id, recorded_at, event_key";

    private record Stored<E extends ContactEvent.OfInteraction>(E event, EventKey key, Instant openedAt) {}

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;

    public WordsRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** Stores the turns, actions and recordings among {@code events}. Of several texts of one turn the latest stays. */
    void store(List<Readable> events, Map<InteractionId, InteractionRow> interactions) {
        storeTurns(latest(of(Said.class, events, interactions)));
        storeActions(of(ActionDone.class, events, interactions));
        storeRecordings(of(Recorded.class, events, interactions));
    }

    void correct(List<Words> corrections) {
        if (!corrections.isEmpty()) {
            String tenant = tenancy.current().value();
            jdbc.later(
                    CORRECT,
                    Columns.of(corrections, Words::interaction),
                    Columns.of(corrections, Words::turn),
                    Columns.of(corrections, w -> w.version().key()),
                    Columns.of(corrections, Words::text),
                    tenant,
                    tenant);
        }
    }

    @Override
    public List<Words> before(TenantId tenant, Map<InteractionId, Integer> firstTurns, int most) {
        List<Map.Entry<InteractionId, Integer>> wanted = List.copyOf(firstTurns.entrySet());
        return tenancy.in(
                tenant,
                () -> jdbc.query(
                        EARLIER_TURNS,
                        (rs, n) -> words(rs),
                        Columns.of(wanted, Map.Entry::getKey),
                        Columns.of(wanted, Map.Entry::getValue),
                        tenant.value(),
                        tenant.value(),
                        most));
    }

    public boolean hasTurns(InteractionRow of) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                HAS_TURNS,
                Boolean.class,
                tenancy.current().value(),
                of.openedAt().toString(),
                of.id().value()));
    }

    public Supplier<Map<InteractionId, List<Turn>>> turns(Collection<InteractionRow> of) {
        return ask(TURNS, WordsRepository::turn, of);
    }

    public Supplier<Map<InteractionId, List<DesktopAction>>> actions(Collection<InteractionRow> of) {
        return ask(ACTIONS, WordsRepository::action, of);
    }

    public Supplier<Map<InteractionId, List<Recording>>> recordings(Collection<InteractionRow> of) {
        return ask(RECORDINGS, WordsRepository::recording, of);
    }

    private interface Reader<T> {
        T read(ResultSet rs) throws SQLException;
    }

    private <T> Supplier<Map<InteractionId, List<T>>> ask(String sql, Reader<T> reader, Collection<InteractionRow> of) {
        List<InteractionRow> rows = List.copyOf(of);
        return jdbc.ask(
                sql,
                rs -> {
                    Map<InteractionId, List<T>> found = new HashMap<>();
                    while (rs.next()) {
                        found.computeIfAbsent(
                                        new InteractionId(rs.getString("interaction_id")), id -> new ArrayList<>())
                                .add(reader.read(rs));
                    }
                    return found;
                },
                Columns.of(rows, InteractionRow::id),
                Columns.of(rows, InteractionRow::openedAt),
                tenancy.current().value());
    }

    private void storeTurns(List<Stored<Said>> turns) {
        if (!turns.isEmpty()) {
            jdbc.later(
                    STORE_TURNS,
                    tenancy.current().value(),
                    Columns.of(turns, Stored::openedAt),
                    Columns.of(turns, t -> t.event().interaction()),
                    Columns.of(turns, t -> t.event().turn()),
                    Columns.of(turns, t -> t.event().speaker()),
                    Columns.of(turns, t -> t.event().text()),
                    Columns.of(turns, t -> t.event().agent()),
                    Columns.of(turns, t -> t.event().envelope().time()),
                    Columns.of(turns, t -> t.event().startSeconds()),
                    Columns.of(turns, t -> t.event().endSeconds()),
                    Columns.of(turns, t -> t.event().isFinal()),
                    Columns.of(turns, t -> t.event().language()),
                    Columns.of(turns, Stored::key));
        }
    }

    private void storeActions(List<Stored<ActionDone>> actions) {
        if (!actions.isEmpty()) {
            jdbc.later(
                    STORE_ACTIONS,
                    tenancy.current().value(),
                    Columns.of(actions, Stored::openedAt),
                    Columns.of(actions, a -> a.event().interaction()),
                    Columns.of(actions, Stored::key),
                    Columns.of(actions, a -> a.event().envelope().id()),
                    Columns.of(actions, a -> a.event().name()),
                    Columns.of(actions, a -> Json.write(a.event().parameters())),
                    Columns.of(
                            actions,
                            a -> a.event().result() == null
                                    ? null
                                    : Json.write(a.event().result())),
                    Columns.of(actions, a -> a.event().agent()),
                    Columns.of(actions, a -> a.event().at()));
        }
    }

    private void storeRecordings(List<Stored<Recorded>> recordings) {
        if (!recordings.isEmpty()) {
            jdbc.later(
                    STORE_RECORDINGS,
                    tenancy.current().value(),
                    Columns.of(recordings, Stored::openedAt),
                    Columns.of(recordings, r -> r.event().interaction()),
                    Columns.of(recordings, Stored::key),
                    Columns.of(recordings, r -> r.event().file()),
                    Columns.of(recordings, r -> r.event().url()),
                    Columns.of(recordings, r -> Json.write(r.event().channels())),
                    Columns.of(recordings, r -> r.event().at()));
        }
    }

    private static <E extends ContactEvent.OfInteraction> List<Stored<E>> of(
            Class<E> type, List<Readable> events, Map<InteractionId, InteractionRow> interactions) {
        return events.stream()
                .filter(reading -> type.isInstance(reading.event()))
                .map(reading -> {
                    E event = type.cast(reading.event());
                    InteractionRow row = Objects.requireNonNull(interactions.get(event.interaction()));
                    return new Stored<>(event, reading.key(), row.openedAt());
                })
                .toList();
    }

    private static List<Stored<Said>> latest(List<Stored<Said>> turns) {
        record Place(InteractionId interaction, int turn) {}
        Map<Place, Stored<Said>> latest = new HashMap<>();
        Comparator<Stored<Said>> order =
                Comparator.comparing(t -> new Version(t.event().envelope().time(), t.key()));
        for (Stored<Said> turn : turns) {
            latest.merge(
                    new Place(turn.event().interaction(), turn.event().turn()),
                    turn,
                    (one, other) -> order.compare(one, other) >= 0 ? one : other);
        }
        return List.copyOf(latest.values());
    }

    private static Words words(ResultSet rs) throws SQLException {
        return new Words(
                new InteractionId(rs.getString("interaction_id")),
                rs.getInt("turn_number"),
                new Version(rs.getTimestamp("said_at").toInstant(), new EventKey(rs.getString("event_key"))),
                rs.getString("speaker"),
                rs.getString("text"));
    }

    private static Turn turn(ResultSet rs) throws SQLException {
        return new Turn(
                rs.getInt("turn_number"),
                Speaker.valueOf(rs.getString("speaker")),
                rs.getString("text"),
                agent(rs),
                rs.getTimestamp("said_at").toInstant(),
                rs.getObject("start_seconds", Double.class),
                rs.getObject("end_seconds", Double.class),
                rs.getBoolean("is_final"),
                rs.getString("language"));
    }

    private static DesktopAction action(ResultSet rs) throws SQLException {
        String result = rs.getString("result");
        return new DesktopAction(
                rs.getString("action_id"),
                rs.getString("name"),
                values(rs.getString("parameters")),
                result == null ? null : values(result),
                agent(rs),
                rs.getTimestamp("done_at").toInstant());
    }

    private static Recording recording(ResultSet rs) throws SQLException {
        return new Recording(
                rs.getString("file"),
                rs.getString("url"),
                Json.mapper().readValue(rs.getString("channels"), new TypeReference<Map<Integer, Speaker>>() {}),
                rs.getTimestamp("recorded_at").toInstant());
    }

    private static Map<String, Object> values(String json) {
        return Json.mapper().readValue(json, new TypeReference<Map<String, Object>>() {});
    }

    private static @Nullable AgentId agent(ResultSet rs) throws SQLException {
        String agent = rs.getString("agent_id");
        return agent == null ? null : new AgentId(agent);
    }
}
