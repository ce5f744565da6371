package org.afterword.benchmarks;

import static org.afterword.benchmarks.Report.mebibytes;
import static org.afterword.benchmarks.Report.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.afterword.benchmarks.Options.Part;
import org.afterword.program.ProgramFolder;

/** Measures the program of a checkout from outside, and writes the figures into a document. */
public final class Benchmarks {
    private static final int LEAST_TURNS = 15;

    /** How many events' rows the database writes alone; a multiple of every batch. */
    private static final int BASELINE_EVENTS = 10_000;

    /** What a start leaves to do in the background is over by then. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Set<ProgramFolder> FOLDERS = ConcurrentHashMap.newKeySet();

    private final Options options;
    private final Path checkout;
    private final List<Conversation> conversations;
    private final Report report = new Report();

    private Benchmarks(Options options) throws IOException {
        this.options = options;
        this.checkout = options.checkout();
        this.conversations = Conversation.readAll(checkout, LEAST_TURNS);
    }

    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmarks::cleanUp));
        new Benchmarks(options).run();
    }

    /** A data folder that goes again, also where the benchmarks are interrupted. */
    static ProgramFolder newFolder(Path parent) throws IOException {
        ProgramFolder folder = ProgramFolder.in(parent);
        FOLDERS.add(folder);
        return folder;
    }

    private static void cleanUp() {
        endChildren();
        // a start that was just under way shows a moment later
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        endChildren();
        for (ProgramFolder folder : FOLDERS) {
            try {
                folder.close();
            } catch (IOException e) {
                System.err.printf("%s could not be removed: %s%n", folder.path(), e);
            }
        }
    }

    private static void endChildren() {
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        children.forEach(ProcessHandle::destroy);
        children.forEach(child -> child.onExit().join());
    }

    private void run() throws IOException, InterruptedException, ExecutionException, SQLException {
        machine(Machine.load());
        if (options.parts().contains(Part.STARTS)) {
            say("Start-up, %d times".formatted(options.starts()));
            startUp(StartUps.measure(checkout, options.data(), options.starts()));
        }
        if (options.parts().contains(Part.EVENTS)) {
            measureEvents();
        }
        if (options.parts().contains(Part.FLOOR)) {
            measureFloor();
        }
        if (options.parts().contains(Part.DRAFTS)) {
            measureDrafts();
        }
        if (options.parts().contains(Part.DEADLINES)) {
            measureDeadlines();
        }
        if (options.parts().contains(Part.GATE)) {
            measureGate();
        }
        write();
    }

    private static void say(String what) {
        System.err.println(what + "…");
    }

    private Server start(ProgramFolder folder) throws IOException, InterruptedException {
        Server server = Server.start(checkout, folder);
        server.client()
                .putCatalog(Files.readString(checkout.resolve("server/src/main/resources/demo/sgd/catalog.yaml")));
        Thread.sleep(SETTLING);
        return server;
    }

    private void machine(String loadBefore) throws IOException, InterruptedException {
        try (var folder = newFolder(options.data());
                var server = Server.start(checkout, folder)) {
            Machine machine = Machine.describe(checkout, folder.path(), server.postgresVersion(), loadBefore);
            report.heading("The machine")
                    .columns("what", "")
                    .row("processor", "%s, %d cores".formatted(machine.processor(), machine.cores()))
                    .row("memory", machine.memory())
                    .row("system", machine.system() + ", data on " + machine.disk())
                    .row("Java", machine.java())
                    .row("PostgreSQL", machine.postgres() + ", the one that comes along")
                    .row("Afterword", "commit " + machine.commit())
                    .row("measured", "%s; load averages before: %s".formatted(machine.day(), machine.loadBefore()));
        }
    }

    private void startUp(StartUps startUps) {
        report.heading("Start-up")
                .columns("from starting `./afterword serve` to ready", "median", "shortest", "longest", "starts")
                .row("on a folder that is there (limit: 10 s)", spread(startUps.later))
                .row("peer: the first start, on an empty folder", spread(startUps.first));
    }

