package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.afterword.desk.Agent;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TestClock;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.internal.RacingClient.Call;
import org.afterword.wrapup.internal.RacingClient.Race;
import org.afterword.wrapup.internal.RacingClient.Write;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * 32 clients reserve, connect, end, transfer, type, complete, reopen, extend, defer and override for the same ten agents, while deadlines
 * pass and the catalog changes: 1,000 operations, 20,000 with {@code -Pthorough}. Two servers are two graphs of the program's objects, each
 * with its own connections, catalogs and worker; what two processes share, the database, they share. They stand below HTTP, so that the
 * clock can be moved and deadlines pass by the hundred.
 *
 * <p>{@code -Dtests.seed} repeats what each client chooses; which of them is faster is chosen by the machine.
 */
@Tag("thorough")
class RacesTest {
    private static final boolean THOROUGH = Boolean.getBoolean("tests.thorough");
    private static final int OPERATIONS = THOROUGH ? 20_000 : 1_000;
    private static final int CLIENTS = 32;

    /** As many as a server has by default. */
    private static final int CONNECTIONS = 16;

    /** Shorter than a downtime, which would be credited. */
    private static final Duration BEAT = Duration.ofSeconds(4);

    /** In one statement, so of one moment. */
    private static final String OVERLOADED = """
            SELECT a.agent_id
              FROM agent AS a
              LEFT JOIN (SELECT agent_id, sum(CASE WHEN ended_at IS NULL THEN units ELSE held_units END) AS units
                           FROM leg WHERE released_at IS NULL GROUP BY agent_id) AS l USING (agent_id)
              LEFT JOIN (SELECT agent_id, sum(units) AS units
                           FROM reservation WHERE ended_at IS NULL AND expires_at > ? GROUP BY agent_id) AS r USING (agent_id)
             WHERE coalesce(l.units, 0) + coalesce(r.units, 0) > a.capacity
            """;

    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final JdbcTemplate owner = new JdbcTemplate(db.ownerDataSource());
    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<WrapUpFixture> servers = new ArrayList<>();

    @BeforeEach
    void tablesAreAnalyzed() {
        db.switchAutovacuum(true);
    }

    @AfterEach
    void tablesAreLeftAlone() {
        pools.forEach(HikariDataSource::close);
        db.switchAutovacuum(false);
    }

    @ParameterizedTest(name = "on {0} servers")
    @ValueSource(ints = {1, 2})
    void nothingLeaksAndNothingIsLost(int count) throws Exception {
        long seed = seed();
        System.out.printf("Racing with %,d operations on %d servers, -Dtests.seed=%d%n", OPERATIONS, count, seed);
        for (int i = 0; i < count; i++) {
            pools.add(db.moreConnections(CONNECTIONS));
            servers.add(new WrapUpFixture(db, pools.getLast(), clock));
        }
        servers.getFirst().policy(RacingClient.policies(12));
        var race = new Race(servers, agents(), OPERATIONS);
        signIn(race.capacities);
        long deadlocks = deadlocks();

        Set<String> overloaded = run(race, seed);

        System.out.println("Done: " + new TreeMap<>(race.done));
        assertThat(overloaded).as("agents with more than they can take").isEmpty();
        whatIsPlannedIsWhatWrapUpsSay();
        comeToRest(race);
        assertThat(servers.getFirst().announced()).as("announced").isNotEmpty().doesNotContain("gate.leaked");
        whatWasWrittenIsThere(race.writes);
        everyChangeOfAWrapUpWentByTheOneBefore();
        agentsCarryWhatIsHeldAndOweWhatIsOwed();
        everyKindOfWorkWasDone(race);
        pools.forEach(HikariDataSource::close);
        assertThat(deadlocks()).as("deadlocks that the database had to solve").isEqualTo(deadlocks);
    }

    /** Always the same without {@code -Pthorough}, as far as it goes. */
    private static long seed() {
        String given = System.getProperty("tests.seed", "");
        long chosen = THOROUGH ? new Random().nextLong() : 1;
        return given.isEmpty() ? chosen : Long.parseLong(given);
    }

