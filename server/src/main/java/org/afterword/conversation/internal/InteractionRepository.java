package org.afterword.conversation.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.ContactEvent.OfInteraction;
import org.afterword.conversation.ContactEvent.Opened;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.identity.AgentId;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.jspecify.annotations.Nullable;

/** The interactions of the running tenant's transaction. */
public final class InteractionRepository {
    private static final String LOAD = """
            SELECT interaction_id, opened_at, started_at, ended_at, known
              FROM interaction
             WHERE tenant_id = ? AND interaction_id = ANY (?)
            """;

    /** With what was said by hand of those that joined it. */
    private static final String DETAILS = """
            SELECT i.interaction_id, i.details, told.details AS by_hand
              FROM interaction AS i
              LEFT JOIN contact_by_hand AS h ON h.tenant_id = i.tenant_id AND h.joined_to = i.interaction_id
              LEFT JOIN interaction AS told ON told.tenant_id = h.tenant_id AND told.interaction_id = h.interaction_id
             WHERE i.tenant_id = ? AND i.interaction_id = ANY (?)
             ORDER BY h.interaction_id
            """;

    private static final String INSERT = """
            INSERT INTO interaction (tenant_id, interaction_id, opened_at, started_at, ended_at, details, known)
            SELECT ?, interaction_id, opened_at::timestamptz, started_at::timestamptz, ended_at::timestamptz,
                   details::jsonb, known::jsonb
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS i (interaction_id, opened_at, started_at, ended_at, details, known)
             ORDER BY interaction_id
                ON CONFLICT DO NOTHING
         RETURNING interaction_id
            """;
    private static final String UPDATE = """
            UPDATE interaction AS i
               SET started_at = least(i.started_at, n.started_at::timestamptz),
                   ended_at = greatest(i.ended_at, n.ended_at::timestamptz),
                   details = n.details::jsonb,
                   known = n.known::jsonb
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS n (interaction_id, started_at, ended_at, details, known)
             WHERE i.tenant_id = ? AND i.interaction_id = n.interaction_id
            """;

    private static final String OPEN_BY_HAND = """
            INSERT INTO contact_by_hand (tenant_id, interaction_id, agent_id, opened_at, carried)
            SELECT ?, interaction_id, agent_id, opened_at::timestamptz, false
              FROM unnest(?::text[], ?::text[], ?::text[]) AS h (interaction_id, agent_id, opened_at)
                ON CONFLICT DO NOTHING
            """;
    private static final String BY_HAND = """
            SELECT interaction_id, agent_id, opened_at, joined_to, joined_leg, carried
              FROM contact_by_hand
             WHERE tenant_id = ?
               AND (interaction_id = ANY (?) OR joined_to = ANY (?) OR (agent_id = ANY (?) AND opened_at >= ?))
            """;
    private static final String JOIN = """
            UPDATE contact_by_hand AS h
               SET joined_to = n.joined_to, joined_leg = n.joined_leg, carried = n.carried::boolean
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS n (interaction_id, joined_to, joined_leg, carried)
             WHERE h.tenant_id = ? AND h.interaction_id = n.interaction_id
            """;

    private final Tenancy tenancy;
    private final PipelinedJdbc jdbc;

    public InteractionRepository(Tenancy tenancy, PipelinedJdbc jdbc) {
        this.tenancy = tenancy;
        this.jdbc = jdbc;
    }

    /** What is known of the interactions; those without a row are left out. */
    public Supplier<Map<InteractionId, InteractionDetails>> details(Collection<InteractionId> ids) {
        return jdbc.ask(
                DETAILS,
                rs -> {
                    Map<InteractionId, InteractionDetails> details = new HashMap<>();
                    while (rs.next()) {
                        InteractionDetails known = Json.read(rs.getString("details"), InteractionDetails.class);
                        String byHand = rs.getString("by_hand");
                        details.merge(
                                new InteractionId(rs.getString("interaction_id")),
                                byHand == null ? known : known.over(Json.read(byHand, InteractionDetails.class)),
                                InteractionDetails::over);
                    }
                    return details;
                },
                tenancy.current().value(),
                values(ids));
    }

    public Map<InteractionId, InteractionRow> load(Collection<InteractionId> ids) {
        return ask(ids).get();
    }

    private Supplier<Map<InteractionId, InteractionRow>> ask(Collection<InteractionId> ids) {
        return jdbc.ask(
                LOAD,
                rs -> {
                    Map<InteractionId, InteractionRow> rows = new HashMap<>();
                    while (rs.next()) {
                        InteractionRow row = row(rs);
                        rows.put(row.id(), row);
                    }
                    return rows;
                },
                tenancy.current().value(),
                values(ids));
    }

    /** What is known of the interactions that {@code events} tell of, before it is known which of them are new. */
    Supplier<Map<InteractionId, InteractionRow>> before(List<Readable> events) {
        Set<InteractionId> told = new TreeSet<>();
        for (Readable reading : events) {
            if (reading.event() instanceof OfInteraction event) {
                told.add(event.interaction());
            }
        }
        return told.isEmpty() ? Map::of : ask(told);
    }

