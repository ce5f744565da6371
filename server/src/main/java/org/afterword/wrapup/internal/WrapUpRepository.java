package org.afterword.wrapup.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.stereotype.Repository;

/** Wrap-ups in the database; every call is part of a tenant's running transaction. */
@Repository
class WrapUpRepository {
    /** Those that hold or will hold their agents, or that can be reopened. */
    private static final String ON_HAND = """
            SELECT * FROM wrap_up
             WHERE tenant_id = ? AND agent_id = ANY (?)
               AND (released_at IS NULL OR (status = 'COMPLETED' AND NOT is_final))
            """;

    /** And those that an older sign-out or sign-in that comes in now could still correct, or that could still become a window. */
    private static final String LIVE = """
            SELECT * FROM wrap_up
             WHERE tenant_id = ? AND agent_id = ANY (?)
               AND (released_at IS NULL OR (status = 'COMPLETED' AND NOT is_final)
                    OR (status = 'DEFERRED' AND cause = 'UNASKED')
                    OR (status = 'DEFERRED' AND cause IN ('SIGNED_OUT', 'BEGUN') AND released_at >= ?))
            """;

    private static final String OWED = """
            SELECT * FROM wrap_up
             WHERE tenant_id = ? AND status = 'DEFERRED' AND cause <> 'UNASKED'
               AND (agent_id = ? AND owner = 'AGENT' OR circumstances->>'assignee' = ?)
             ORDER BY due_at, wrap_up_id
             LIMIT ?
            """;

    private static final String IS_ASSIGNED = """
            SELECT EXISTS (SELECT FROM wrap_up
                            WHERE tenant_id = ? AND interaction_id = ? AND circumstances->>'assignee' = ?)
            """;

    private static final String OWING = """
            SELECT agent_id FROM wrap_up
             WHERE tenant_id = ? AND agent_id = ANY (?) AND status = 'DEFERRED' AND owner = 'AGENT' AND cause <> 'UNASKED'
             GROUP BY agent_id
             ORDER BY min(due_at), agent_id
            """;

    private static final String OF_INTERACTIONS =
            "SELECT * FROM wrap_up WHERE tenant_id = ? AND interaction_id = ANY (?)";
    private static final String BY_IDS = "SELECT * FROM wrap_up WHERE tenant_id = ? AND wrap_up_id = ANY (?)";
    private static final String MOVE = """
            DELETE FROM wrap_up AS w
             USING unnest(?::text[], ?::timestamptz[]) AS n (wrap_up_id, started_at)
             WHERE w.tenant_id = ? AND w.wrap_up_id = n.wrap_up_id AND w.started_at <> n.started_at
            """;
    private static final String PUT = """
            INSERT INTO wrap_up (tenant_id, started_at, wrap_up_id, interaction_id, leg_id, agent_id, role, channel, ended_at,
                                 held_millis, late_start, late_end, leg_units, held_units, policy, status, deadline,
                                 released_at, due_at, owner, cause, reason, cut, confirmed_at, confirmed_by, final_at,
                                 is_final, was_deferred, started, extensions, credits, result, sequence, owed_parts, circumstances,
                                 part_of)
            SELECT ?, started_at::timestamptz, wrap_up_id, interaction_id, leg_id, agent_id, role, channel, ended_at::timestamptz,
                   held_millis::bigint, late_start::boolean, late_end::boolean, leg_units::int, held_units::int, policy::jsonb, status,
                   deadline::timestamptz, released_at::timestamptz, due_at::timestamptz, owner, cause, reason, cut::boolean,
                   confirmed_at::timestamptz, confirmed_by, final_at::timestamptz, is_final::boolean, was_deferred::boolean,
                   started::boolean, extensions::int, credits::jsonb, result::jsonb, sequence::bigint, owed_parts::jsonb, circumstances::jsonb,
                   part_of
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS w (started_at, wrap_up_id, interaction_id, leg_id, agent_id, role, channel, ended_at, held_millis, late_start,
                         late_end, leg_units, held_units, policy, status, deadline, released_at, due_at, owner, cause, reason, cut,
                         confirmed_at, confirmed_by, final_at, is_final, was_deferred, started, extensions, credits, result, sequence,
                         owed_parts, circumstances, part_of)
             ORDER BY wrap_up_id
                ON CONFLICT (tenant_id, started_at, wrap_up_id) DO UPDATE
               SET interaction_id = excluded.interaction_id, leg_id = excluded.leg_id, part_of = excluded.part_of,
                   channel = excluded.channel, ended_at = excluded.ended_at, held_millis = excluded.held_millis,
                   late_start = excluded.late_start, late_end = excluded.late_end, leg_units = excluded.leg_units,
                   held_units = excluded.held_units, policy = excluded.policy, status = excluded.status,
                   deadline = excluded.deadline, released_at = excluded.released_at, due_at = excluded.due_at,
                   owner = excluded.owner, cause = excluded.cause, reason = excluded.reason, cut = excluded.cut,
                   confirmed_at = excluded.confirmed_at, confirmed_by = excluded.confirmed_by,
                   final_at = excluded.final_at, is_final = excluded.is_final, was_deferred = excluded.was_deferred,
                   started = excluded.started, extensions = excluded.extensions, credits = excluded.credits,
                   result = excluded.result, sequence = excluded.sequence, owed_parts = excluded.owed_parts,
                   circumstances = excluded.circumstances
            """;