    private static String spread(Latencies times) {
        return String.join(" | ", times.percentile(50), times.min(), times.max(), Long.toString(times.count()));
    }

    private void measureEvents() throws IOException, InterruptedException, ExecutionException, SQLException {
        Baselines.Figures baselines;
        try (var folder = newFolder(options.data());
                var server = start(folder)) {
            say("What the database takes alone");
            Flood.send(server, new Flood.Shape("base", 4, 500), conversations, BASELINE_EVENTS);
            server.awaitQuiet();
            baselines = Baselines.measure(server.database(), BASELINE_EVENTS);
        }
        var batches = new Flood.Shape("batches", 4, 500);
        var singles = new Flood.Shape("singles", 64, 1);
        say("As many events as it takes, twice %d s".formatted(options.flood().toSeconds()));
        events(baselines, batches, flood(batches), singles, flood(singles));
    }

    private Flood.Figures flood(Flood.Shape shape) throws IOException, InterruptedException, ExecutionException {
        try (var folder = newFolder(options.data());
                var server = start(folder)) {
            return Flood.measure(server, shape, conversations, options.warmUp(), options.flood());
        }
    }

    private void events(
            Baselines.Figures baselines,
            Flood.Shape batches,
            Flood.Figures inBatches,
            Flood.Shape singles,
            Flood.Figures oneByOne) {
        report.heading("Events in, as many as it takes")
                .columns("events stored and applied over HTTP", "per second", "of the baseline")
                .row(
                        shape(batches),
                        "**%s**".formatted(number(inBatches.eventsPerSecond())),
                        share(inBatches, baselines.copied()))
                .row(
                        "baseline: their rows by COPY, 500 events at a time, 1 connection",
                        number(baselines.copied()),
                        "(aim: 20 % or more)")
                .row(
                        "the same on 4 connections",
                        number(baselines.copiedByFour()),
                        "(%s)".formatted(share(inBatches, baselines.copiedByFour())))
                .row(
                        shape(singles),
                        "**%s**".formatted(number(oneByOne.eventsPerSecond())),
                        share(oneByOne, baselines.oneByOne()))
                .row(
                        "baseline: their rows in a transaction for each event, 8 connections",
                        number(baselines.oneByOne()),
                        "(aim: 60 % or more)")
                .text("An event makes %.1f rows. Requests that were not accepted: none, or this would have ended."
                        .formatted(baselines.rowsPerEvent()))
                .text("")
                .columns("from sending to the answer", "p50", "p95", "p99", "longest", "requests")
                .row(shape(batches), percentiles(inBatches.requests()))
                .row(shape(singles), percentiles(oneByOne.requests()))
                .text("")
                .columns(
                        "processor time of an event, milliseconds",
                        "server",
                        "PostgreSQL",
                        "the benchmark itself",
                        "together")
                .row(shape(batches), millis(inBatches))
                .row(shape(singles), millis(oneByOne))
                .text("")
                .columns(
                        "processor seconds in a second of",
                        "server",
                        "PostgreSQL",
                        "the benchmark itself",
                        "limit: cores")
                .row(shape(batches), processorSeconds(inBatches.use(), inBatches.seconds()))
                .row(shape(singles), processorSeconds(oneByOne.use(), oneByOne.seconds()))
                .text(drafts(batches, inBatches))
                .text(drafts(singles, oneByOne));
    }

    private static String shape(Flood.Shape shape) {
        return shape.batch() == 1
                ? "one event a request, %d connections".formatted(shape.connections())
                : "batches of %d, %d connections".formatted(shape.batch(), shape.connections());
    }

    private static String share(Flood.Figures flood, double baseline) {
        return "%.0f %%".formatted(100 * flood.eventsPerSecond() / baseline);
    }

