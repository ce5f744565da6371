package org.afterword.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reservations, and deadlines that fall due one after another, on a floor where half the agents are available and half in open windows.
 * What is asked of it is the same whatever its size.
 */
final class Gate {
    static final int SMALL = 5_000;
    static final int LARGE = 10 * SMALL;
    static final int DUE_PER_SECOND = 50;
    static final int CONNECTIONS = 8;

    /** What the large floor may take, as a multiple of the small one. */
    static final double LIMIT = 1.3;

    /** From opening the windows that fall due until the first does: reservations warm up meanwhile. */
    private static final Duration LEAD = Duration.ofSeconds(30);

    private static final Duration WINDOW = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH = 500;
    private static final int FILLERS = 4;

    private static final String CATALOG = """
            queues:
              - {code: near, label: Near}
              - {code: far, label: Far}
            policies:
              - {code: near, label: Near, when: {queue: near}, settings: {mode: TIMEBOXED, windowSeconds: %d, atDeadline: DEFER, noResponseSeconds: 0}}
              - {code: far, label: Far, when: {queue: far}, settings: {mode: TIMEBOXED, windowSeconds: 7200, atDeadline: DEFER, noResponseSeconds: 0}}
            """.formatted(WINDOW.toSeconds());

    /** As {@code AgentRepository} locks the first that is offerable. */
    private static final String OFFERABLE = """
            PREPARE offerable (text, text[], text[], timestamptz, boolean, bigint, text) AS
            SELECT agent_id
              FROM (SELECT a.agent_id
                      FROM agent a
                     WHERE a.tenant_id = $1 AND a.wants_work AND a.carried < a.capacity AND a.skills @> $2
                       AND a.agent_id <> ALL ($3)
                       AND a.capacity - a.carried - coalesce((SELECT sum(r.units) FROM reservation r
                                                               WHERE r.tenant_id = a.tenant_id AND r.agent_id = a.agent_id
                                                                 AND r.ended_at IS NULL AND r.expires_at > $4), 0)
                           >= CASE WHEN $5 THEN a.capacity ELSE 1 END
                     ORDER BY a.idle_since, a.agent_id
                     LIMIT $6) AS candidates
             WHERE pg_try_advisory_xact_lock(hashtextextended($7 || agent_id, 0))
             LIMIT 1
            """;

    /** As {@code DueWork} claims what is due. */
    private static final String CLAIM = """
            PREPARE claim (timestamptz, text, timestamptz, bigint) AS
            UPDATE due_work AS w
               SET leased_until = $1, attempts = w.attempts + 1
             WHERE w.ctid = ANY (ARRAY (
                       SELECT ctid
                         FROM due_work
                        WHERE kind = $2 AND due_at <= $3 AND (leased_until IS NULL OR leased_until <= $3)
                        ORDER BY due_at
                        LIMIT $4
                          FOR UPDATE SKIP LOCKED))
         RETURNING w.id
            """;

    /**
     * @param one       from sending a reservation to the answer, one after another
     * @param several   the same, on several connections at once
     * @param cancelled from giving it back to the answer
     * @param late      how late deadlines took effect, as the database has it
     * @param announced until that came on the stream
     * @param failed    how often which request went wrong
     * @param use       while it was measured
     * @param plans     how the database answers what is asked most
     */
    record Figures(
            int agents,
            int available,
            int windows,
            int due,
            Latencies one,
            Latencies several,
            Latencies cancelled,
            Latencies late,
            Latencies announced,
            Map<String, Integer> failed,
            Server.Use use,
            Map<String, List<String>> plans) {}

    private final Server server;
    private final Client client;
    private final int agents;
    private final Duration measured;
    private final int due;
    private final Map<String, Instant> deadlines = new ConcurrentHashMap<>();
    private final Latencies announced = new Latencies();
    private final Latencies cancelled = new Latencies();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private final AtomicInteger contacts = new AtomicInteger();