    /** What began later has not ended before either, which spares looking into later months. */
    private static final String ENDED = """
            SELECT * FROM wrap_up
             WHERE tenant_id = ? AND ended_at IS NOT NULL AND part_of IS NULL AND started_at < ? AND coalesce(ended_at, started_at) < ?
               AND (coalesce(ended_at, started_at), wrap_up_id) > (?, ?)
             ORDER BY coalesce(ended_at, started_at), wrap_up_id
             LIMIT ?
            """;

    private static final String CONTINUING = """
            SELECT * FROM wrap_up
             WHERE tenant_id = ? AND circumstances #>> '{contact,continues}' = ANY (?)
            """;

    /** The interactions of what agents' windows opened for since then, or that is on. */
    private static final String LATELY = """
            SELECT DISTINCT interaction_id FROM wrap_up
             WHERE tenant_id = ? AND agent_id = ANY (?) AND coalesce(ended_at, started_at) >= ?
            """;

    /** Whose these are, which never changes. */
    static final String AGENTS = "SELECT DISTINCT agent_id FROM wrap_up WHERE tenant_id = ? AND wrap_up_id = ANY (?)";

    private static final String UNDER_DEADLINE = """
            SELECT DISTINCT agent_id FROM wrap_up WHERE tenant_id = ? AND status = 'OPEN' AND deadline IS NOT NULL
            """;
    private static final String DEBT = """
            SELECT count(*) AS records, count(*) FILTER (WHERE due_at < ?) AS past_due
              FROM wrap_up
             WHERE tenant_id = ? AND status = 'DEFERRED' AND cause <> 'UNASKED'
            """;

    private static final ResultSetExtractor<List<WrapUp>> ALL =
            new RowMapperResultSetExtractor<>((rs, n) -> wrapUp(rs));

    private final PipelinedJdbc jdbc;

    WrapUpRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** What agents have on their hands. */
    List<WrapUp> onHand(TenantId tenant, Collection<AgentId> agents) {
        return ask(ON_HAND, tenant, agents.stream().map(AgentId::value).toList())
                .get();
    }

    /** What the rules may still change of agents' wrap-ups at {@code now}. */
    Supplier<List<WrapUp>> live(TenantId tenant, Collection<AgentId> agents, Instant now) {
        return agents.isEmpty()
                ? List::of
                : jdbc.ask(
                        LIVE,
                        ALL,
                        tenant.value(),
                        agents.stream().map(AgentId::value).toArray(String[]::new),
                        Timestamp.from(now.minus(ContactEvent.LATENESS_BOUND)));
    }

    /** What an agent owes, the most urgent first. */
    List<WrapUp> owed(TenantId tenant, AgentId agent, int limit) {
        return jdbc.query(OWED, (rs, n) -> wrapUp(rs), tenant.value(), agent.value(), agent.value(), limit);
    }

