package org.afterword.desk.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
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
import org.afterword.desk.Rest;
import org.afterword.identity.AgentId;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** Agents, legs, facts and reservations in the database; every call is part of a tenant's running transaction. */
public final class AgentRepository {
    private static final String AGENTS = "SELECT * FROM agent WHERE tenant_id = ? AND agent_id = ANY (?)";
    private static final String PROFILES = """
            SELECT agent_id, name, team, site, skills, capacity, hired, level FROM agent WHERE tenant_id = ? AND agent_id = ANY (?)
            """;
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
    private static final String PUT_AGENTS = """
            INSERT INTO agent (tenant_id, agent_id, name, team, site, skills, capacity, hired, level, settled_profile, settled,
                               settled_until, free_since, after_wrap_up, state, reason, since, wanted, unannounced, wants_work, carried,
                               idle_since, owed, rests, rests_until, look_back_seconds)
            SELECT ?, agent_id, name, team, site, ARRAY (SELECT json_array_elements_text(skills::json)), capacity::int, hired::date,
                   level, settled_profile::jsonb, settled::jsonb, settled_until::timestamptz, free_since::timestamptz,
                   after_wrap_up::jsonb, state, reason, since::timestamptz, wanted, unannounced::boolean, wants_work::boolean,
                   carried::int, idle_since::timestamptz, owed::int, rests::jsonb, rests_until::timestamptz,
                   look_back_seconds::int
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS a (agent_id, name, team, site, skills, capacity, hired, level, settled_profile, settled, settled_until, free_since,
                         after_wrap_up, state, reason, since, wanted, unannounced, wants_work, carried, idle_since,
                         owed, rests, rests_until, look_back_seconds)
             ORDER BY agent_id
                ON CONFLICT (tenant_id, agent_id) DO UPDATE
               SET name = excluded.name, team = excluded.team, site = excluded.site, skills = excluded.skills,
                   capacity = excluded.capacity, hired = excluded.hired, level = excluded.level,
                   settled_profile = excluded.settled_profile, settled = excluded.settled,
                   settled_until = excluded.settled_until, free_since = excluded.free_since,
                   after_wrap_up = excluded.after_wrap_up, state = excluded.state, reason = excluded.reason,
                   since = excluded.since, wanted = excluded.wanted, unannounced = excluded.unannounced,
                   wants_work = excluded.wants_work, carried = excluded.carried, idle_since = excluded.idle_since,
                   owed = excluded.owed, rests = excluded.rests, rests_until = excluded.rests_until,
                   look_back_seconds = excluded.look_back_seconds
            """;
    private static final String PUT_FACTS = """
            INSERT INTO agent_fact (tenant_id, agent_id, at, kind, source, id, reason, interaction_id, profile, waited_millis)
            SELECT ?, agent_id, at::timestamptz, kind, source, id, reason, interaction_id, profile::jsonb, waited_millis::bigint
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS f (agent_id, at, kind, source, id, reason, interaction_id, profile, waited_millis)
                ON CONFLICT DO NOTHING
            """;
    private static final String DROP_SETTLED =
            "DELETE FROM agent_fact WHERE tenant_id = ? AND agent_id = ? AND at <= ?";
    private static final String LEG_FACTS = "SELECT * FROM leg_fact WHERE tenant_id = ? AND interaction_id = ANY (?)";
    private static final String PUT_LEG_FACTS = """
            INSERT INTO leg_fact (tenant_id, at, interaction_id, kind, agent_id, leg_id, role, late, source, id)
            SELECT ?, at::timestamptz, interaction_id, kind, agent_id, leg_id, role, late::boolean, source, id
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS f (at, interaction_id, kind, agent_id, leg_id, role, late, source, id)
                ON CONFLICT DO NOTHING
            """;

    /** By the facts: a contact that was opened by hand and turned out to be a call has no leg of its own. */
    private static final String LEG_AGENTS = """
            SELECT DISTINCT agent_id FROM leg_fact
             WHERE tenant_id = ? AND interaction_id = ANY (?) AND kind IN ('CONNECTED', 'FAILED')
            """;