    private Gate(Server server, int agents, Duration measured) {
        this.server = server;
        this.client = server.client();
        this.agents = agents;
        this.measured = measured;
        this.due = Math.toIntExact(DUE_PER_SECOND * measured.toSeconds());
        // all of them have ended before they are told of
        if (due > windows() || LEAD.plus(measured).compareTo(WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "%d agents have no %d windows within %s".formatted(agents, due, measured));
        }
    }

    private int windows() {
        return agents / 2;
    }

    static Figures measure(Server server, int agents, Duration measured)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        var gate = new Gate(server, agents, measured);
        gate.client.putCatalog(CATALOG);
        gate.fill();
        server.awaitQuiet();
        // a floor fills over hours: what the database has left to do of that is not to be measured
        try (Connection connection = server.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE)");
            statement.execute("CHECKPOINT");
        }
        server.awaitQuiet();
        try (var _ = Announcements.listen(gate.client, gate::heard)) {
            return gate.run();
        }
    }

    /** Signs everybody in: first those whose windows will fall due, then those whose windows will not, then those who are available. */
    private void fill() throws InterruptedException, ExecutionException {
        Instant began = Instant.now().minusSeconds(60);
        inBatches(agents, agent -> {
            var events = new ArrayList<String>();
            // apart, so that there is one order of who has been idle longest
            Instant at = began.plusNanos(agent * 1000L);
            events.add(event("agent.signed-in", name(agent), at, "{}"));
            if (agent >= due) {
                events.add(event("agent.ready", name(agent), at.plusSeconds(1), "{}"));
            }
            if (agent >= due && agent < windows()) {
                events.addAll(contact("far", agent, at.plusSeconds(2), at.plusSeconds(50)));
            }
            return events;
        });
    }

    private Figures run() throws IOException, InterruptedException, ExecutionException, SQLException {
        Instant zero = Instant.now().plus(LEAD);
        inBatches(due, agent -> {
            Instant ended = zero.minus(WINDOW).plusNanos(agent * 1_000_000_000L / DUE_PER_SECOND);
            var events = new ArrayList<String>();
            events.add(event("agent.ready", name(agent), ended.minusSeconds(2), "{}"));
            events.addAll(contact("near", agent, ended.minusSeconds(1), ended));
            deadlines.put("near-" + agent, ended.plus(WINDOW));
            return events;
        });
        Instant opened = Instant.now();
        // no window ends within ten seconds after its end became known
        if (opened.plusSeconds(10).isAfter(zero)) {
            throw new IOException("opening %,d windows took too long".formatted(due));
        }
        reserve(
                CONNECTIONS,
                new Latencies(),
                opened.plus(Duration.between(opened, zero).dividedBy(2)));
        reserve(1, new Latencies(), zero);
        cancelled.clear();
        failed.clear();
        Server.Use before = server.use();
        var one = new Latencies();
        var several = new Latencies();
        reserve(1, one, zero.plus(measured.dividedBy(2)));
        reserve(CONNECTIONS, several, zero.plus(measured));
        Server.Use use = server.use().since(before);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (announced.count() < due && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        try (Connection connection = server.database().connect();
                Statement statement = connection.createStatement()) {
            return new Figures(
                    agents,
                    agents - windows(),
                    windows(),
                    due,
                    one,
                    several,
                    cancelled,
                    late(statement),
                    announced,
                    Map.copyOf(failed),
                    use,
                    plans(connection, statement));
        }
    }

    private void heard(Announcements.Heard heard) {
        if (heard.type().equals("wrapup.deferred")) {
            Instant deadline = deadlines.remove(heard.interaction());
            if (deadline != null) {
                announced.record(Duration.between(deadline, Instant.now()));
            }
        }
    }

    /** Reserves and gives back again, each connection as fast as it is answered, until then. */
    private void reserve(int connections, Latencies times, Instant until)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            Callable<Void> reserving = () -> {
                while (Instant.now().isBefore(until)) {
                    reserveOnce(times);
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, connections).mapToObj(_ -> reserving).toList())) {
                done.get();
            }
        }
    }

    private void reserveOnce(Latencies times) {
        String body = "{\"interactionId\":\"reserved-%d\",\"channel\":\"voice\"}".formatted(contacts.incrementAndGet());
        long began = System.nanoTime();
        HttpResponse<String> reserved =
                client.post("/api/v1/routing/reservations", body, null).join();
        if (reserved.statusCode() != 201) {
            failed.merge("reservation " + reserved.statusCode(), 1, Integer::sum);
            return;
        }
        times.recordSince(began);
        String id = JsonMapper.shared().readTree(reserved.body()).path("id").asString();
        began = System.nanoTime();
        HttpResponse<String> gone =
                client.delete("/api/v1/routing/reservations/" + id).join();
        if (gone.statusCode() != 204) {
            failed.merge("giving back " + gone.statusCode(), 1, Integer::sum);
            return;
        }
        cancelled.recordSince(began);
    }

    private static Latencies late(Statement statement) throws SQLException {
        var late = new Latencies();
        try (var rows = statement.executeQuery("""
                SELECT round(extract(epoch FROM released_at - deadline) * 1000000)::bigint
                  FROM wrap_up WHERE interaction_id LIKE 'near-%' AND status = 'DEFERRED'
                """)) {
            while (rows.next()) {
                late.record(Duration.ofNanos(rows.getLong(1) * 1000));
            }
        }
        return late;
    }

    /**
     * Who is offerable, and what is due, as the server asks for it: with its own role, and under plans that know no arguments, since
     * those are what it comes to after a few times. Undone again.
     */
    private static Map<String, List<String>> plans(Connection connection, Statement statement) throws SQLException {
        connection.setAutoCommit(false);
        var plans = new TreeMap<String, List<String>>();
        try {
            statement.execute("SET LOCAL ROLE afterword_app");
            statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
            statement.execute("SELECT set_config('afterword.tenant', 'default', true)");
            statement.execute(OFFERABLE);
            statement.execute(CLAIM);
            plans.put(
                    "Whom to reserve",
                    plan(statement, "offerable('default', '{}', '{}', now(), true, 64, 'default/agent/')"));
            // as if it were later: then there are some
            plans.put(
                    "What is due", plan(statement, "claim(now(), 'wrapup.deadline', now() + interval '3 hours', 500)"));
        } finally {
            connection.rollback();
        }
        return plans;
    }

    /** Its nodes with times, rows and buffers, without what the planner reckoned. */
    private static List<String> plan(Statement statement, String execution) throws SQLException {
        var lines = new ArrayList<String>();
        try (var rows =
                statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF) EXECUTE " + execution)) {
            while (rows.next()) {
                String line = rows.getString(1);
                if (line.contains("actual rows")
                        || line.contains("never executed")
                        || line.contains("Index Cond:")
                        || line.contains("Buffers:") && lines.size() == 1
                        || line.contains("Execution Time")) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private interface Events {
        List<String> of(int number);
    }

    private void inBatches(int count, Events events) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        Callable<Void> sending = () -> {
            List<String> batch = new ArrayList<>();
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                batch.addAll(events.of(number));
                if (batch.size() >= BATCH) {
                    client.send(batch);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                client.send(batch);
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(FILLERS)) {
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, FILLERS).mapToObj(_ -> sending).toList())) {
                done.get();
            }
        }
    }

    private static String name(int agent) {
        return "agent-%05d".formatted(agent);
    }

    private static List<String> contact(String queue, int agent, Instant began, Instant ended) {
        String id = queue + "-" + agent;
        return List.of(
                event(
                        "interaction.started",
                        id,
                        began,
                        "{\"channel\":\"voice\",\"direction\":\"inbound\",\"queue\":\"%s\"}".formatted(queue)),
                event("interaction.connected", id, began, "{\"agentId\":\"%s\"}".formatted(name(agent))),
                event("interaction.ended", id, ended, "{\"endedBy\":\"customer\"}"));
    }

    private static String event(String type, String subject, Instant at, String data) {
        return "{\"specversion\":\"1.0\",\"source\":\"/benchmarks\",\"id\":\"%1$s/%2$s\",\"type\":\"%2$s\",\"subject\":\"%1$s\",\"time\":\"%3$s\",\"data\":%4$s}"
                .formatted(subject, type, at, data);
    }
}