    private static String millis(Flood.Figures flood) {
        double server = 1000 * flood.use().server().cpuSeconds() / flood.events();
        double postgres = 1000 * flood.use().postgres().cpuSeconds() / flood.events();
        double client = 1000 * flood.use().client().cpuSeconds() / flood.events();
        return "%.2f | %.2f | %.2f | %.2f".formatted(server, postgres, client, server + postgres + client);
    }

    private static String drafts(Flood.Shape shape, Flood.Figures flood) {
        return "Drafts are made meanwhile as far as there is time for them: with %s, %,d contacts ended and %,d finished drafts were made.%s"
                .formatted(
                        shape(shape),
                        flood.hungUp(),
                        flood.drafted(),
                        flood.cutOff() ? " The stream was cut off as too slow, so some were not heard." : "");
    }

    private void measureFloor() throws IOException, InterruptedException {
        try (var folder = newFolder(options.data());
                var server = start(folder)) {
            Server.Use afterStart = server.use();
            long heapAfterStart = server.heapAfterCollection();
            say("A quiet floor: %d hang-ups".formatted(options.quietHangUps()));
            HangUps quiet = QuietFloor.measure(
                    server.client(), conversations, options.quietHangUps() / 10, options.quietHangUps());
            say("A floor of %,d agents: %d s"
                    .formatted(BusyFloor.AGENTS, options.busy().toSeconds()));
            BusyFloor.Figures busy = BusyFloor.measure(server, conversations, options.warmUp(), options.busy());
            long heapAfterBusy = server.heapAfterCollection();
            floor(quiet, busy);
            memory(afterStart, heapAfterStart, busy, heapAfterBusy);
        }
    }

    private void floor(HangUps quiet, BusyFloor.Figures busy) {
        String agents = "%,d agents".formatted(BusyFloor.AGENTS);
        report.heading("A floor of " + agents)
                .text("%s contacts, %s turns, %s events a second, for %d s."
                        .formatted(
                                number(busy.contactsPerSecond()),
                                number(busy.turnsPerSecond()),
                                number(busy.eventsPerSecond()),
                                options.busy().toSeconds()))
                .text("")
                .columns("from sending the end of the contact to", "p50", "p95", "p99", "longest", "contacts")
                .row("wrap-up announced (aim: p99 below 0.150 s)", percentiles(busy.hangUps().opened))
                .row("finished draft announced (aim: p99 below 1 s)", percentiles(busy.hangUps().announced))
                .row("finished draft read", percentiles(busy.hangUps().visible))
                .row("peer: nothing else going on, wrap-up announced", percentiles(quiet.opened))
                .row("peer: nothing else going on, finished draft announced", percentiles(quiet.announced))
                .row("peer: nothing else going on, finished draft read", percentiles(quiet.visible))
                .text("Missing a minute after the end: %d drafts. Announced, but not to be read as finished: %d.%s"
                        .formatted(
                                busy.missing(),
                                busy.hangUps().unfinished() + quiet.unfinished(),
                                busy.cutOff() ? " The stream was cut off as too slow, so some were not heard." : ""))
                .text("")
                .columns("from sending to the answer", "p50", "p95", "p99", "longest", "requests")
                .row("one event a request, sent when due", percentiles(busy.requests()))
                .row("correction of a record, PATCH (aim: p99 below 0.050 s)", percentiles(busy.patches()))
                .row("peer: the disk alone, 20 writes of 8 KiB a second meanwhile", percentiles(busy.disk()))
                .text("Events that failed: %s. Records confirmed: %,d; refused: %,d."
                        .formatted(busy.failed().isEmpty() ? "none" : busy.failed(), busy.confirmed(), busy.refused()));
        byMinute(busy);
        report.text("")
                .columns(
                        "processor seconds in a second of",
                        "server",
                        "PostgreSQL",
                        "the benchmark itself",
                        "limit: cores")
                .row(agents, processorSeconds(busy.use(), options.busy().toSeconds()));
    }