    private static Map<AgentId, Integer> agents() {
        var agents = new TreeMap<AgentId, Integer>();
        for (int i = 0; i < 10; i++) {
            agents.put(new AgentId("agent-" + (char) ('a' + i)), 1 + i % 3);
        }
        return agents;
    }

    private void signIn(Map<AgentId, Integer> capacities) {
        WrapUpFixture server = servers.getFirst();
        capacities.forEach((agent, capacity) -> {
            server.take(server.event("agent.signed-in", agent.value(), "{'capacity': %d}".formatted(capacity)));
            server.take(server.event("agent.ready", agent.value(), "{}"));
        });
    }

    /** Answers which agents were seen with more than they can take, at whatever moment. */
    private Set<String> run(Race race, long seed) throws Exception {
        var clients = new ArrayList<Callable<Void>>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new RacingClient(race, seed * CLIENTS + i));
        }
        var over = new AtomicBoolean();
        var overloaded = new ConcurrentSkipListSet<String>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
                ExecutorService beside = Executors.newCachedThreadPool()) {
            var others = new ArrayList<Future<?>>();
            others.add(beside.submit(() -> {
                while (!over.get()) {
                    next(race.looks);
                    overloaded.addAll(owner.queryForList(OVERLOADED, String.class, Timestamp.from(clock.instant())));
                }
            }));
            servers.forEach(server -> others.add(beside.submit(() -> {
                while (!over.get()) {
                    race.sweeps.acquireUninterruptibly();
                    server.uptime.beat();
                    server.work();
                }
            })));
            try {
                for (Future<Void> client : threads.invokeAll(clients)) {
                    client.get();
                }
            } finally {
                over.set(true);
                race.looks.release();
                race.sweeps.release(servers.size());
            }
            for (Future<?> other : others) {
                other.get();
            }
        }
        return overloaded;
    }

    private static void next(Semaphore looks) {
        looks.acquireUninterruptibly();
        looks.drainPermits();
    }

    /** What is on ends, and all deadlines pass. */
    private void comeToRest(Race race) {
        var client = new RacingClient(race, 0);
        for (Call call = race.on.poll(); call != null; call = race.on.poll()) {
            client.end(call);
        }
        while (clock.instant().isBefore(lastDue())) {
            clock.advance(BEAT);
            for (WrapUpFixture server : servers) {
                server.uptime.beat();
                server.work();
            }
        }
        whatIsPlannedIsWhatWrapUpsSay();
    }

    /** A while after the last window and the last time for taking back; drafts are made by nobody here, and what is owed stays so. */
    private Instant lastDue() {
        Timestamp last = owner.queryForObject(
                "SELECT max(due_at) FROM due_work WHERE kind IN (?, ?)",
                Timestamp.class,
                Situations.DEADLINE,
                Situations.FINAL);
        return last == null ? Instant.MIN : last.toInstant().plus(BEAT.multipliedBy(2));
    }

    private List<WrapUp> wrapUps() {
        WrapUpFixture server = servers.getFirst();
        List<WrapUpId> ids = owner.query("SELECT wrap_up_id FROM wrap_up", (rs, n) -> new WrapUpId(rs.getString(1)));
        return server.tenancy.in(
                TENANT,
                () -> new WrapUpRepository(server.jdbc).byIds(TENANT, ids).get());
    }

    private void whatIsPlannedIsWhatWrapUpsSay() {
        var said = new TreeMap<String, Instant>();
        List<WrapUp> all = wrapUps();
        for (WrapUp wrapUp : all) {
            Instant deadline = Situations.deadline(Situation.of(Agent.unknown(wrapUp.agent()), all), wrapUp);
            if (deadline != null) {
                said.put(Situations.DEADLINE + " " + wrapUp.id(), deadline);
            }
            Instant finalAt = Situations.finalAt(wrapUp);
            if (finalAt != null) {
                said.put(Situations.FINAL + " " + wrapUp.id(), finalAt);
            }
            Instant debtDueAt = Situations.debtDueAt(wrapUp);
            if (debtDueAt != null) {
                said.put(Situations.DEBT + " " + wrapUp.id(), debtDueAt);
            }
        }
        var planned = new TreeMap<String, Instant>();
        owner.query(
                "SELECT kind || ' ' || id AS work, due_at FROM due_work WHERE kind LIKE 'wrapup.%'",
                rs -> {
                    planned.put(rs.getString("work"), rs.getTimestamp("due_at").toInstant());
                });
        assertThat(planned).as("due work").isEqualTo(said);
    }

    /** Each version of a record was written once, and each text is there unless a later version replaced it. */
    private void whatWasWrittenIsThere(Iterable<Write> writes) {
        var texts = new HashMap<WrapUpId, Map<String, Write>>();
        for (Write write : writes) {
            texts.computeIfAbsent(write.wrapUp(), id -> new TreeMap<>())
                    .merge(write.part(), write, (a, b) -> a.version() > b.version() ? a : b);
        }
        Map<String, List<Long>> versions = versions();
        Map<String, Set<Long>> accepted = new TreeMap<>();
        for (Write write : writes) {
            assertThat(accepted.computeIfAbsent(write.wrapUp().value(), id -> new TreeSet<>())
                            .add(write.version()))
                    .as("version %d of %s is written by one alone", write.version(), write.wrapUp())
                    .isTrue();
        }
        accepted.forEach((id, its) -> assertThat(versions.get(id))
                .as("versions of %s in the trail", id)
                .containsAll(its));
        for (WrapUp wrapUp : wrapUps()) {
            WrapUpView view = servers.getFirst().wrapUps.get(SAM, wrapUp.id());
            List<Long> its = versions.getOrDefault(wrapUp.id().value(), List.of());
            assertThat(its).as("versions of %s", wrapUp.id()).isEqualTo(upTo(view.version()));
            texts.getOrDefault(wrapUp.id(), Map.of())
                    .forEach(
                            (part, write) -> assertThat(view.record().path(part).asString(""))
                                    .as("%s of %s", part, wrapUp.id())
                                    .isEqualTo(write.text()));
        }
    }

    /** Of each record, in the order in which the trail has them. */
    private Map<String, List<Long>> versions() {
        var versions = new TreeMap<String, List<Long>>();
        owner.query("""
                SELECT e.subject, c.content ->> 'version' AS version
                  FROM audit_entry AS e JOIN audit_content AS c USING (tenant_id, recorded_at, number)
                 WHERE e.kind IN ('wrapup.record-changed', 'wrapup.confirmed') AND c.content ->> 'version' IS NOT NULL
                 ORDER BY e.xid, e.number
                """, rs -> {
            versions.computeIfAbsent(rs.getString("subject").substring("wrap-up:".length()), id -> new ArrayList<>())
                    .add(rs.getLong("version"));
        });
        return versions;
    }

    private static List<Long> upTo(long last) {
        var all = new ArrayList<Long>();
        for (long version = 1; version <= last; version++) {
            all.add(version);
        }
        return all;
    }

    /** One announcement; those of one transaction have the same sequence, which is the last one's. */
    private record Said(String type, String wrapUp, String transaction, long sequence) {}

    private void everyChangeOfAWrapUpWentByTheOneBefore() {
        Map<String, List<Said>> all = owner
                .query(
                        """
                        SELECT type, subject, xid::text AS xid, (data ->> 'sequence')::bigint AS sequence
                          FROM domain_event WHERE type LIKE 'wrapup.%' ORDER BY xid, number
                        """,
                        (rs, n) -> new Said(
                                rs.getString("type").substring("wrapup.".length()),
                                rs.getString("subject"),
                                rs.getString("xid"),
                                rs.getLong("sequence")))
                .stream()
                .collect(Collectors.groupingBy(Said::wrapUp));
        for (WrapUp wrapUp : wrapUps()) {
            List<Said> said = all.getOrDefault(wrapUp.id().value(), List.of());
            for (int i = 0; i < said.size(); i++) {
                int last = i;
                while (last + 1 < said.size() && said.get(last + 1).transaction.equals(said.get(i).transaction)) {
                    last++;
                }
                assertThat(said.get(i).sequence)
                        .as("the sequence at %d of %s", i, said)
                        .isEqualTo(last + 1L);
            }
            assertThat(wrapUp.sequence()).as("the sequence of %s", wrapUp.id()).isEqualTo(said.size());
            confirmedOnceBetweenReopenings(wrapUp, said.stream().map(Said::type).toList());
        }
    }

    private static void confirmedOnceBetweenReopenings(WrapUp wrapUp, List<String> said) {
        boolean confirmed = false;
        for (String type : said) {
            if (type.equals("confirmed")) {
                assertThat(confirmed).as("confirmed twice: %s", said).isFalse();
                confirmed = true;
            } else if (type.equals("reopened")) {
                assertThat(confirmed).as("reopened and not confirmed: %s", said).isTrue();
                confirmed = false;
            }
        }
        boolean isCompleted = wrapUp.state() instanceof WrapUpState.Completed;
        assertThat(confirmed).as("confirmed: %s", said).isEqualTo(isCompleted);
        assertThat(said.stream().filter("completed"::equals).count())
                .as("completed: %s", said)
                .isEqualTo(isCompleted ? 1 : 0);
    }

    private void agentsCarryWhatIsHeldAndOweWhatIsOwed() {
        assertThat(owner.queryForList(OVERLOADED, String.class, Timestamp.from(clock.instant())))
                .as("overloaded at the end")
                .isEmpty();
        assertThat(differences("""
                SELECT a.agent_id || ' carries ' || a.carried || ', its legs ' || coalesce(l.units, 0)
                  FROM agent AS a
                  LEFT JOIN (SELECT agent_id, sum(CASE WHEN ended_at IS NULL THEN units ELSE held_units END) AS units
                               FROM leg WHERE released_at IS NULL GROUP BY agent_id) AS l USING (agent_id)
                 WHERE a.carried <> coalesce(l.units, 0)
                """)).isEmpty();
        assertThat(differences("""
                SELECT a.agent_id || ' owes ' || a.owed || ', its records ' || coalesce(w.records, 0)
                  FROM agent AS a
                  LEFT JOIN (SELECT agent_id, count(*) AS records
                               FROM wrap_up
                              WHERE status = 'DEFERRED' AND owner = 'AGENT' AND cause <> 'UNASKED'
                              GROUP BY agent_id) AS w USING (agent_id)
                 WHERE a.owed <> coalesce(w.records, 0)
                """)).isEmpty();
        assertThat(differences("""
                SELECT coalesce(l.interaction_id || '/' || l.leg_id, w.wrap_up_id)
                  FROM leg AS l
                  FULL JOIN wrap_up AS w USING (tenant_id, interaction_id, leg_id)
                 WHERE l.leg_id IS NULL OR w.leg_id IS NULL OR l.agent_id <> w.agent_id
                    OR (l.released_at IS NULL) <> (w.released_at IS NULL)
                """))
                .as("legs and wrap-ups that do not belong together")
                .isEmpty();
    }

    private List<String> differences(String query) {
        return owner.query(query, (rs, n) -> rs.getString(1));
    }

    /** Else it would prove nothing. */
    private static void everyKindOfWorkWasDone(Race race) {
        Map<String, Integer> least = Map.of(
                "reserved",
                30,
                "ended",
                20,
                "transferred",
                1,
                "patched",
                30,
                "confirmed",
                10,
                "reopened",
                1,
                "extended",
                1,
                "deferred",
                1,
                "overridden",
                1,
                "wanted",
                10);
        least.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(kind -> assertThat(race.count(Set.of(kind.getKey())))
                        .as(kind.getKey())
                        .isGreaterThanOrEqualTo((long) kind.getValue() * OPERATIONS / 1000));
    }

    /** Also those that were tried again and so reached nobody. Closing its connections brings a server's counts home. */
    private long deadlocks() {
        Long deadlocks = owner.queryForObject(
                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()", Long.class);
        return deadlocks == null ? 0 : deadlocks;
    }
}
