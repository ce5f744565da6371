package org.afterword.benchmarks;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/**
 * What the database alone takes: the rows that the server has written of some events are written again, into tables with the same
 * columns, constraints and indexes, by a program that does nothing else. Rows that the server wrote more than once, such as an agent's, are
 * written once. The tables are emptied between the runs.
 */
final class Baselines {
    /** What the server writes in the transaction that takes events; drafts, figures and deliveries come later. */
    private static final List<String> TABLES = List.of(
            "event_key",
            "inbound_event",
            "interaction",
            "turn",
            "desktop_action",
            "agent",
            "agent_fact",
            "leg_fact",
            "leg",
            "wrap_up",
            "domain_event");

    private static final int RUNS = 3;

    /** A table's rows in the order they lie in, as composite literals and as lines of COPY, dealt evenly over the events. */
    private record Rows(String table, List<String> literals, List<String> lines) {
        int firstOf(int event, int events) {
            return (int) ((long) literals.size() * event / events);
        }
    }

    /**
     * Events per second.
     *
     * @param rowsPerEvent how many rows the server has written of an event
     * @param copied       rows of 500 events at a time by COPY, on one connection
     * @param copiedByFour the same on four connections
     * @param oneByOne     each event's rows in a transaction of their own, on eight connections
     */
    record Figures(double rowsPerEvent, double copied, double copiedByFour, double oneByOne) {}

    private final Database database;
    private final int events;
    private final List<Rows> rows = new ArrayList<>();

    /** How to reach the server's database as its owner. */
    record Database(String url, String user, String password) {
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    private Baselines(Database database, int events) {
        this.database = database;
        this.events = events;
    }

    /** @param events how many the server has taken, all that it ever took */
    static Figures measure(Database database, int events)
            throws SQLException, InterruptedException, ExecutionException {
        var baselines = new Baselines(database, events);
        baselines.prepare();
        int rows =
                baselines.rows.stream().mapToInt(table -> table.literals.size()).sum();
        return new Figures(
                (double) rows / events,
                baselines.median(1, 500, Baselines::copy),
                baselines.median(4, 500, Baselines::copy),
                baselines.median(8, 1, Baselines::insert));
    }

    private void prepare() throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS baseline CASCADE");
            statement.execute("CREATE SCHEMA baseline");
            for (String table : TABLES) {
                statement.execute("CREATE TABLE baseline.%1$s (LIKE public.%1$s INCLUDING ALL)".formatted(table));
                var literals = new ArrayList<String>();
                try (var found = statement.executeQuery(
                        "SELECT t::text FROM public.%s AS t ORDER BY tableoid, ctid".formatted(table))) {
                    while (found.next()) {
                        literals.add(found.getString(1));
                    }
                }
                rows.add(new Rows(table, literals, lines(connection, table, literals.size())));
            }
        }
    }

    private static List<String> lines(Connection connection, String table, int expected) throws SQLException {
        var lines = new ArrayList<String>(expected);
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT * FROM public.%s AS t ORDER BY tableoid, ctid) TO STDOUT".formatted(table));
        for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
            lines.add(new String(line, java.nio.charset.StandardCharsets.UTF_8));
        }
        return lines;
    }

    private interface Writer {
        /** Writes the rows of the events from {@code first} up to {@code end} and commits. */
        void write(Connection connection, List<Rows> tables, int first, int end, int events)
                throws SQLException, IOException;
    }

    private double median(int connections, int eventsAtOnce, Writer writer)
            throws SQLException, InterruptedException, ExecutionException {
        var figures = new ArrayList<Double>();
        for (int run = 0; run < RUNS; run++) {
            figures.add(run(connections, eventsAtOnce, writer));
        }
        return figures.stream().sorted().toList().get(RUNS / 2);
    }

    private double run(int connections, int eventsAtOnce, Writer writer)
            throws SQLException, InterruptedException, ExecutionException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute("TRUNCATE baseline." + table);
            }
            statement.execute("CHECKPOINT");
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            var open = new ArrayList<Connection>();
            for (int i = 0; i < connections; i++) {
                open.add(database.connect());
                open.getLast().setAutoCommit(false);
            }
            var writers = new ArrayList<Callable<Void>>();
            for (int i = 0; i < connections; i++) {
                int number = i;
                writers.add(() -> {
                    for (int first = number * eventsAtOnce; first < events; first += connections * eventsAtOnce) {
                        writer.write(open.get(number), rows, first, Math.min(events, first + eventsAtOnce), events);
                    }
                    return null;
                });
            }
            long began = System.nanoTime();
            for (Future<Void> written : threads.invokeAll(writers)) {
                written.get();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            for (Connection connection : open) {
                connection.close();
            }
            return events / seconds;
        }
    }

    private static void copy(Connection connection, List<Rows> tables, int first, int end, int events)
            throws SQLException, IOException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Rows table : tables) {
            List<String> lines = table.lines.subList(table.firstOf(first, events), table.firstOf(end, events));
            if (!lines.isEmpty()) {
                copy.copyIn("COPY baseline." + table.table + " FROM STDIN", new StringReader(String.join("", lines)));
            }
        }
        connection.commit();
    }

    private static void insert(Connection connection, List<Rows> tables, int first, int end, int events)
            throws SQLException {
        for (Rows table : tables) {
            List<String> literals = table.literals.subList(table.firstOf(first, events), table.firstOf(end, events));
            if (!literals.isEmpty()) {
                String insert =
                        "INSERT INTO baseline.%1$s OVERRIDING SYSTEM VALUE SELECT (r).* FROM (SELECT ?::public.%1$s AS r OFFSET 0) AS o"
                                .formatted(table.table);
                try (PreparedStatement statement = connection.prepareStatement(insert)) {
                    for (String literal : literals) {
                        statement.setString(1, literal);
                        statement.addBatch();
                    }
                    statement.executeBatch();
                }
            }
        }
        connection.commit();
    }
}