    /** The program is compiled while it runs, so its first minutes are slower; and disks of machines that others share have moods. */
    private void byMinute(BusyFloor.Figures busy) {
        report.text("")
                .columns(
                        "minute",
                        "wrap-up announced: p50",
                        "p99",
                        "one event a request: p50",
                        "p99",
                        "correction of a record: p50",
                        "p99",
                        "the disk alone: p99");
        for (int minute = 0; minute < options.busy().toMinutes(); minute++) {
            report.row(
                    Integer.toString(minute + 1),
                    busy.hangUps().opened.percentileInMinute(minute, 50),
                    busy.hangUps().opened.percentileInMinute(minute, 99),
                    busy.requests().percentileInMinute(minute, 50),
                    busy.requests().percentileInMinute(minute, 99),
                    busy.patches().percentileInMinute(minute, 50),
                    busy.patches().percentileInMinute(minute, 99),
                    busy.disk().percentileInMinute(minute, 99));
        }
    }

    private static String percentiles(Latencies times) {
        return String.join(
                " | ",
                times.percentile(50),
                times.percentile(95),
                times.percentile(99),
                times.max(),
                "%,d".formatted(times.count()));
    }

    private static String processorSeconds(Server.Use use, double seconds) {
        return "%.2f | %.2f | %.2f | %d"
                .formatted(
                        use.server().cpuSeconds() / seconds,
                        use.postgres().cpuSeconds() / seconds,
                        use.client().cpuSeconds() / seconds,
                        Runtime.getRuntime().availableProcessors());
    }

    private void memory(Server.Use afterStart, long heapAfterStart, BusyFloor.Figures busy, long heapAfterBusy) {
        report.heading("Memory")
                .columns("resident memory (PSS)", "server", "of it heap in use after a collection", "PostgreSQL")
                .row(
                        "after the start",
                        mebibytes(afterStart.server().kibibytes()),
                        mebibytes(heapAfterStart),
                        mebibytes(afterStart.postgres().kibibytes()));
        List<Server.Use> minutes = busy.memory();
        for (int minute = 1; minute <= minutes.size(); minute++) {
            Server.Use use = minutes.get(minute - 1);
            report.row(
                    "minute %d of %,d agents".formatted(minute, BusyFloor.AGENTS),
                    mebibytes(use.server().kibibytes()),
                    minute == minutes.size() ? mebibytes(heapAfterBusy) : "",
                    mebibytes(use.postgres().kibibytes()));
        }
        report.text("The server ran with Java's own choice of heap: up to a quarter of the machine's memory.");
    }

    private void measureDrafts() throws IOException, InterruptedException, ExecutionException {
        try (var folder = newFolder(options.data());
                var server = start(folder)) {
            say("Drafts, %d of each kind".formatted(options.draftsOfEach()));
            DraftTimes.Figures drafts = DraftTimes.measure(server.client(), conversations, options.draftsOfEach());
            report.heading("A draft")
                    .columns(
                            "with nothing beside it, what the program says it took",
                            "p50",
                            "p95",
                            "p99",
                            "longest",
                            "drafts")
                    .row(
                            "of a contact of %d words (limit: 0.150 s)".formatted(DraftTimes.SHORT_WORDS),
                            percentiles(drafts.brief()))
                    .row(
                            "of a contact of %,d words (limit: 1 s)".formatted(DraftTimes.LONG_WORDS),
                            percentiles(drafts.extensive()))
                    .row("after a turn while the contact is on (limit: 0.050 s)", percentiles(drafts.turns()));
        }
    }

