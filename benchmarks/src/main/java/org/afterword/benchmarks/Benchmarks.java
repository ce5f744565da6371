package org.afterword.benchmarks;

import static org.afterword.benchmarks.Report.mebibytes;
import static org.afterword.benchmarks.Report.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.afterword.program.ProgramFolder;

/** Measures the program of a checkout from outside, and writes the figures into a document. */
public final class Benchmarks {
    private static final int LEAST_TURNS = 15;

    /** What a start leaves to do in the background is over by then. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private static final Set<ProgramFolder> FOLDERS = ConcurrentHashMap.newKeySet();

    private final Options options;
    private final Path checkout;
    private final Report report = new Report();

    private Benchmarks(Options options) {
        this.options = options;
        this.checkout = options.checkout();
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

    private void run() throws IOException, InterruptedException, ExecutionException {
        String load = Machine.load();
        List<Conversation> conversations = Conversation.readAll(checkout, LEAST_TURNS);
        say("Start-up, %d times".formatted(options.starts()));
        StartUps startUps = StartUps.measure(checkout, options.data(), options.starts());
        try (var folder = newFolder(options.data());
                var server = Server.start(checkout, folder)) {
            Machine machine = Machine.describe(checkout, folder.path(), server.postgresVersion(), load);
            server.client()
                    .putCatalog(Files.readString(checkout.resolve("server/src/main/resources/demo/sgd/catalog.yaml")));
            Thread.sleep(SETTLING);
            Server.Use afterStart = server.use();
            long heapAfterStart = server.heapAfterCollection();

            say("A quiet floor: %d hang-ups".formatted(options.quietHangUps()));
            HangUps quiet = QuietFloor.measure(
                    server.client(), conversations, options.quietHangUps() / 10, options.quietHangUps());
            say("A floor of %,d agents: %d s"
                    .formatted(BusyFloor.AGENTS, options.busy().toSeconds()));
            BusyFloor.Figures busy = BusyFloor.measure(server, conversations, options.warmUp(), options.busy());
            Server.Use afterBusy = server.use();
            say("As many events as it takes: %d s".formatted(options.flood().toSeconds()));
            Flood.Figures flood = Flood.measure(server, conversations, options.warmUp(), options.flood());
            Server.Use afterFlood = server.use();
            long heapAfterFlood = server.heapAfterCollection();

            machine(machine);
            startUp(startUps);
            events(busy, flood);
            hangUps(quiet, busy, flood);
            processor(busy, flood);
            memory(afterStart, afterBusy, afterFlood, heapAfterStart, heapAfterFlood);
        }
        write();
    }

    private static void say(String what) {
        System.err.println(what + "…");
    }

    private void machine(Machine machine) {
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

    private void startUp(StartUps startUps) {
        report.heading("Start-up")
                .columns("from starting `./afterword serve` to ready", "median", "shortest", "longest", "starts")
                .row("on a folder that is there", spread(startUps.later))
                .row("peer: the first start, on an empty folder", spread(startUps.first));
    }

    private static String spread(Latencies times) {
        return String.join(" | ", times.percentile(50), times.min(), times.max(), Long.toString(times.count()));
    }

    private void events(BusyFloor.Figures busy, Flood.Figures flood) {
        report.heading("Events in")
                .columns("events accepted and applied", "per second")
                .row(
                        "as many as it takes: %d connectors, batches of %d, %d s"
                                .formatted(
                                        Flood.CONNECTORS,
                                        Flood.BATCH,
                                        options.flood().toSeconds()),
                        "**%s**".formatted(number(flood.eventsPerSecond())))
                .row(
                        "limit: %,d agents need (%s contacts, %s turns a second)"
                                .formatted(
                                        BusyFloor.AGENTS,
                                        number(busy.contactsPerSecond()),
                                        number(busy.turnsPerSecond())),
                        number(busy.eventsPerSecond()))
                .text("")
                .columns("from sending to the answer", "p50", "p95", "p99", "longest", "requests")
                .row(
                        "%,d agents, one event a request, sent when due".formatted(BusyFloor.AGENTS),
                        percentiles(busy.requests()))
                .row("peer: batches of %d, as many as it takes".formatted(Flood.BATCH), percentiles(flood.batches()))
                .text("Requests of the %,d agents that failed: %s. Records confirmed meanwhile: %,d; refused: %,d."
                        .formatted(
                                BusyFloor.AGENTS,
                                busy.failed().isEmpty() ? "none" : busy.failed(),
                                busy.confirmed(),
                                busy.refused()));
    }

    private void hangUps(HangUps quiet, BusyFloor.Figures busy, Flood.Figures flood) {
        report.heading("Hang-up to draft")
                .columns("from sending the end of the contact to", "p50", "p95", "p99", "longest", "contacts")
                .row("%,d agents: finished draft read".formatted(BusyFloor.AGENTS), percentiles(busy.hangUps().visible))
                .row(
                        "%,d agents: finished draft announced".formatted(BusyFloor.AGENTS),
                        percentiles(busy.hangUps().announced))
                .row("peer: nothing else going on, finished draft read", percentiles(quiet.visible))
                .row("peer: nothing else going on, finished draft announced", percentiles(quiet.announced))
                .text(
                        ("Missing a minute after the end: %d drafts. Announced, but not to be read as finished: %d. While as many events came"
                                        + " as it takes, %,d contacts ended and %,d finished drafts were made.")
                                .formatted(
                                        busy.missing(),
                                        busy.hangUps().unfinished() + quiet.unfinished(),
                                        flood.hungUp(),
                                        flood.drafted()));
        if (busy.cutOff() || flood.cutOff()) {
            report.text("The stream was cut off as too slow while measuring, so some announcements were not heard.");
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

    private void processor(BusyFloor.Figures busy, Flood.Figures flood) {
        report.heading("Processor time")
                .columns(
                        "processor seconds in a second of",
                        "server",
                        "PostgreSQL",
                        "the benchmark itself",
                        "limit: cores")
                .row("%,d agents".formatted(BusyFloor.AGENTS), processorSeconds(busy.use(), options.busy()))
                .row("as many events as it takes", processorSeconds(flood.use(), options.flood()));
    }

    private static String processorSeconds(Server.Use use, Duration length) {
        double seconds = length.toMillis() / 1000.0;
        return "%.2f | %.2f | %.2f | %d"
                .formatted(
                        use.server().cpuSeconds() / seconds,
                        use.postgres().cpuSeconds() / seconds,
                        use.client().cpuSeconds() / seconds,
                        Runtime.getRuntime().availableProcessors());
    }

    private void memory(
            Server.Use afterStart,
            Server.Use afterBusy,
            Server.Use afterFlood,
            long heapAfterStart,
            long heapAfterFlood) {
        report.heading("Memory")
                .columns("resident memory (PSS)", "server", "of it heap in use after a collection", "PostgreSQL")
                .row(
                        "after the start",
                        mebibytes(afterStart.server().kibibytes()),
                        mebibytes(heapAfterStart),
                        mebibytes(afterStart.postgres().kibibytes()))
                .row(
                        "after %d s with %,d agents".formatted(options.busy().toSeconds(), BusyFloor.AGENTS),
                        mebibytes(afterBusy.server().kibibytes()),
                        "",
                        mebibytes(afterBusy.postgres().kibibytes()))
                .row(
                        "after as many events as it takes",
                        mebibytes(afterFlood.server().kibibytes()),
                        mebibytes(heapAfterFlood),
                        mebibytes(afterFlood.postgres().kibibytes()))
                .text("The server ran with Java's own choice of heap: up to a quarter of the machine's memory.");
    }

    private void write() throws IOException {
        System.out.print(report);
        if (options.document() != null) {
            Files.writeString(options.document(), report.into(Files.readString(options.document())));
            say("Written into " + options.document());
        }
    }
}
