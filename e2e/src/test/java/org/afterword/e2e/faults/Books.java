package org.afterword.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the program kept and what it sent out, read once nothing moves any more and compared with the {@link Ledger}. */
final class Books {
    private static final Duration LARGEST_CREDIT = Duration.ofSeconds(60);

    /** What the program promises: of a deadline, or of being ready again, until it has taken effect. */
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    /**
     * What is added where the program shares its processors with all agents of the floor, who send what they kept back as soon as it
     * is ready: the test looks for lost leases and growing pauses, and measures nothing.
     */
    private static final Duration SLACK = Duration.ofSeconds(5);

    /** Of a deadline, until it must have taken effect where the test does not know when the program could work. */
    private static final Duration VERY_LATE = Duration.ofSeconds(30);

    /** By the test's own measure, an outage that a beat more or less does not hide. */
    private static final Duration SURELY_CREDITED = Duration.ofSeconds(8);

    private static final Set<String> SENT_TO_WEBHOOKS = Set.of("wrapup.completed", "wrapup.deferred", "wrapup.expired");
    private static final Set<String> EFFECTS = Set.of("wrapup.overdue", "wrapup.deferred", "wrapup.expired");

    private record WrapUp(
            String id,
            String call,
            String agent,
            String status,
            @Nullable Instant deadline,
            @Nullable Instant endedAt,
            Duration grace,
            List<Credit> credits,
            @Nullable String summary) {}

    private record Credit(String kind, Duration length, Instant at) {}

    private record Happening(
            String position,
            String type,
            Instant at,
            String wrapUp,
            String status,
            long sequence,
            @Nullable Instant deadline,
            boolean cut) {}

    private final Ledger ledger;
    private final Receiver receiver;
    private final Path outbox;
    private final List<String> wrong = new ArrayList<>();
    private int effectsByDeadline;
    private int deliveries;
    private int credits;
    private final Map<String, WrapUp> wrapUps = new HashMap<>();
    private final Map<String, List<Happening>> happenings = new HashMap<>();
    private Instant now = Instant.EPOCH;

    private Books(Ledger ledger, Receiver receiver, Path outbox) {
        this.ledger = ledger;
        this.receiver = receiver;
        this.outbox = outbox;
    }

    /**
     * Everything that is not as it has to be, in words; nothing if all is well.
     *
     * @param outages    when the program could do nothing, as the test knows it
     * @param least      what must have happened; then {@code outages} are all there were, and beside them deadlines take effect in time.
     *                   Null where the test cannot say
     * @param clockMoves whether the database's clock was stepped, so that times in the books do not say how long things took
     */
    static List<String> audit(
            Ledger ledger,
            Receiver receiver,
            Path outbox,
            Connection database,
            List<Outage> outages,
            boolean clockMoves,
            @Nullable Least least)
            throws SQLException, IOException {
        var books = new Books(ledger, receiver, outbox);
        books.read(database);
        books.events(database);
        books.turns(database);
        books.legs();
        books.records();
        books.deliveries();
        books.histories();
        books.trail(database);
        if (!clockMoves) {
            books.deadlines(least == null ? null : outages);
            books.credits(outages);
        }
        if (least != null) {
            books.enough(least, outages);
        }
        Trial.say("%d deadlines took effect, %d windows got time back, %d things were delivered"
                .formatted(books.effectsByDeadline, books.credits, books.deliveries));
        books.wrong.addAll(ledger.violations());
        return books.wrong;
    }

    /** @param until when the program was ready again */
    record Outage(String fault, Instant from, Instant until) {
        Duration length() {
            return Duration.between(from, until);
        }

        boolean stopsTheProgram() {
            return fault.contains("PROGRAM") || fault.contains("BOTH");
        }
    }

    /**
     * What a run must have seen for its checks to say something.
     *
     * @param credits if some outage of the program was long enough
     */
    record Least(int effectsByDeadline, int deliveries, int credits) {}

    private void enough(Least least, List<Outage> outages) {
        wrong(effectsByDeadline < least.effectsByDeadline, "only %d deadlines took effect", effectsByDeadline);
        wrong(deliveries < least.deliveries, "only %d things were delivered", deliveries);
        boolean someWasLong = outages.stream()
                .anyMatch(outage -> outage.stopsTheProgram() && outage.length().compareTo(SURELY_CREDITED) >= 0);
        wrong(someWasLong && credits < least.credits, "only %d windows got time back in %s", credits, outages);
    }