    /** Whether the agent was given the record of a leg of that interaction. */
    boolean isAssigned(TenantId tenant, AgentId agent, InteractionId interaction) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject(IS_ASSIGNED, Boolean.class, tenant.value(), interaction.value(), agent.value()));
    }

    /** Those of these agents who owe records; who owes what is due first comes first. */
    List<AgentId> owing(TenantId tenant, Collection<AgentId> agents) {
        return agents.isEmpty()
                ? List.of()
                : jdbc.query(
                        OWING,
                        (rs, n) -> new AgentId(rs.getString(1)),
                        tenant.value(),
                        agents.stream().map(AgentId::value).toArray(String[]::new));
    }

    Supplier<List<WrapUp>> ofInteractions(TenantId tenant, Collection<InteractionId> interactions) {
        return ask(
                OF_INTERACTIONS,
                tenant,
                interactions.stream().map(InteractionId::value).toList());
    }

    Supplier<List<WrapUp>> byIds(TenantId tenant, Collection<WrapUpId> ids) {
        return ask(BY_IDS, tenant, ids.stream().map(WrapUpId::value).toList());
    }

    /** The wrap-ups of contacts that continue one of these. */
    List<WrapUp> continuing(TenantId tenant, Collection<InteractionId> interactions) {
        return ask(
                        CONTINUING,
                        tenant,
                        interactions.stream().map(InteractionId::value).toList())
                .get();
    }

    /** What agents were in since then. */
    List<InteractionId> lately(TenantId tenant, Collection<AgentId> agents, Instant since) {
        return jdbc.query(
                LATELY,
                (rs, n) -> new InteractionId(rs.getString(1)),
                tenant.value(),
                agents.stream().map(AgentId::value).toArray(String[]::new),
                Timestamp.from(since));
    }

    Optional<WrapUp> find(TenantId tenant, WrapUpId id) {
        return byIds(tenant, List.of(id)).get().stream().findFirst();
    }

    /** Whose these are, which never changes. */
    List<AgentId> agentsOf(TenantId tenant, Collection<WrapUpId> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.query(
                        AGENTS,
                        (rs, n) -> new AgentId(rs.getString(1)),
                        tenant.value(),
                        ids.stream().map(WrapUpId::value).toArray(String[]::new));
    }

    /** Who has an open window that ends by itself. */
    List<AgentId> agentsUnderDeadline(TenantId tenant) {
        return jdbc.query(UNDER_DEADLINE, (rs, n) -> new AgentId(rs.getString(1)), tenant.value());
    }

    WrapUps.Debt debt(TenantId tenant, Instant now) {
        return Objects.requireNonNull(jdbc.queryForObject(
                DEBT,
                (rs, n) -> new WrapUps.Debt(rs.getLong("records"), rs.getLong("past_due")),
                Timestamp.from(now),
                tenant.value()));
    }

    private Supplier<List<WrapUp>> ask(String query, TenantId tenant, List<String> keys) {
        return keys.isEmpty() ? List::of : jdbc.ask(query, ALL, tenant.value(), keys.toArray(String[]::new));
    }

    /** A page of wrap-ups by the time their windows opened, newest first. */
    List<WrapUp> page(TenantId tenant, WrapUpQuery query) {
        var sql = new StringBuilder("SELECT * FROM wrap_up WHERE tenant_id = ?");
        var values = new ArrayList<Object>(List.of(tenant.value()));
        condition(sql, values, " AND agent_id = ?", query.agentId());
        condition(sql, values, " AND interaction_id = ?", query.interactionId());
        condition(
                sql,
                values,
                " AND status = ?",
                query.status() == null ? null : query.status().name());
        condition(sql, values, " AND coalesce(ended_at, started_at) >= ?", timestamp(query.from()));
        condition(sql, values, " AND coalesce(ended_at, started_at) < ?", timestamp(query.to()));
        WrapUpQuery.Cursor cursor = query.cursor();
        if (cursor != null) {
            sql.append(" AND (coalesce(ended_at, started_at), wrap_up_id) < (?, ?)");
            values.add(Timestamp.from(cursor.openedAt()));
            values.add(cursor.id());
        }
        sql.append(" ORDER BY coalesce(ended_at, started_at) DESC, wrap_up_id DESC LIMIT ?");
        values.add(query.limit() + 1);
        return jdbc.query(sql.toString(), (rs, n) -> wrapUp(rs), values.toArray());
    }

    /** Those whose legs ended before {@code until}, by their ends, behind {@code cursor}. */
    List<WrapUp> ended(TenantId tenant, WrapUpQuery.Cursor cursor, Instant until, int limit) {
        return jdbc.query(
                ENDED,
                (rs, n) -> wrapUp(rs),
                tenant.value(),
                Timestamp.from(until),
                Timestamp.from(until),
                Timestamp.from(cursor.openedAt()),
                cursor.id(),
                limit);
    }

    private static void condition(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    /** Removes the rows of these where another start is told of their legs: a row lies with the month of its start. */
    void move(TenantId tenant, List<WrapUp> wrapUps) {
        if (!wrapUps.isEmpty()) {
            jdbc.later(
                    MOVE,
                    Columns.of(wrapUps, WrapUp::id),
                    Columns.of(wrapUps, wrapUp -> wrapUp.span().startedAt()),
                    tenant.value());
        }
    }

    void put(TenantId tenant, Collection<WrapUp> changed) {
        if (changed.isEmpty()) {
            return;
        }
        record Row(WrapUp wrapUp, LegSpan span, OfState state) {}
        List<Row> rows = changed.stream()
                .map(wrapUp -> new Row(wrapUp, wrapUp.span(), OfState.of(wrapUp.state())))
                .toList();
        jdbc.later(
                PUT,
                tenant.value(),
                Columns.of(rows, row -> row.span.startedAt()),
                Columns.of(rows, row -> row.wrapUp.id()),
                Columns.of(rows, row -> row.wrapUp.interaction()),
                Columns.of(rows, row -> row.span.key().legId()),
                Columns.of(rows, row -> row.wrapUp.agent()),
                Columns.of(rows, row -> row.span.role()),
                Columns.of(rows, row -> row.wrapUp.channel()),
                Columns.of(rows, row -> row.span.endedAt()),
                Columns.of(rows, row -> row.span.held().toMillis()),
                Columns.of(rows, row -> row.span.lateStart()),
                Columns.of(rows, row -> row.span.lateEnd()),
                Columns.of(rows, row -> row.wrapUp.legUnits()),
                Columns.of(rows, row -> row.wrapUp.heldUnits()),
                Columns.of(rows, row -> json(row.wrapUp.policy())),
                Columns.of(rows, row -> row.wrapUp.status()),
                Columns.of(rows, row -> row.wrapUp.deadline()),
                Columns.of(rows, row -> row.wrapUp.state().releasedAt()),
                Columns.of(rows, row -> row.state.dueAt),
                Columns.of(rows, row -> row.state.owner),
                Columns.of(rows, row -> row.state.cause),
                Columns.of(rows, row -> row.state.reason),
                Columns.of(rows, row -> row.wrapUp.cut()),
                Columns.of(rows, row -> row.state.confirmedAt),
                Columns.of(rows, row -> row.wrapUp.confirmedBy()),
                Columns.of(rows, row -> row.state.finalAt),
                Columns.of(rows, row -> row.state.isFinal),
                Columns.of(rows, row -> row.wrapUp.wasDeferred()),
                Columns.of(rows, row -> row.wrapUp.started()),
                Columns.of(rows, row -> row.wrapUp.extensions()),
                Columns.of(rows, row -> json(row.wrapUp.credits())),
                Columns.of(rows, row -> json(row.wrapUp.result())),
                Columns.of(rows, row -> row.wrapUp.sequence()),
                Columns.of(rows, row -> row.state.parts.isEmpty() ? null : Json.write(row.state.parts)),
                Columns.of(
                        rows,
                        row -> row.wrapUp.circumstances().equals(WrapUp.Circumstances.NONE)
                                ? null
                                : Json.write(row.wrapUp.circumstances())),
                Columns.of(rows, row -> row.wrapUp.partOf()));
    }

    private static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.write(value);
    }

    /** The columns that only some states have. */
    private record OfState(
            @Nullable Instant dueAt,
            WrapUpState.@Nullable Owner owner,
            WrapUpState.@Nullable Cause cause,
            @Nullable String reason,
            @Nullable Instant confirmedAt,
            @Nullable Instant finalAt,
            boolean isFinal,
            List<String> parts) {
        private static final OfState BARE = new OfState(null, null, null, null, null, null, false, List.of());

        static OfState of(WrapUpState state) {
            return switch (state) {
                case WrapUpState.Preparing p -> BARE;
                case WrapUpState.Open o -> BARE;
                case WrapUpState.Overdue o -> BARE;
                case WrapUpState.Deferred d ->
                    new OfState(d.dueAt(), d.owner(), d.cause(), d.reason(), null, null, false, d.parts());
                case WrapUpState.Completed c ->
                    new OfState(null, null, null, null, c.confirmedAt(), c.finalAt(), c.isFinal(), List.of());
                case WrapUpState.Expired e -> new OfState(null, null, null, e.reason(), null, null, true, List.of());
            };
        }
    }

    private static WrapUp wrapUp(ResultSet rs) throws SQLException {
        var span = new LegSpan(
                new LegKey(new InteractionId(rs.getString("interaction_id")), rs.getString("leg_id")),
                new AgentId(rs.getString("agent_id")),
                LegRole.valueOf(rs.getString("role")),
                instant(rs, "started_at"),
                instantOrNull(rs, "ended_at"),
                Duration.ofMillis(rs.getLong("held_millis")),
                rs.getBoolean("late_start"),
                rs.getBoolean("late_end"));
        String policy = rs.getString("policy");
        String result = rs.getString("result");
        String circumstances = rs.getString("circumstances");
        String partOf = rs.getString("part_of");
        return new WrapUp(
                new WrapUpId(rs.getString("wrap_up_id")),
                partOf == null ? null : new WrapUpId(partOf),
                span,
                Channel.valueOf(rs.getString("channel")),
                rs.getInt("leg_units"),
                rs.getInt("held_units"),
                policy == null ? null : Json.read(policy, WrapUpPolicy.class),
                state(rs),
                instantOrNull(rs, "deadline"),
                rs.getBoolean("cut"),
                rs.getBoolean("was_deferred"),
                rs.getBoolean("started"),
                circumstances == null
                        ? WrapUp.Circumstances.NONE
                        : Json.read(circumstances, WrapUp.Circumstances.class),
                rs.getInt("extensions"),
                List.of(Json.read(rs.getString("credits"), WrapUp.Credit[].class)),
                result == null ? null : Json.read(result, WrapUp.Result.class),
                rs.getString("confirmed_by"),
                rs.getLong("sequence"));
    }

    private static WrapUpState state(ResultSet rs) throws SQLException {
        return switch (WrapUpStatus.valueOf(rs.getString("status"))) {
            case PREPARING -> new WrapUpState.Preparing();
            case OPEN -> new WrapUpState.Open();
            case OVERDUE -> new WrapUpState.Overdue();
            case DEFERRED -> {
                String parts = rs.getString("owed_parts");
                yield new WrapUpState.Deferred(
                        instantOrNull(rs, "released_at"),
                        instant(rs, "due_at"),
                        WrapUpState.Owner.valueOf(rs.getString("owner")),
                        WrapUpState.Cause.valueOf(rs.getString("cause")),
                        rs.getString("reason"),
                        parts == null ? List.of() : List.of(Json.read(parts, String[].class)));
            }
            case COMPLETED ->
                new WrapUpState.Completed(
                        instantOrNull(rs, "released_at"),
                        instant(rs, "confirmed_at"),
                        instant(rs, "final_at"),
                        rs.getBoolean("is_final"));
            case EXPIRED -> new WrapUpState.Expired(instantOrNull(rs, "released_at"), rs.getString("reason"));
        };
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
        Timestamp value = rs.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
