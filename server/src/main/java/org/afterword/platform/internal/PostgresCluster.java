package org.afterword.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.afterword.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** The files of one PostgreSQL and the process that serves them. The caller holds the home's lock. */
public final class PostgresCluster {
    private static final Logger log = LoggerFactory.getLogger(PostgresCluster.class);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration REMAINS_POLL = Duration.ofMillis(500);
    private static final Duration REMAINS_PATIENCE = Duration.ofSeconds(60);

    /** Where they differ from PostgreSQL's own defaults: for one machine that also runs the program. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            // one way in: with a password, from this machine
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "60"),
            // a backup reads every partition of every month in one transaction
            Map.entry("max_locks_per_transaction", "256"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("effective_cache_size", "1GB"),
            Map.entry("work_mem", "8MB"),
            Map.entry("maintenance_work_mem", "128MB"),
            Map.entry("random_page_cost", "1.1"),
            // plans are made for tables that were empty, and for each month's new partitions, until they are analyzed
            Map.entry("autovacuum_naptime", "5s"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("wal_compression", "on"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("log_line_prefix", ""),
            // the details and statements of failures can hold customers' words
            Map.entry("log_error_verbosity", "terse"),
            Map.entry("log_min_error_statement", "panic"));

    private final PostgresHome home;
    private final PostgresBinaries binaries;

    public PostgresCluster(PostgresHome home) {
        this.home = home;
        this.binaries = PostgresBinaries.unpackedBelow(home.binariesCache());
    }

    /**
     * Lays the cluster's files if there are none yet. They are made beside their place and renamed into it, so that a start that was cut
     * off leaves nothing half done.
     *
     * @throws StartupException if there are files of another major version or of another account
     */
    public void create(String owner) {
        try {
            if (Files.exists(home.cluster())) {
                checkFits();
                return;
            }
            log.info("Creating a PostgreSQL {} cluster in {}", PostgresBinaries.MAJOR, home.cluster());
            var part = home.folder().resolve("cluster.new");
            FileSystemUtils.deleteRecursively(part);
            Permissions.createPrivateFolder(part);
            home.account().own(part);
            initialize(part, owner);
            Files.move(part, home.cluster(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartupException(
                    "The database in %s cannot be created: %s".formatted(home.folder(), e.getMessage()), e);
        }
    }

    private void checkFits() throws IOException {
        var version = Files.readString(home.cluster().resolve("PG_VERSION")).strip();
        if (!version.equals(PostgresBinaries.MAJOR)) {
            throw new StartupException(
                    "The database in %s is of PostgreSQL %s and this Afterword brings PostgreSQL %s: start the Afterword that made it, or export with that one and import with this one."
                            .formatted(home.cluster(), version, PostgresBinaries.MAJOR));
        }
        if (!home.account().owns(home.cluster())) {
            throw new StartupException(
                    "The database in %s belongs to the user %s: start Afterword as the user that it was first started with."
                            .formatted(
                                    home.cluster(),
                                    Files.getOwner(home.cluster()).getName()));
        }
    }

    private void initialize(Path folder, String owner) throws IOException {
        var password = home.folder().resolve("initdb.password");
        Files.deleteIfExists(password);
        Permissions.createPrivateFile(password, home.password(owner));
        try {
            home.account().own(password);
            var made = Commands.run(home.account()
                    .command(List.of(
                            binaries.program("initdb"),
                            "--pgdata=" + folder,
                            "--username=" + owner,
                            "--auth=scram-sha-256",
                            "--pwfile=" + password,
                            "--data-checksums",
                            "--encoding=UTF8",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--locale=C")));
            if (!made.succeeded()) {
                throw new StartupException(
                        "The database in %s cannot be created: %s".formatted(folder, made.lastLine()));
            }
        } finally {
            Files.delete(password);
        }
    }

    /**
     * Starts the server and waits until it takes connections; after a crash it recovers first, which can take minutes.
     *
     * @throws StartupException with PostgreSQL's own last words if it ends instead
     */
    public Process start(int port) {
        var patience = System.nanoTime() + REMAINS_PATIENCE.toNanos();
        while (true) {
            var process = launch(port);
            var output = new PostgresOutput(process);
            while (process.isAlive() && !isReady(process)) {
                pause(POLL);
            }
            if (process.isAlive()) {
                return process;
            }
            var words = output.lastWords();
            if (!words.contains("pre-existing shared memory block") || System.nanoTime() > patience) {
                throw new StartupException("PostgreSQL in %s does not start: %s".formatted(home.cluster(), words));
            }
            pause(REMAINS_POLL); // what is left of a killed server is still finishing
        }
    }

    private Process launch(int port) {
        var command = new ArrayList<>(
                List.of(binaries.program("postgres"), "-D", home.cluster().toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
        try {
            return Commands.prepare(home.account().command(command)).start();
        } catch (IOException e) {
            throw new StartupException("PostgreSQL cannot be started: %s".formatted(e.getMessage()), e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("The start of PostgreSQL was interrupted", e);
        }
    }

    /** Stops whatever serves these files, cutting its connections off; returns when it has ended. */
    public void stop() {
        var stopped = Commands.run(home.account()
                .command(List.of(
                        binaries.program("pg_ctl"),
                        "stop",
                        "--pgdata=" + home.cluster(),
                        "--mode=fast",
                        "--wait",
                        "--timeout=120")));
        if (!stopped.succeeded() && serving().isPresent()) {
            throw new IllegalStateException(
                    "PostgreSQL in %s does not stop: %s".formatted(home.cluster(), stopped.lastLine()));
        }
    }

    /** Stops a server that an Afterword left behind when it was killed. */
    public void stopOrphan() {
        var orphan = serving();
        if (orphan.isPresent()) {
            log.info(
                    "Stopping PostgreSQL (process {}), which a killed Afterword left running",
                    orphan.get().pid());
            stop();
        } else {
            disown();
        }
    }

    /**
     * A server that was killed leaves its number behind, and PostgreSQL does not start while any process has that number: after a restart
     * of a container that is likely. The file must stay, since by it PostgreSQL also finds out whether parts of the killed server still
     * work; so we put our own number there, of which PostgreSQL knows, as our child, that it is no server's.
     */
    private void disown() {
        var noted = new ArrayList<>(noted());
        if (!noted.isEmpty()) {
            noted.set(0, Long.toString(ProcessHandle.current().pid()));
            try {
                Files.write(pidFile(), noted);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The process that serves these files. After a restart of the machine the number that it noted can be some other process: ours is
     * the one that works in the cluster's folder.
     */
    private Optional<ProcessHandle> serving() {
        return noted().stream()
                .findFirst()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(this::worksHere);
    }

    /** Whether {@code process}, which serves these files, takes connections by now. */
    private boolean isReady(Process process) {
        var noted = noted();
        return noted.size() >= 8
                && noted.getFirst().equals(Long.toString(process.pid()))
                && noted.get(7).equals("ready");
    }

    private Path pidFile() {
        return home.cluster().resolve("postmaster.pid");
    }

    /** What the server notes about itself: its process in line 1, its state in line 8. */
    private List<String> noted() {
        try {
            return Files.readAllLines(pidFile()).stream().map(String::strip).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean worksHere(ProcessHandle process) {
        try {
            var folder = Files.readSymbolicLink(Path.of("/proc/%d/cwd".formatted(process.pid())));
            return folder.equals(home.cluster().toRealPath());
        } catch (IOException e) {
            return false; // it has just ended, or is another user's
        }
    }
}