    private static final String MOVE_LEGS = """
            DELETE FROM leg AS l
             USING unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (interaction_id, leg_id, started_at)
             WHERE l.tenant_id = ? AND l.interaction_id = n.interaction_id AND l.leg_id = n.leg_id
               AND l.started_at <> n.started_at
            """;
    private static final String REMOVE_LEGS = """
            DELETE FROM leg AS l
             USING unnest(?::text[], ?::text[]) AS n (interaction_id, leg_id)
             WHERE l.tenant_id = ? AND l.interaction_id = n.interaction_id AND l.leg_id = n.leg_id
            """;
    private static final String PUT_LEGS = """
            INSERT INTO leg (tenant_id, started_at, interaction_id, leg_id, agent_id, role, channel, ended_at, held_millis,
                             late_start, late_end, units, held_units, released_at, outbound)
            SELECT ?, started_at::timestamptz, interaction_id, leg_id, agent_id, role, channel, ended_at::timestamptz,
                   held_millis::bigint, late_start::boolean, late_end::boolean, units::int, held_units::int, released_at::timestamptz,
                   outbound::boolean
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[])
                   AS l (started_at, interaction_id, leg_id, agent_id, role, channel, ended_at, held_millis, late_start, late_end, units,
                         held_units, released_at, outbound)
             ORDER BY interaction_id, leg_id
                ON CONFLICT (tenant_id, started_at, interaction_id, leg_id) DO UPDATE
               SET agent_id = excluded.agent_id, role = excluded.role, channel = excluded.channel,
                   ended_at = excluded.ended_at, held_millis = excluded.held_millis, late_start = excluded.late_start,
                   late_end = excluded.late_end, units = excluded.units, held_units = excluded.held_units,
                   released_at = excluded.released_at, outbound = excluded.outbound
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
               AND a.agent_id <> ALL (?::text[]) AND coalesce(a.rests_until, '-infinity') <= ?
               AND a.capacity - a.carried - coalesce((SELECT sum(r.units) FROM reservation r
                                                       WHERE r.tenant_id = a.tenant_id AND r.agent_id = a.agent_id
                                                         AND r.ended_at IS NULL AND r.expires_at > ?), 0)
                   >= CASE WHEN ? THEN a.capacity ELSE 1 END
             ORDER BY a.idle_since, a.agent_id
             LIMIT ?
            """;