    /**
     * Stores what {@code events} tell of their interactions, and answers those as they are now. Details and times are
     * told by events of legs only, whose interactions are locked; the others at most open a row.
     *
     * @param before as {@link #before} answers it
     */
    Map<InteractionId, InteractionRow> store(
            List<Readable> events, Map<InteractionId, InteractionRow> before, Instant receivedAt) {
        Map<InteractionId, List<Readable>> told = new TreeMap<>();
        for (Readable reading : events) {
            if (reading.event() instanceof OfInteraction event) {
                told.computeIfAbsent(event.interaction(), id -> new ArrayList<>())
                        .add(reading);
            }
        }
        if (told.isEmpty()) {
            return Map.of();
        }
        Map<InteractionId, InteractionRow> known = new HashMap<>(before);
        known.keySet().retainAll(told.keySet());
        List<InteractionRow> opened = told.entrySet().stream()
                .filter(entry -> !known.containsKey(entry.getKey()))
                .map(entry -> merged(InteractionRow.opened(entry.getKey(), receivedAt), entry.getValue()))
                .toList();
        Set<InteractionId> inserted = insert(opened);
        List<InteractionId> openedByOthers = opened.stream()
                .map(InteractionRow::id)
                .filter(id -> !inserted.contains(id))
                .toList();
        if (!openedByOthers.isEmpty()) {
            known.putAll(load(openedByOthers));
        }
        Map<InteractionId, InteractionRow> now = new HashMap<>();
        opened.forEach(row -> now.put(row.id(), row));
        known.values().forEach(row -> now.put(row.id(), merged(row, told.getOrDefault(row.id(), List.of()))));
        update(now.values().stream()
                .filter(row -> known.containsKey(row.id()) && !row.equals(known.get(row.id())))
                .toList());
        return now;
    }

    private static InteractionRow merged(InteractionRow row, List<Readable> events) {
        InteractionRow merged = row;
        for (Readable event : events) {
            merged = merged.with(event);
        }
        return merged;
    }

    private Set<InteractionId> insert(List<InteractionRow> rows) {
        if (rows.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(jdbc.query(
                INSERT,
                (rs, n) -> new InteractionId(rs.getString("interaction_id")),
                tenancy.current().value(),
                Columns.of(rows, InteractionRow::id),
                Columns.of(rows, InteractionRow::openedAt),
                Columns.of(rows, InteractionRow::startedAt),
                Columns.of(rows, InteractionRow::endedAt),
                Columns.of(rows, row -> Json.write(row.known().details())),
                Columns.of(rows, row -> Json.write(row.known()))));
    }

    private void update(List<InteractionRow> rows) {
        if (!rows.isEmpty()) {
            jdbc.later(
                    UPDATE,
                    Columns.of(rows, InteractionRow::id),
                    Columns.of(rows, InteractionRow::startedAt),
                    Columns.of(rows, InteractionRow::endedAt),
                    Columns.of(rows, row -> Json.write(row.known().details())),
                    Columns.of(rows, row -> Json.write(row.known())),
                    tenancy.current().value());
        }
    }

    /** Keeps those of {@code events} that open a contact by hand. */
    void storeByHand(List<Readable> events) {
        List<Opened> opened = events.stream()
                .map(Readable::event)
                .filter(Opened.class::isInstance)
                .map(Opened.class::cast)
                .toList();
        if (!opened.isEmpty()) {
            jdbc.later(
                    OPEN_BY_HAND,
                    tenancy.current().value(),
                    Columns.of(opened, Opened::interaction),
                    Columns.of(opened, Opened::agent),
                    Columns.of(opened, Opened::at));
        }
    }

    /** The contacts by hand among {@code ids} or that joined one of them, and those that {@code agents} opened since then. */
    public Supplier<List<ByHand>> byHand(Collection<InteractionId> ids, Collection<AgentId> agents, Instant since) {
        return jdbc.ask(
                BY_HAND,
                rs -> {
                    List<ByHand> found = new ArrayList<>();
                    while (rs.next()) {
                        String joined = rs.getString("joined_to");
                        found.add(new ByHand(
                                new InteractionId(rs.getString("interaction_id")),
                                new AgentId(rs.getString("agent_id")),
                                rs.getTimestamp("opened_at").toInstant(),
                                joined == null ? null : new InteractionId(joined),
                                rs.getString("joined_leg"),
                                rs.getBoolean("carried")));
                    }
                    return found;
                },
                tenancy.current().value(),
                values(ids),
                values(ids),
                agents.stream().map(AgentId::value).toArray(String[]::new),
                Timestamp.from(since));
    }

    /** Stores what these have joined. */
    public void join(Collection<ByHand> contacts) {
        // one that leaves a leg makes room for another one
        for (boolean joined : new boolean[] {false, true}) {
            List<ByHand> rows = contacts.stream()
                    .filter(contact -> (contact.joined() != null) == joined)
                    .toList();
            if (!rows.isEmpty()) {
                jdbc.later(
                        JOIN,
                        Columns.of(rows, ByHand::interaction),
                        Columns.of(rows, ByHand::joined),
                        Columns.of(rows, ByHand::leg),
                        Columns.of(rows, ByHand::carried),
                        tenancy.current().value());
            }
        }
    }

    private static String[] values(Collection<InteractionId> ids) {
        return ids.stream().map(InteractionId::value).toArray(String[]::new);
    }

    private static InteractionRow row(ResultSet rs) throws SQLException {
        return new InteractionRow(
                new InteractionId(rs.getString("interaction_id")),
                rs.getTimestamp("opened_at").toInstant(),
                instant(rs.getTimestamp("started_at")),
                instant(rs.getTimestamp("ended_at")),
                Json.read(rs.getString("known"), KnownDetails.class));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