    /** How many deadlines and deliveries are still to come, or will be once the program has read what happened. */
    static long underWay(Connection database) throws SQLException {
        return count(database, "SELECT count(*) FROM delivery WHERE state = 'pending'")
                + count(database, "SELECT count(*) FROM wrap_up WHERE status = 'OPEN' AND deadline IS NOT NULL")
                + count(database, "SELECT count(*) FROM wrap_up WHERE status = 'COMPLETED' AND NOT is_final")
                + count(database, """
                        SELECT count(*) FROM domain_event e
                         WHERE (e.xid, e.number) > (SELECT xid, number FROM event_cursor WHERE consumer = 'delivery')
                           AND type IN ('wrapup.completed', 'wrapup.deferred', 'wrapup.expired')
                        """);
    }

    private static long count(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** As the database's owner, whom no row-level policy holds. */
    static Connection open(Path home) throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%s/afterword"
                        .formatted(Files.readString(home.resolve("port")).strip()),
                "afterword_owner",
                Files.readString(home.resolve("afterword_owner.password")));
    }

    private void wrong(boolean isWrong, String what, @Nullable Object... values) {
        if (isWrong) {
            wrong.add(what.formatted(values));
        }
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection database, String sql, Row reader) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private void read(Connection database) throws SQLException {
        each(
                database,
                "SELECT clock_timestamp() AS now",
                row -> now = row.getTimestamp("now").toInstant());
        each(database, """
                SELECT w.*, r.record ->> 'summary' AS summary
                  FROM wrap_up w LEFT JOIN wrap_up_record r USING (tenant_id, wrap_up_id)
                """, row -> {
            String policy = row.getString("policy");
            var credits = new ArrayList<Credit>();
            for (JsonNode credit : Api.JSON.readTree(row.getString("credits"))) {
                credits.add(new Credit(
                        credit.path("kind").asString(),
                        Duration.parse(credit.path("length").asString()),
                        Instant.parse(credit.path("at").asString())));
            }
            var wrapUp = new WrapUp(
                    row.getString("wrap_up_id"),
                    row.getString("interaction_id"),
                    row.getString("agent_id"),
                    row.getString("status"),
                    instant(row.getTimestamp("deadline")),
                    instant(row.getTimestamp("ended_at")),
                    policy == null
                            ? Duration.ZERO
                            : Duration.parse(
                                    Api.JSON.readTree(policy).path("grace").asString("PT0S")),
                    credits,
                    row.getString("summary"));
            wrapUps.put(wrapUp.id, wrapUp);
        });
        each(database, """
                SELECT xid, number, type, recorded_at, subject, data FROM domain_event
                 WHERE type LIKE 'wrapup.%' OR type = 'gate.leaked' ORDER BY number
                """, row -> {
            JsonNode data = Api.JSON.readTree(row.getString("data"));
            if (row.getString("type").equals("gate.leaked")) {
                wrong(
                        true,
                        "the gate leaked, told at %s: %s%n%s",
                        row.getString("recorded_at"),
                        data,
                        course(database, row.getString("subject")));
            }
            String deadline = data.path("deadline").asString(null);
            happenings
                    .computeIfAbsent(row.getString("subject"), _ -> new ArrayList<>())
                    .add(new Happening(
                            row.getString("xid") + "-" + row.getString("number"),
                            row.getString("type"),
                            row.getTimestamp("recorded_at").toInstant(),
                            row.getString("subject"),
                            data.path("status").asString(""),
                            data.path("sequence").asLong(),
                            deadline == null ? null : Instant.parse(deadline),
                            data.path("figures").path("cut").asBoolean(false)));
        });
        happenings.remove(""); // none; leaks have agents as subjects, and are told above
    }

    /** What the agent did and what happened to it lately, to tell why. */
    private static String course(Connection database, String agent) throws SQLException {
        var lines = new ArrayList<String>();
        each(
                database,
                """
                (SELECT recorded_at AS at, number, type || ' ' || data AS what FROM domain_event
                  WHERE subject = '%1$s' OR data ->> 'agentId' = '%1$s' ORDER BY number DESC LIMIT 14)
                UNION ALL
                (SELECT received_at, 0, 'received ' || type || ' ' || subject || ' of ' || occurred_at || ' ' || data FROM inbound_event
                  WHERE data ->> 'agentId' = '%1$s' ORDER BY received_at DESC LIMIT 14)
                UNION ALL
                (SELECT started_at, 0, 'leg ' || interaction_id || ' ended ' || coalesce(ended_at::text, '-') || ' released ' || coalesce(released_at::text, '-')
                   FROM leg WHERE agent_id = '%1$s')
                UNION ALL
                (SELECT reserved_at, 0, 'reservation ' || interaction_id || ' expires ' || expires_at || ' ended ' || coalesce(ended_at::text, '-')
                   FROM reservation WHERE agent_id = '%1$s')
                ORDER BY 1, 2
                """.formatted(agent),
                row -> lines.add("  " + row.getString("at") + " "
                        + row.getString("what").replaceAll("\\{.*\"status\"", "…\"status\"")));
        return String.join(System.lineSeparator(), lines);
    }

    /** Accepted is there once; what nobody answered for is there once or not at all. */
    private void events(Connection database) throws SQLException {
        var counts = new HashMap<String, Integer>();
        each(
                database,
                "SELECT event_id FROM inbound_event WHERE source = '%s'".formatted(Floor.SOURCE),
                row -> counts.merge(row.getString("event_id"), 1, Integer::sum));
        Set<String> missing = new HashSet<>(ledger.accepted());
        missing.removeAll(counts.keySet());
        wrong(!missing.isEmpty(), "%d accepted events are gone, such as %s", missing.size(), some(missing));
        Set<String> twice = counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        wrong(!twice.isEmpty(), "%d events are there twice, such as %s", twice.size(), some(twice));
        Set<String> invented = new HashSet<>(counts.keySet());
        invented.removeAll(ledger.sent());
        wrong(!invented.isEmpty(), "nobody sent %s", some(invented));
        long rejected = count(database, "SELECT count(*) FROM rejected_event");
        wrong(rejected > 0, "%d events were set aside", rejected);
    }

    private void turns(Connection database) throws SQLException {
        var found = new HashMap<String, Set<Integer>>();
        each(database, "SELECT interaction_id, turn_number, text FROM turn", row -> {
            String call = row.getString("interaction_id");
            int turn = row.getInt("turn_number");
            wrong(
                    !found.computeIfAbsent(call, _ -> new HashSet<>()).add(turn),
                    "turn %d of %s is there twice",
                    turn,
                    call);
            wrong(
                    !Words.said(call, turn).equals(row.getString("text")),
                    "turn %d of %s reads: %s",
                    turn,
                    call,
                    row.getString("text"));
        });
        ledger.turns().forEach((call, count) -> {
            int there = found.getOrDefault(call, Set.of()).size();
            wrong(there != count, "%s has %d turns and not %d", call, there, count);
        });
    }

    /** Each leg has its one wrap-up, open once the leg has ended and not before. */
    private void legs() {
        var found = new HashMap<Ledger.Leg, List<WrapUp>>();
        wrapUps.values()
                .forEach(wrapUp -> found.computeIfAbsent(
                                new Ledger.Leg(wrapUp.call, wrapUp.agent), _ -> new ArrayList<>())
                        .add(wrapUp));
        for (Ledger.Leg leg : ledger.legs()) {
            List<WrapUp> its = found.getOrDefault(leg, List.of());
            wrong(its.size() != 1, "%s has %d wrap-ups", leg, its.size());
            boolean ended = ledger.ended().contains(leg);
            for (WrapUp wrapUp : its) {
                wrong(
                        wrapUp.status.equals("PREPARING") == ended,
                        "%s, whose wrap-up is %s, %s",
                        leg,
                        wrapUp.status,
                        ended ? "has ended" : "is on");
            }
        }
        found.keySet().removeAll(ledger.legs());
        wrong(!found.isEmpty(), "there are wrap-ups of legs that never were: %s", found.keySet());
    }

    /** What an agent was told is stored, is stored; nothing is completed that nobody completed. */
    private void records() {
        ledger.typed().forEach((id, text) -> {
            WrapUp wrapUp = wrapUps.get(id);
            wrong(
                    wrapUp == null || !text.summary().equals(wrapUp.summary),
                    "%s should say “%s” and is %s",
                    id,
                    text.summary(),
                    wrapUp);
        });
        for (WrapUp wrapUp : wrapUps.values()) {
            wrong(
                    wrapUp.status.equals("COMPLETED") != ledger.completed().containsKey(wrapUp.id),
                    "%s is %s, and its agent %s confirmed it",
                    wrapUp.id,
                    wrapUp.status,
                    ledger.completed().containsKey(wrapUp.id) ? "has" : "never");
        }
    }

    private void deliveries() throws IOException {
        var received = new HashMap<String, List<JsonNode>>();
        receiver.bodies().values().forEach(body -> {
            JsonNode event = Api.JSON.readTree(body);
            received.computeIfAbsent(event.path("id").asString(), _ -> new ArrayList<>())
                    .add(event);
        });
        received.forEach(
                (id, events) -> wrong(events.size() > 1, "%s left by the webhook under %d ids", id, events.size()));
        Set<String> due = happenings.values().stream()
                .flatMap(List::stream)
                .filter(h -> SENT_TO_WEBHOOKS.contains(h.type))
                .map(Happening::position)
                .collect(Collectors.toSet());
        wrong(
                received.size() != due.size(),
                "%d things were to be sent by the webhook and %d came",
                due.size(),
                received.size());
        deliveries = received.size();
        completions(
                "by the webhook",
                received.values().stream().flatMap(List::stream).toList());
        completions("into the file", lines());
    }

    /** Each confirmed record left once, as it was confirmed last, and no other did. */
    private void completions(String way, List<JsonNode> events) {
        var left = new HashMap<String, Integer>();
        for (JsonNode event : events) {
            if (event.path("type").asString().equals("wrapup.completed")) {
                String id = event.path("data").path("wrapUpId").asString();
                left.merge(id, 1, Integer::sum);
                Ledger.Text text = ledger.completed().get(id);
                String summary =
                        event.path("data").path("record").path("summary").asString("");
                wrong(
                        text == null || !text.summary().equals(summary),
                        "%s left %s as “%s” and was confirmed as %s",
                        id,
                        way,
                        summary,
                        text);
            }
        }
        left.forEach((id, times) -> wrong(times > 1, "%s left %d times %s", id, times, way));
        Set<String> missing = new HashSet<>(ledger.completed().keySet());
        missing.removeAll(left.keySet());
        wrong(
                !missing.isEmpty(),
                "%d confirmed records did not leave %s, such as %s",
                missing.size(),
                way,
                some(missing));
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        var ids = new HashSet<String>();
        try (Stream<Path> files = Files.walk(outbox)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                wrong(!Files.readString(file).endsWith("\n"), "%s ends within a line", file);
                for (String line : Files.readAllLines(file)) {
                    try {
                        JsonNode read = Api.JSON.readTree(line);
                        lines.add(read);
                        String id = read.path("deliveryid").asString();
                        wrong(!ids.add(id), "delivery %s is in the file twice", id);
                    } catch (JacksonException e) {
                        wrong.add("a line of the file is torn: " + line);
                    }
                }
            }
        }
        return lines;
    }

    /** A wrap-up begins once, opens once, is completed once, and no change of it is told twice. */
    private void histories() {
        for (WrapUp wrapUp : wrapUps.values()) {
            List<Happening> its = happenings.getOrDefault(wrapUp.id, List.of());
            Set<Long> sequences = its.stream().map(Happening::sequence).collect(Collectors.toSet());
            wrong(sequences.size() != its.size(), "changes of %s are told twice: %s", wrapUp.id, its);
            for (String once : List.of("wrapup.preparing", "wrapup.opened", "wrapup.completed", "wrapup.expired")) {
                long times = its.stream().filter(h -> h.type.equals(once)).count();
                long most = once.equals("wrapup.opened") && wrapUp.status.equals("PREPARING") ? 0 : 1;
                wrong(times > most, "%s: %d times %s", wrapUp.id, times, once);
            }
            wrong(
                    its.stream().noneMatch(h -> h.type.equals("wrapup.opened")) && !wrapUp.status.equals("PREPARING"),
                    "%s is %s and never opened",
                    wrapUp.id,
                    wrapUp.status);
            wrong(
                    wrapUp.status.equals("EXPIRED") && its.stream().noneMatch(h -> h.type.equals("wrapup.expired")),
                    "%s expired and nobody was told",
                    wrapUp.id);
            wrong(
                    ledger.deferredByAgent().contains(wrapUp.id)
                            && its.stream().noneMatch(h -> h.type.equals("wrapup.deferred")),
                    "%s was deferred by its agent and nobody was told",
                    wrapUp.id);
            String status = "";
            for (Happening happening : sorted(its)) {
                boolean effect = EFFECTS.contains(happening.type);
                wrong(
                        effect && !status.equals("OPEN") && !status.equals("OVERDUE"),
                        "%s: %s came when it was %s already",
                        wrapUp.id,
                        happening.type,
                        status);
                status = happening.status;
            }
        }
    }

    private static List<Happening> sorted(List<Happening> happenings) {
        return happenings.stream()
                .sorted(Comparator.comparingLong(Happening::sequence))
                .toList();
    }

    /**
     * None took effect before its time, and none that has passed did not.
     *
     * @param outages null if others may have been
     */
    private void deadlines(@Nullable List<Outage> outages) {
        for (WrapUp wrapUp : wrapUps.values()) {
            for (Happening happening : happenings.getOrDefault(wrapUp.id, List.of())) {
                boolean byDeadline =
                        happening.type.equals("wrapup.overdue") || EFFECTS.contains(happening.type) && happening.cut;
                if (byDeadline) {
                    effectsByDeadline++;
                    Instant latest = happening.deadline == null || outages == null
                            ? Instant.MAX
                            : latest(happening.deadline.plus(wrapUp.grace), outages);
                    wrong(
                            happening.at.isAfter(latest),
                            "%s: %s at %s, later than %s, by its deadline %s and a grace of %s with the outages %s",
                            wrapUp.id,
                            happening.type,
                            happening.at,
                            latest,
                            happening.deadline,
                            wrapUp.grace,
                            outages);
                    wrong(
                            happening.deadline == null || happening.at.isBefore(happening.deadline.plus(wrapUp.grace)),
                            "%s: %s at %s, before its deadline %s and a grace of %s",
                            wrapUp.id,
                            happening.type,
                            happening.at,
                            happening.deadline,
                            wrapUp.grace);
                }
            }
            wrong(
                    wrapUp.status.equals("OPEN")
                            && wrapUp.deadline != null
                            && wrapUp.deadline
                                    .plus(wrapUp.grace)
                                    .plus(VERY_LATE)
                                    .isBefore(now),
                    "%s is open at %s, long after its deadline %s",
                    wrapUp.id,
                    now,
                    wrapUp.deadline);
        }
    }

    /** Of what is due then: counted from when the program is ready, where an outage begins before it had its time. */
    private static Instant latest(Instant due, List<Outage> outages) {
        Instant from = due;
        for (Outage outage : outages) {
            if (outage.from.isBefore(from.plus(IN_TIME)) && outage.until.isAfter(from)) {
                from = outage.until;
            }
        }
        return from.plus(IN_TIME).plus(SLACK);
    }

    /** Who confirmed a record is in the trail, and once that the program closed it. */
    private void trail(Connection database) throws SQLException {
        var entries = new HashMap<String, Integer>();
        each(
                database,
                "SELECT kind, subject FROM audit_entry WHERE kind IN ('wrapup.confirmed', 'wrapup.completed')",
                row -> entries.merge(row.getString("kind") + " " + row.getString("subject"), 1, Integer::sum));
        for (String id : ledger.completed().keySet()) {
            int confirmed = entries.getOrDefault("wrapup.confirmed wrap-up:" + id, 0);
            int completed = entries.getOrDefault("wrapup.completed wrap-up:" + id, 0);
            wrong(
                    confirmed == 0 || completed != 1,
                    "%s is completed; the trail says %d times that it was confirmed, and %d times that it was closed",
                    id,
                    confirmed,
                    completed);
        }
    }

    /** Each outage gave the windows that it overlapped what it took of them, once and 60 s at most. */
    private void credits(List<Outage> outages) {
        var groups = new TreeMap<Instant, Map<String, Credit>>();
        for (WrapUp wrapUp : wrapUps.values()) {
            for (Credit credit : wrapUp.credits) {
                if (credit.kind.equals("outage")) {
                    credits++;
                    Credit before = groups.computeIfAbsent(credit.at, _ -> new HashMap<>())
                            .put(wrapUp.id, credit);
                    wrong(before != null, "%s got the outage up to %s twice", wrapUp.id, credit.at);
                    wrong(
                            credit.length.compareTo(LARGEST_CREDIT) > 0,
                            "%s got %s for an outage",
                            wrapUp.id,
                            credit.length);
                }
            }
        }
        groups.forEach(this::creditsOfOneOutage);
        for (Outage outage : outages) {
            boolean windows = wrapUps.values().stream().anyMatch(wrapUp -> isOpenOver(wrapUp, outage));
            boolean credited = groups.keySet().stream()
                    .anyMatch(at -> at.isAfter(outage.from) && at.isBefore(outage.until.plusSeconds(20)));
            // a database that comes back by itself may have been away for less than it took to notice
            Duration certain = outage.stopsTheProgram() ? SURELY_CREDITED : Duration.ofSeconds(15);
            wrong(
                    windows && !credited && outage.length().compareTo(certain) >= 0,
                    "%s: windows got nothing back",
                    outage);
        }
    }

    /** What must have been credited whatever the times of beats were. */
    private boolean isOpenOver(WrapUp wrapUp, Outage outage) {
        Happening before = lastBefore(wrapUp, outage.from);
        Happening after = lastBefore(wrapUp, outage.until);
        return before != null
                && before.equals(after)
                && before.status.equals("OPEN")
                && before.deadline != null
                && before.deadline.isAfter(outage.until.plusSeconds(1));
    }

    private @Nullable Happening lastBefore(WrapUp wrapUp, Instant time) {
        return sorted(happenings.getOrDefault(wrapUp.id, List.of())).stream()
                .filter(h -> h.at.isBefore(time))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private void creditsOfOneOutage(Instant at, Map<String, Credit> credits) {
        Instant down = downSince(at, credits);
        if (down == null) {
            return; // every window of it began or ended within
        }
        for (WrapUp wrapUp : wrapUps.values()) {
            Happening before = lastBefore(wrapUp, at);
            Credit credit = credits.get(wrapUp.id);
            if (before == null || before.deadline == null || wrapUp.endedAt == null) {
                wrong(credit != null, "%s had no window at %s and got %s", wrapUp.id, at, credit);
                continue;
            }
            boolean changedAtThatTime = happenings.getOrDefault(wrapUp.id, List.of()).stream()
                    .anyMatch(h -> !h.at.isBefore(at)
                            && h.at.isBefore(at.plusSeconds(5))
                            && !h.type.equals("wrapup.extended"));
            Instant from = later(down, wrapUp.endedAt);
            Instant until = before.deadline.isBefore(at) ? before.deadline : at;
            Duration overlap = Duration.between(from, until);
            Duration due = overlap.compareTo(LARGEST_CREDIT) < 0 ? overlap : LARGEST_CREDIT;
            // an end that became known only after the outage opened a window of its own length; it may have been seen,
            // or not
            Happening known = lastBefore(wrapUp, down);
            // what opened just before may not have been committed when the time was given back
            boolean owed = known != null
                    && known.at.isBefore(down.minusSeconds(10))
                    && known.status.equals("OPEN")
                    && before.status.equals("OPEN")
                    && due.compareTo(Duration.ofMillis(20)) > 0;
            wrong(
                    owed && credit == null && !changedAtThatTime,
                    "%s lost %s between %s and %s and got nothing back; %s",
                    wrapUp.id,
                    due,
                    down,
                    at,
                    happenings.get(wrapUp.id));
            wrong(
                    credit != null && credit.length.minus(due).abs().toMillis() > 20,
                    "%s lost %s between %s and %s and got %s back",
                    wrapUp.id,
                    due,
                    down,
                    at,
                    credit);
        }
    }

    /** The last beat before the outage, as those windows tell that were open all over it. */
    private @Nullable Instant downSince(Instant at, Map<String, Credit> credits) {
        return credits.entrySet().stream()
                .flatMap(entry -> {
                    WrapUp wrapUp = wrapUps.get(entry.getKey());
                    Happening before = wrapUp == null ? null : lastBefore(wrapUp, at);
                    if (before == null || before.deadline == null) {
                        return Stream.empty();
                    }
                    Instant until = before.deadline.isBefore(at) ? before.deadline : at;
                    return Stream.of(until.minus(entry.getValue().length));
                })
                .min(Comparator.naturalOrder())
                .filter(down -> Duration.between(down, at).compareTo(LARGEST_CREDIT) < 0)
                .orElse(null);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static List<String> some(Set<String> of) {
        return of.stream().sorted().limit(5).toList();
    }
}
