package org.afterword.e2e.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.afterword.program.AfterwordProcess;

/** The program with its PostgreSQL, as processes that can be killed and frozen. */
final class House implements AutoCloseable {
    /** Loopback receivers are what a test has; a record leaves soon enough for a test. */
    static final Map<String, String> SETTINGS =
            Map.of("AFTERWORD_DELIVERY_ALLOW_LOOPBACK", "true", "AFTERWORD_WRAPUP_REOPENING", "4s");

    enum Fault {
        KILL_PROGRAM,
        KILL_POSTGRES,
        KILL_BACKEND,
        KILL_BOTH,
        FREEZE_PROGRAM,
        FREEZE_POSTGRES;

        boolean isKill() {
            return this != FREEZE_PROGRAM && this != FREEZE_POSTGRES;
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path data;
    private final Path postgres;
    private final Map<String, String> environment;
    private final String[] options;
    private final List<Books.Outage> outages = new ArrayList<>();
    private volatile AfterwordProcess program;
    private volatile URI address;

    private House(Path data, Path postgres, Map<String, String> environment, String... options) {
        this.data = data;
        this.postgres = postgres;
        this.environment = environment;
        this.options = options;
        this.program = start();
        this.address = program.address();
    }

    /** The program with the PostgreSQL that comes along. */
    static House of(Path data) {
        return of(data, Map.of());
    }

    /** @param more for the environment of both */
    static House of(Path data, Map<String, String> more) {
        return new House(data, data.resolve("postgres"), with(more));
    }

    /** The program with a PostgreSQL that runs by itself, of {@code owner}, reached at {@code port}. */
    static House of(Path data, StrayPostgres owner, int port, Map<String, String> more) {
        return new House(data, owner.home(), with(more), "--database-url", owner.url(port));
    }

    private static Map<String, String> with(Map<String, String> more) {
        var environment = new HashMap<>(SETTINGS);
        environment.putAll(more);
        return environment;
    }

    private AfterwordProcess start() {
        return AfterwordProcess.serveIn(environment, data, options);
    }

    /** Where the program answers, or did before it was killed. */
    URI address() {
        return address;
    }

    /** Where its PostgreSQL lives. */
    Path postgres() {
        return postgres;
    }

    /** The files that records leave by. */
    Path outbox() {
        return data.resolve("outbox");
    }

    List<Books.Outage> outages() {
        return outages;
    }

    /** The last failures in the program's log, with where they came from. */
    String failures() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("logs/afterword.log"));
            var failures = new ArrayList<String>();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(" ERROR ")) {
                    failures.add(String.join("\n", lines.subList(i, Math.min(i + 25, lines.size()))));
                }
            }
            return String.join("\n…\n", failures.subList(Math.max(0, failures.size() - 4), failures.size()));
        } catch (IOException e) {
            return "the log cannot be read: " + e;
        }
    }

    AfterwordProcess program() {
        return program;
    }

    /** Lets it happen, sets up again what does not come back by itself, and waits until the program is ready. */
    void suffer(Fault fault, Random random) throws IOException {
        Instant from = Instant.now();
        switch (fault) {
            case KILL_PROGRAM -> restart();
            case KILL_POSTGRES -> kill(postmaster());
            case KILL_BACKEND -> {
                List<ProcessHandle> backends = backends();
                kill(backends.get(random.nextInt(backends.size())));
            }
            case KILL_BOTH -> {
                kill(postmaster());
                restart();
            }
            case FREEZE_PROGRAM ->
                freeze(List.of(ProcessHandle.of(program.pid()).orElseThrow()), random);
            case FREEZE_POSTGRES -> {
                ProcessHandle postmaster = postmaster();
                freeze(
                        Stream.concat(Stream.of(postmaster), postmaster.descendants())
                                .toList(),
                        random);
            }
        }
        awaitReady();
        outages.add(new Books.Outage(fault.name(), from, Instant.now()));
    }

    private void restart() {
        program.kill();
        program = start();
        address = program.address();
    }

    void awaitReady() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the program is not ready. It said:%n%s".formatted(program.output()));
            }
            Api.pause(Duration.ofMillis(100));
        }
    }

    private boolean isReady() {
        try {
            return program.status("/health/ready") == 200;
        } catch (IOException e) {
            return false;
        }
    }

    ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(postgres().resolve("cluster/postmaster.pid")).getFirst());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException("PostgreSQL does not run"));
    }

    /** Those who work for the program's role. */
    private List<ProcessHandle> backends() throws IOException {
        List<ProcessHandle> backends = postmaster()
                .children()
                .filter(child -> title(child).contains("afterword_app"))
                .toList();
        return backends.isEmpty() ? List.of(postmaster()) : backends;
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())));
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static void freeze(List<ProcessHandle> processes, Random random) throws IOException {
        try {
            signal("-STOP", processes);
            Api.pause(Duration.ofMillis(2000 + random.nextInt(8000)));
        } finally {
            signal("-CONT", processes);
        }
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException {
        for (ProcessHandle process : processes) {
            try {
                new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                        .redirectErrorStream(true)
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                throw new Api.Ended();
            }
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
