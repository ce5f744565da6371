package org.afterword.desk.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentProfile;
import org.afterword.desk.AgentState;
import org.afterword.desk.Leg;
import org.afterword.desk.LegFact;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.desk.NextState;
import org.afterword.desk.Presence;
import org.afterword.desk.PresenceFact;
import org.afterword.desk.ProfileChange;
import org.afterword.desk.Reservation;
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.afterword.platform.RoundTrip;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Agents, legs, facts and reservations in the database; every call is part of a tenant's running transaction. */
public final class AgentRepository {
    private static final String AGENTS = "SELECT * FROM agent WHERE tenant_id = ? AND agent_id = ANY (?)";
    private static final String FACTS = """
            SELECT f.* FROM agent_fact f JOIN agent a USING (tenant_id, agent_id)
             WHERE f.tenant_id = ? AND f.agent_id = ANY (?) AND f.at > a.settled_until
            """;
    private static final String CARRIED_LEGS = """
            SELECT * FROM leg WHERE tenant_id = ? AND agent_id = ANY (?) AND released_at IS NULL
            """;
    private static final String RELEASED_LEGS = """
            SELECT l.* FROM leg l JOIN agent a USING (tenant_id, agent_id)
             WHERE l.tenant_id = ? AND l.agent_id = ANY (?) AND l.released_at > coalesce(a.free_since, '-infinity')
            """;
    private static final String RESERVATIONS = """
            SELECT * FROM reservation WHERE tenant_id = ? AND agent_id = ANY (?) AND ended_at IS NULL
            """;
    private static final String PUT_AGENT = """
            INSERT INTO agent (tenant_id, agent_id, name, team, site, skills, capacity, hired, level, settled_profile, settled,
                               settled_until, free_since, after_wrap_up, state, reason, since, wanted, unannounced, wants_work, carried,
                               idle_since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, agent_id) DO UPDATE
               SET name = excluded.name, team = excluded.team, site = excluded.site, skills = excluded.skills,
                   capacity = excluded.capacity, hired = excluded.hired, level = excluded.level,
                   settled_profile = excluded.settled_profile, settled = excluded.settled,
                   settled_until = excluded.settled_until, free_since = excluded.free_since,
                   after_wrap_up = excluded.after_wrap_up, state = excluded.state, reason = excluded.reason,
                   since = excluded.since, wanted = excluded.wanted, unannounced = excluded.unannounced,
                   wants_work = excluded.wants_work, carried = excluded.carried, idle_since = excluded.idle_since
            """;
    private static final String PUT_FACT = """
            INSERT INTO agent_fact (tenant_id, agent_id, at, kind, source, id, reason, interaction_id, profile)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                ON CONFLICT DO NOTHING
            """;
    private static final String DROP_SETTLED =
            "DELETE FROM agent_fact WHERE tenant_id = ? AND agent_id = ? AND at <= ?";
    private static final String LEG_FACTS = "SELECT * FROM leg_fact WHERE tenant_id = ? AND interaction_id = ANY (?)";
    private static final String PUT_LEG_FACT = """
            INSERT INTO leg_fact (tenant_id, at, interaction_id, kind, agent_id, leg_id, role, late, source, id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
            """;
    private static final String LEG_AGENTS = """
            SELECT DISTINCT agent_id FROM leg WHERE tenant_id = ? AND interaction_id = ANY (?)
            """;
    private static final String DELETE_LEGS = """
            DELETE FROM leg AS l
             USING unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (interaction_id, leg_id, started_at)
             WHERE l.tenant_id = ? AND l.interaction_id = n.interaction_id AND l.leg_id = n.leg_id
               AND l.started_at <> n.started_at
            """;
    private static final String PUT_LEG = """
            INSERT INTO leg (tenant_id, started_at, interaction_id, leg_id, agent_id, role, channel, ended_at, held_millis,
                             late_start, late_end, units, held_units, released_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, started_at, interaction_id, leg_id) DO UPDATE
               SET agent_id = excluded.agent_id, role = excluded.role, channel = excluded.channel,
                   ended_at = excluded.ended_at, held_millis = excluded.held_millis, late_start = excluded.late_start,
                   late_end = excluded.late_end, units = excluded.units, held_units = excluded.held_units,
                   released_at = excluded.released_at
            """;
    private static final String PUT_RESERVATION = """
            INSERT INTO reservation (tenant_id, reservation_id, interaction_id, agent_id, channel, queue, units, reserved_at,
                                     expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String IDS = """
            SELECT agent_id FROM agent
             WHERE tenant_id = ? AND (?::text IS NULL OR state = ?) AND (?::text IS NULL OR team = ?) AND agent_id > ?
             ORDER BY agent_id LIMIT ?
            """;

    private static final String STATES =
            "SELECT state, count(*) AS agents FROM agent WHERE tenant_id = ? GROUP BY state";

    /** Longest idle first. {@code carried} leaves out reservations, so those are subtracted here. */
    private static final String OFFERABLE = """
            SELECT a.agent_id
              FROM agent a
             WHERE a.tenant_id = ? AND a.wants_work AND a.carried < a.capacity AND a.skills @> ?::text[]
               AND a.agent_id <> ALL (?::text[])
               AND a.capacity - a.carried - coalesce((SELECT sum(r.units) FROM reservation r
                                                       WHERE r.tenant_id = a.tenant_id AND r.agent_id = a.agent_id
                                                         AND r.ended_at IS NULL AND r.expires_at > ?), 0)
                   >= CASE WHEN ? THEN a.capacity ELSE 1 END
             ORDER BY a.idle_since, a.agent_id
             LIMIT ?
            """;

    private static final String LOCK_OFFERABLE = """
            SELECT agent_id FROM (%s) AS candidates
             WHERE pg_try_advisory_xact_lock(hashtextextended(? || agent_id, 0))
             LIMIT 1
            """.formatted(OFFERABLE);
    private static final int CANDIDATES = 64;
    private static final String RESERVATION = """
            SELECT * FROM reservation WHERE tenant_id = ? AND reservation_id = ? AND ended_at IS NULL
            """;
    private static final String RESERVATION_FOR = """
            SELECT * FROM reservation WHERE tenant_id = ? AND interaction_id = ? AND ended_at IS NULL
            """;
    private static final String END_RESERVATION = """
            UPDATE reservation SET ended_at = ? WHERE tenant_id = ? AND reservation_id = ? AND ended_at IS NULL
            """;

    private final JdbcTemplate jdbc;

    public AgentRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The agents that are known among {@code ids}, with everything that loads them and the legs that were released lately. */
    public Map<AgentId, Agent> load(TenantId tenant, Collection<AgentId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        String[] names = ids.stream().map(AgentId::value).toArray(String[]::new);
        var facts = new HashMap<AgentId, Set<PresenceFact>>();
        var legs = new HashMap<AgentId, Map<LegKey, Leg>>();
        RowCallbackHandler keepLeg = rs -> {
            Leg leg = leg(rs);
            legs.computeIfAbsent(leg.agent(), id -> new TreeMap<>()).put(leg.key(), leg);
        };
        var reservations = new HashMap<AgentId, List<Reservation>>();
        var agents = new TreeMap<AgentId, Agent>();
        new RoundTrip()
                .query(
                        FACTS,
                        rs -> facts.computeIfAbsent(agent(rs), id -> new TreeSet<>())
                                .add(fact(rs)),
                        tenant.value(),
                        names)
                .query(CARRIED_LEGS, keepLeg, tenant.value(), names)
                .query(RELEASED_LEGS, keepLeg, tenant.value(), names)
                .query(
                        RESERVATIONS,
                        rs -> reservations
                                .computeIfAbsent(agent(rs), id -> new ArrayList<>())
                                .add(reservation(rs)),
                        tenant.value(),
                        names)
                .query(
                        AGENTS,
                        rs -> {
                            AgentId id = agent(rs);
                            String next = rs.getString("after_wrap_up");
                            agents.put(
                                    id,
                                    new Agent(
                                            id,
                                            Json.read(rs.getString("settled_profile"), AgentProfile.class),
                                            Json.read(rs.getString("settled"), Presence.class),
                                            instant(rs, "settled_until"),
                                            facts.getOrDefault(id, Set.of()),
                                            legs.getOrDefault(id, Map.of()),
                                            reservations.getOrDefault(id, List.of()),
                                            instantOrNull(rs, "free_since"),
                                            next == null ? null : Json.read(next, NextState.class)));
                        },
                        tenant.value(),
                        names)
                .run(jdbc);
        return agents;
    }

    /** Writes agents with their derived columns. */
    public void put(TenantId tenant, Collection<Agent> agents) {
        jdbc.batchUpdate(PUT_AGENT, agents, 200, (ps, agent) -> {
            Presence presence = agent.presence();
            AgentProfile profile = agent.profile();
            NextState next = agent.afterWrapUp();
            int i = 1;
            ps.setString(i++, tenant.value());
            ps.setString(i++, agent.id().value());
            ps.setString(i++, profile.name());
            ps.setString(i++, profile.team());
            ps.setString(i++, profile.site());
            ps.setObject(i++, profile.skills().stream().sorted().toArray(String[]::new));
            ps.setInt(i++, profile.capacity());
            ps.setObject(i++, profile.hired());
            ps.setString(i++, profile.level());
            ps.setString(i++, Json.write(agent.settledProfile()));
            ps.setString(i++, Json.write(agent.settled()));
            ps.setTimestamp(i++, timestamp(agent.settledUntil()));
            ps.setTimestamp(i++, timestamp(agent.settledFree()));
            ps.setString(i++, next == null ? null : Json.write(next));
            ps.setString(i++, agent.state().name());
            ps.setString(i++, agent.reason());
            ps.setTimestamp(i++, timestamp(agent.since()));
            ps.setString(i++, presence.wanted().name());
            ps.setBoolean(i++, presence.unannounced());
            ps.setBoolean(i++, presence.signedIn() && presence.wanted() == AgentState.AVAILABLE);
            ps.setInt(i++, agent.carried());
            ps.setTimestamp(i, timestamp(agent.idleSince()));
        });
    }

    public void putFacts(TenantId tenant, Map<AgentId, ? extends Collection<PresenceFact>> facts) {
        record Row(AgentId agent, PresenceFact fact) {}
        List<Row> rows = facts.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(fact -> new Row(e.getKey(), fact)))
                .toList();
        jdbc.batchUpdate(PUT_FACT, rows, 200, (ps, row) -> {
            PresenceFact fact = row.fact();
            ps.setString(1, tenant.value());
            ps.setString(2, row.agent().value());
            ps.setTimestamp(3, timestamp(fact.at()));
            ps.setString(4, fact.kind().name());
            ps.setString(5, fact.source());
            ps.setString(6, fact.id());
            ps.setString(7, fact.reason());
            ps.setString(
                    8, fact.interaction() == null ? null : fact.interaction().value());
            ps.setString(9, fact.profile() == null ? null : Json.write(fact.profile()));
        });
    }

    public void dropSettledFacts(TenantId tenant, AgentId agent, Instant until) {
        jdbc.update(DROP_SETTLED, tenant.value(), agent.value(), timestamp(until));
    }

    public void putLegs(TenantId tenant, Collection<Leg> legs) {
        if (legs.isEmpty()) {
            return;
        }
        // a beginning that became known better moves the row to where its time belongs
        jdbc.update(
                DELETE_LEGS,
                legs.stream().map(leg -> leg.interaction().value()).toArray(String[]::new),
                legs.stream().map(leg -> leg.key().legId()).toArray(String[]::new),
                legs.stream().map(leg -> leg.span().startedAt().toString()).toArray(String[]::new),
                tenant.value());
        jdbc.batchUpdate(PUT_LEG, legs, 200, (ps, leg) -> {
            LegSpan span = leg.span();
            int i = 1;
            ps.setString(i++, tenant.value());
            ps.setTimestamp(i++, timestamp(span.startedAt()));
            ps.setString(i++, leg.interaction().value());
            ps.setString(i++, leg.key().legId());
            ps.setString(i++, leg.agent().value());
            ps.setString(i++, leg.role().name());
            ps.setString(i++, leg.channel().name());
            ps.setTimestamp(i++, timestamp(span.endedAt()));
            ps.setLong(i++, span.held().toMillis());
            ps.setBoolean(i++, span.lateStart());
            ps.setBoolean(i++, span.lateEnd());
            ps.setInt(i++, leg.units());
            ps.setInt(i++, leg.heldUnits());
            ps.setTimestamp(i, timestamp(leg.releasedAt()));
        });
    }

    public void putLegFacts(TenantId tenant, Map<InteractionId, List<LegFact>> facts) {
        record Row(InteractionId interaction, LegFact fact) {}
        List<Row> rows = facts.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(fact -> new Row(e.getKey(), fact)))
                .toList();
        jdbc.batchUpdate(PUT_LEG_FACT, rows, 500, (ps, row) -> {
            LegFact fact = row.fact();
            ps.setString(1, tenant.value());
            ps.setTimestamp(2, timestamp(fact.at()));
            ps.setString(3, row.interaction().value());
            ps.setString(4, fact.kind().name());
            ps.setString(5, fact.agent() == null ? null : fact.agent().value());
            ps.setString(6, fact.legId());
            ps.setString(7, fact.role() == null ? null : fact.role().name());
            ps.setBoolean(8, fact.late());
            ps.setString(9, fact.source());
            ps.setString(10, fact.id());
        });
    }

    public Map<InteractionId, List<LegFact>> legFacts(TenantId tenant, Collection<InteractionId> interactions) {
        var facts = new TreeMap<InteractionId, List<LegFact>>();
        if (interactions.isEmpty()) {
            return facts;
        }
        jdbc.query(
                LEG_FACTS,
                rs -> {
                    String agent = rs.getString("agent_id");
                    String role = rs.getString("role");
                    facts.computeIfAbsent(new InteractionId(rs.getString("interaction_id")), id -> new ArrayList<>())
                            .add(new LegFact(
                                    LegFact.Kind.valueOf(rs.getString("kind")),
                                    instant(rs, "at"),
                                    agent == null ? null : new AgentId(agent),
                                    rs.getString("leg_id"),
                                    role == null ? null : LegRole.valueOf(role),
                                    rs.getBoolean("late"),
                                    rs.getString("source"),
                                    rs.getString("id")));
                },
                tenant.value(),
                interactions.stream().map(InteractionId::value).toArray(String[]::new));
        return facts;
    }

    /** Agents that have or had a leg of one of these interactions. */
    public Set<AgentId> agentsOf(TenantId tenant, Collection<InteractionId> interactions) {
        return new TreeSet<>(jdbc.query(
                LEG_AGENTS,
                (rs, n) -> agent(rs),
                tenant.value(),
                interactions.stream().map(InteractionId::value).toArray(String[]::new)));
    }

    public List<AgentId> ids(
            TenantId tenant, @Nullable AgentState state, @Nullable String team, @Nullable AgentId after, int limit) {
        String name = state == null ? null : state.name();
        return jdbc.query(
                IDS,
                (rs, n) -> agent(rs),
                tenant.value(),
                name,
                name,
                team,
                team,
                after == null ? "" : after.value(),
                limit);
    }

    /** How many agents are in each state; one in which nobody is, is absent. */
    public Map<AgentState, Integer> states(TenantId tenant) {
        var states = new EnumMap<AgentState, Integer>(AgentState.class);
        jdbc.query(
                STATES,
                rs -> {
                    states.put(AgentState.valueOf(rs.getString("state")), rs.getInt("agents"));
                },
                tenant.value());
        return states;
    }

    /** Agents with room for work that asks for {@code skills}, longest idle first, without those in {@code except}. */
    public List<AgentId> offerable(
            TenantId tenant,
            Collection<String> skills,
            boolean wholeAgent,
            Instant now,
            Collection<AgentId> except,
            int limit) {
        return jdbc.query(
                OFFERABLE,
                (rs, n) -> agent(rs),
                tenant.value(),
                skills.toArray(String[]::new),
                except.stream().map(AgentId::value).toArray(String[]::new),
                timestamp(now),
                wholeAgent,
                limit);
    }

    /** The first of {@link #offerable} whose lock is free; it is locked then ({@link Tenancy#lockName}). */
    public Optional<AgentId> lockOfferable(
            TenantId tenant, Collection<String> skills, boolean wholeAgent, Instant now, Collection<AgentId> except) {
        return jdbc
                .query(
                        LOCK_OFFERABLE,
                        (rs, n) -> agent(rs),
                        tenant.value(),
                        skills.toArray(String[]::new),
                        except.stream().map(AgentId::value).toArray(String[]::new),
                        timestamp(now),
                        wholeAgent,
                        CANDIDATES,
                        Tenancy.lockName(tenant, "agent", ""))
                .stream()
                .findFirst();
    }

    public Optional<Reservation> reservation(TenantId tenant, String id) {
        return jdbc.query(RESERVATION, (rs, n) -> reservation(rs), tenant.value(), id).stream()
                .findFirst();
    }

    public Optional<Reservation> reservationFor(TenantId tenant, InteractionId interaction) {
        return jdbc.query(RESERVATION_FOR, (rs, n) -> reservation(rs), tenant.value(), interaction.value()).stream()
                .findFirst();
    }

    public void putReservation(TenantId tenant, Reservation reservation) {
        jdbc.update(
                PUT_RESERVATION,
                tenant.value(),
                reservation.id(),
                reservation.interaction().value(),
                reservation.agent().value(),
                reservation.channel().name(),
                reservation.queue(),
                reservation.units(),
                timestamp(reservation.reservedAt()),
                timestamp(reservation.expiresAt()));
    }

    public void endReservation(TenantId tenant, String reservationId, Instant at) {
        jdbc.update(END_RESERVATION, timestamp(at), tenant.value(), reservationId);
    }

    static Reservation reservation(ResultSet rs) throws SQLException {
        return new Reservation(
                rs.getString("reservation_id"),
                new InteractionId(rs.getString("interaction_id")),
                agent(rs),
                Channel.valueOf(rs.getString("channel")),
                rs.getString("queue"),
                rs.getInt("units"),
                instant(rs, "reserved_at"),
                instant(rs, "expires_at"));
    }

    private static PresenceFact fact(ResultSet rs) throws SQLException {
        String interaction = rs.getString("interaction_id");
        String profile = rs.getString("profile");
        return new PresenceFact(
                PresenceFact.Kind.valueOf(rs.getString("kind")),
                instant(rs, "at"),
                rs.getString("reason"),
                interaction == null ? null : new InteractionId(interaction),
                profile == null ? null : Json.read(profile, ProfileChange.class),
                rs.getString("source"),
                rs.getString("id"));
    }

    static Leg leg(ResultSet rs) throws SQLException {
        var span = new LegSpan(
                new LegKey(new InteractionId(rs.getString("interaction_id")), rs.getString("leg_id")),
                agent(rs),
                LegRole.valueOf(rs.getString("role")),
                instant(rs, "started_at"),
                instantOrNull(rs, "ended_at"),
                Duration.ofMillis(rs.getLong("held_millis")),
                rs.getBoolean("late_start"),
                rs.getBoolean("late_end"));
        return new Leg(
                span,
                Channel.valueOf(rs.getString("channel")),
                rs.getInt("units"),
                rs.getInt("held_units"),
                instantOrNull(rs, "released_at"));
    }

    private static AgentId agent(ResultSet rs) throws SQLException {
        return new AgentId(rs.getString("agent_id"));
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
        Timestamp value = rs.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }
}