    private void measureDeadlines() throws IOException, InterruptedException {
        try (var folder = newFolder(options.data());
                var server = start(folder)) {
            say("%,d deadlines, twice".formatted(Deadlines.WINDOWS));
            Deadlines.Figures up = Deadlines.whileUp(server);
            Deadlines.Figures down = Deadlines.afterAKill(checkout, folder, server);
            report.heading("Deadlines due at once")
                    .columns(
                            "until the deadline was announced as effective (limit: 5 s)",
                            "p50",
                            "p95",
                            "p99",
                            "longest",
                            "windows")
                    .row("from when it was due, the server up", percentiles(up.late()))
                    .row("from ready, the server killed before and due meanwhile", percentiles(down.late()))
                    .text("Of %,d windows each, %,d and %,d took effect, %,d and %,d times in all."
                            .formatted(Deadlines.WINDOWS, up.windows(), down.windows(), up.times(), down.times()));
        }
    }

    private void measureGate() throws IOException, InterruptedException, ExecutionException, SQLException {
        var floors = new ArrayList<Gate.Figures>();
        for (int agents : List.of(Gate.SMALL, Gate.LARGE)) {
            try (var folder = newFolder(options.data());
                    var server = start(folder)) {
                say("The gate of %,d agents: %d s"
                        .formatted(agents, options.gate().toSeconds()));
                floors.add(Gate.measure(server, agents, options.gate()));
            }
        }
        gate(floors.getFirst(), floors.getLast());
    }

    private void gate(Gate.Figures small, Gate.Figures large) {
        report.heading("The gate of ten times as many agents")
                .columns(
                        "p50 and p99, with %,d and with %,d agents signed in".formatted(small.agents(), large.agents()),
                        "p50",
                        "p50, tenfold",
                        "times",
                        "p99",
                        "p99, tenfold",
                        "times (limit: %.1f)".formatted(Gate.LIMIT),
                        "times it was measured")
                .row("from sending to the answer: a reservation, 1 connection", ratio(small.one(), large.one()))
                .row("the same, %d connections".formatted(Gate.CONNECTIONS), ratio(small.several(), large.several()))
                .row(
                        "a reservation given back, 1 to %d connections".formatted(Gate.CONNECTIONS),
                        ratio(small.cancelled(), large.cancelled()))
                .row("from when a deadline was due until it took effect", ratio(small.late(), large.late()))
                .row("until that was announced", ratio(small.announced(), large.announced()));
        for (Gate.Figures floor : List.of(small, large)) {
            report.text(
                    "Of %,d agents %,d were available and %,d in open windows, of which %d a second fell due: %,d in all, %,d took effect. Requests that failed: %s."
                            .formatted(
                                    floor.agents(),
                                    floor.available(),
                                    floor.windows(),
                                    Gate.DUE_PER_SECOND,
                                    floor.due(),
                                    floor.late().count(),
                                    floor.failed().isEmpty() ? "none" : floor.failed()));
        }
        report.text("")
                .columns(
                        "processor seconds in a second of",
                        "server",
                        "PostgreSQL",
                        "the benchmark itself",
                        "limit: cores")
                .row("%,d agents".formatted(small.agents()), processorSeconds(small.use(), seconds(options.gate())))
                .row("%,d agents".formatted(large.agents()), processorSeconds(large.use(), seconds(options.gate())));
        for (Gate.Figures floor : List.of(small, large)) {
            floor.plans()
                    .forEach((what, plan) -> report.text("%s, with %,d agents:".formatted(what, floor.agents()))
                            .text("```\n" + String.join("\n", plan) + "\n```"));
        }
    }

    private static String ratio(Latencies small, Latencies large) {
        return String.join(
                " | ",
                small.percentile(50),
                large.percentile(50),
                "%.2f".formatted(large.secondsAt(50) / small.secondsAt(50)),
                small.percentile(99),
                large.percentile(99),
                "**%.2f**".formatted(large.secondsAt(99) / small.secondsAt(99)),
                "%,d and %,d".formatted(small.count(), large.count()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void write() throws IOException {
        System.out.print(report);
        if (options.document() != null) {
            Files.writeString(options.document(), report.into(Files.readString(options.document())));
            say("Written into " + options.document());
        }
    }
}