    private static final String IN_REST = """
            SELECT count(*) FROM agent
             WHERE tenant_id = ? AND wants_work AND rests_until > ? AND state = 'NOT_READY' AND reason = ? AND skills @> ?::text[]
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

    private final PipelinedJdbc jdbc;

    public AgentRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** The agents that are known among {@code ids}, with everything that loads them and the legs that were released lately. */
    public Supplier<Map<AgentId, Agent>> load(TenantId tenant, Collection<AgentId> ids) {
        if (ids.isEmpty()) {
            return Map::of;
        }
        Supplier<Map<AgentId, Set<PresenceFact>>> facts = ask(
                FACTS,
                tenant,
                ids,
                (all, rs) ->
                        all.computeIfAbsent(agent(rs), id -> new TreeSet<>()).add(fact(rs)));
        Supplier<Map<AgentId, Map<LegKey, Leg>>> carried = ask(CARRIED_LEGS, tenant, ids, AgentRepository::keepLeg);
        Supplier<Map<AgentId, Map<LegKey, Leg>>> released = ask(RELEASED_LEGS, tenant, ids, AgentRepository::keepLeg);
        Supplier<Map<AgentId, List<Reservation>>> reservations = ask(
                RESERVATIONS,
                tenant,
                ids,
                (all, rs) ->
                        all.computeIfAbsent(agent(rs), id -> new ArrayList<>()).add(reservation(rs)));
        Supplier<Map<AgentId, Agent>> agents = ask(AGENTS, tenant, ids, (all, rs) -> {
            AgentId id = agent(rs);
            var legs = new TreeMap<>(carried.get().getOrDefault(id, Map.of()));
            legs.putAll(released.get().getOrDefault(id, Map.of()));
            String next = rs.getString("after_wrap_up");
            String rests = rs.getString("rests");
            all.put(
                    id,
                    new Agent(
                            id,
                            Json.read(rs.getString("settled_profile"), AgentProfile.class),
                            Json.read(rs.getString("settled"), Presence.class),
                            instant(rs, "settled_until"),
                            facts.get().getOrDefault(id, Set.of()),
                            legs,
                            reservations.get().getOrDefault(id, List.of()),
                            instantOrNull(rs, "free_since"),
                            next == null ? null : Json.read(next, NextState.class),
                            rs.getInt("owed"),
                            rests == null ? List.of() : List.of(Json.read(rests, Rest[].class)),
                            Duration.ofSeconds(rs.getInt("look_back_seconds"))));
        });
        return agents;
    }

    /** What is known of the agents among {@code ids} as people at work. */
    public Supplier<Map<AgentId, AgentProfile>> profiles(TenantId tenant, Collection<AgentId> ids) {
        return ask(
                PROFILES,
                tenant,
                ids,
                (all, rs) -> all.put(
                        agent(rs),
                        new AgentProfile(
                                rs.getString("name"),
                                rs.getString("team"),
                                rs.getString("site"),
                                Set.copyOf(
                                        List.of((String[]) rs.getArray("skills").getArray())),
                                rs.getInt("capacity"),
                                rs.getObject("hired", LocalDate.class),
                                rs.getString("level"))));
    }

    private interface Keeper<T> {
        void keep(Map<AgentId, T> all, ResultSet rs) throws SQLException;
    }

    private <T> Supplier<Map<AgentId, T>> ask(
            String query, TenantId tenant, Collection<AgentId> ids, Keeper<T> keeper) {
        return jdbc.ask(
                query,
                rs -> {
                    var all = new TreeMap<AgentId, T>();
                    while (rs.next()) {
                        keeper.keep(all, rs);
                    }
                    return all;
                },
                tenant.value(),
                ids.stream().map(AgentId::value).toArray(String[]::new));
    }

    private static void keepLeg(Map<AgentId, Map<LegKey, Leg>> all, ResultSet rs) throws SQLException {
        Leg leg = leg(rs);
        all.computeIfAbsent(leg.agent(), id -> new TreeMap<>()).put(leg.key(), leg);
    }

    /** Writes agents with their derived columns. */
    public void put(TenantId tenant, Collection<Agent> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<Agent> agents = List.copyOf(changed);
        List<Agent.Face> faces = agents.stream().map(Agent::face).toList();
        jdbc.later(
                PUT_AGENTS,
                tenant.value(),
                Columns.of(agents, Agent::id),
                Columns.of(agents, agent -> agent.profile().name()),
                Columns.of(agents, agent -> agent.profile().team()),
                Columns.of(agents, agent -> agent.profile().site()),
                Columns.of(
                        agents,
                        agent -> Json.write(
                                agent.profile().skills().stream().sorted().toList())),
                Columns.of(agents, agent -> agent.profile().capacity()),
                Columns.of(agents, agent -> agent.profile().hired()),
                Columns.of(agents, agent -> agent.profile().level()),
                Columns.of(agents, agent -> Json.write(agent.settledProfile())),
                Columns.of(agents, agent -> Json.write(agent.settled())),
                Columns.of(agents, Agent::settledUntil),
                Columns.of(agents, Agent::settledFree),
                Columns.of(agents, agent -> agent.afterWrapUp() == null ? null : Json.write(agent.afterWrapUp())),
                Columns.of(faces, Agent.Face::state),
                Columns.of(faces, Agent.Face::reason),
                Columns.of(faces, Agent.Face::since),
                Columns.of(faces, Agent.Face::wanted),
                Columns.of(agents, agent -> agent.presence().unannounced()),
                Columns.of(
                        agents,
                        agent -> agent.presence().signedIn() && agent.presence().wanted() == AgentState.AVAILABLE),
                Columns.of(agents, Agent::carried),
                Columns.of(agents, Agent::idleSince),
                Columns.of(agents, Agent::owed),
                Columns.of(agents, agent -> agent.rests().isEmpty() ? null : Json.write(agent.rests())),
                Columns.of(agents, AgentRepository::restsUntil),
                Columns.of(agents, agent -> agent.lookBack().toSeconds()));
    }

    private static @Nullable Object restsUntil(Agent agent) {
        Instant until = agent.restsUntil();
        return Instant.MAX.equals(until) ? "infinity" : until;
    }

    public void putFacts(TenantId tenant, Map<AgentId, ? extends Collection<PresenceFact>> facts) {
        record Row(AgentId agent, PresenceFact fact) {}
        List<Row> rows = facts.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(fact -> new Row(e.getKey(), fact)))
                .toList();
        if (!rows.isEmpty()) {
            jdbc.later(
                    PUT_FACTS,
                    tenant.value(),
                    Columns.of(rows, Row::agent),
                    Columns.of(rows, row -> row.fact().at()),
                    Columns.of(rows, row -> row.fact().kind()),
                    Columns.of(rows, row -> row.fact().source()),
                    Columns.of(rows, row -> row.fact().id()),
                    Columns.of(rows, row -> row.fact().reason()),
                    Columns.of(rows, row -> row.fact().interaction()),
                    Columns.of(
                            rows,
                            row -> row.fact().profile() == null
                                    ? null
                                    : Json.write(row.fact().profile())),
                    Columns.of(
                            rows,
                            row -> row.fact().waited() == null
                                    ? null
                                    : row.fact().waited().toMillis()));
        }
    }

    public void dropSettledFacts(TenantId tenant, AgentId agent, Instant until) {
        jdbc.later(DROP_SETTLED, tenant.value(), agent.value(), timestamp(until));
    }

    /** Removes the rows of these where another start is told of them: a row lies with the month of its start. */
    public void moveLegs(TenantId tenant, List<Leg> legs) {
        if (!legs.isEmpty()) {
            jdbc.later(
                    MOVE_LEGS,
                    Columns.of(legs, Leg::interaction),
                    Columns.of(legs, leg -> leg.key().legId()),
                    Columns.of(legs, leg -> leg.span().startedAt()),
                    tenant.value());
        }
    }

    /** Removes legs that turned out to be others. */
    public void removeLegs(TenantId tenant, List<LegKey> legs) {
        if (!legs.isEmpty()) {
            jdbc.later(
                    REMOVE_LEGS,
                    Columns.of(legs, LegKey::interaction),
                    Columns.of(legs, LegKey::legId),
                    tenant.value());
        }
    }

    public void putLegs(TenantId tenant, Collection<Leg> changed) {
        if (changed.isEmpty()) {
            return;
        }
        // a leg that went from one agent to another is told of by both; the last word counts
        record Row(LegKey key, Instant startedAt) {}
        var rows = new LinkedHashMap<Row, Leg>();
        changed.forEach(leg -> rows.put(new Row(leg.key(), leg.span().startedAt()), leg));
        List<Leg> legs = List.copyOf(rows.values());
        jdbc.later(
                PUT_LEGS,
                tenant.value(),
                Columns.of(legs, leg -> leg.span().startedAt()),
                Columns.of(legs, Leg::interaction),
                Columns.of(legs, leg -> leg.key().legId()),
                Columns.of(legs, Leg::agent),
                Columns.of(legs, Leg::role),
                Columns.of(legs, Leg::channel),
                Columns.of(legs, leg -> leg.span().endedAt()),
                Columns.of(legs, leg -> leg.span().held().toMillis()),
                Columns.of(legs, leg -> leg.span().lateStart()),
                Columns.of(legs, leg -> leg.span().lateEnd()),
                Columns.of(legs, Leg::units),
                Columns.of(legs, Leg::heldUnits),
                Columns.of(legs, Leg::releasedAt),
                Columns.of(legs, Leg::outbound));
    }

    public void putLegFacts(TenantId tenant, Map<InteractionId, List<LegFact>> facts) {
        record Row(InteractionId interaction, LegFact fact) {}
        List<Row> rows = facts.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(fact -> new Row(e.getKey(), fact)))
                .toList();
        if (!rows.isEmpty()) {
            jdbc.later(
                    PUT_LEG_FACTS,
                    tenant.value(),
                    Columns.of(rows, row -> row.fact().at()),
                    Columns.of(rows, Row::interaction),
                    Columns.of(rows, row -> row.fact().kind()),
                    Columns.of(rows, row -> row.fact().agent()),
                    Columns.of(rows, row -> row.fact().legId()),
                    Columns.of(rows, row -> row.fact().role()),
                    Columns.of(rows, row -> row.fact().late()),
                    Columns.of(rows, row -> row.fact().source()),
                    Columns.of(rows, row -> row.fact().id()));
        }
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
                timestamp(now),
                wholeAgent,
                limit);
    }

    /** How many of those who could do such work are in a rest that others may know of. */
    public int inRest(TenantId tenant, Rest.Kind kind, Collection<String> skills, Instant now) {
        Integer count = jdbc.queryForObject(
                IN_REST,
                (rs, n) -> rs.getInt(1),
                tenant.value(),
                timestamp(now),
                kind.shownReason(),
                skills.toArray(String[]::new));
        return count == null ? 0 : count;
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
        jdbc.later(
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
        jdbc.later(END_RESERVATION, timestamp(at), tenant.value(), reservationId);
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
                rs.getObject("waited_millis") == null ? null : Duration.ofMillis(rs.getLong("waited_millis")),
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
                rs.getBoolean("outbound"),
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
