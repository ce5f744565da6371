package org.afterword.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.afterword.platform.internal.AppRole;
import org.afterword.platform.internal.ExternalPostgres;
import org.afterword.platform.internal.FolderLock;
import org.afterword.platform.internal.PostgresCluster;
import org.afterword.platform.internal.PostgresHome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Afterword's own PostgreSQL: real, durable, reachable from this machine alone and only with a password.
 *
 * <p>It is a process beside ours. It survives when ours is killed; the next start on the same folder stops it and begins anew. When it
 * dies and we do not, it is started again on the same port.
 */
public final class PostgresServer implements Database {
    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String OWNER = "afterword_owner";
    private static final String DATABASE = "afterword";
    private static final Duration RETRY = Duration.ofSeconds(5);

    /**
     * Two segments of its write-ahead log. Without room for the next one PostgreSQL ends, and nothing can even be read, so what is
     * left then is kept for what agents confirm.
     */
    private static final long LEAST_ROOM = 32L << 20;

    private final PostgresHome home;
    private final PostgresCluster cluster;
    private final FolderLock lock;
    private final int port;
    private volatile boolean closing;

    private PostgresServer(PostgresHome home, PostgresCluster cluster, FolderLock lock, int port) {
        this.home = home;
        this.cluster = cluster;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts the database of a data folder, which is created where it is absent, and waits until it is ready; after a crash that includes
     * its recovery.
     *
     * @throws StartupException if the folder is in use, cannot be used, or holds a database of another version
     */
    public static PostgresServer start(Path data) {
        var home = PostgresHome.of(data);
        var lock = FolderLock.take(home.folder());
        try {
            var cluster = new PostgresCluster(home);
            cluster.create(OWNER);
            cluster.stopOrphan();
            var server = new PostgresServer(home, cluster, lock, freePort(home.port()));
            server.start();
            return server;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The database of a data folder that another Afterword on this machine is using at this moment. */
    public static Optional<Database> usedByAnother(Path data) {
        if (!Files.isDirectory(data)) {
            return Optional.empty();
        }
        var home = PostgresHome.of(data);
        if (home.port().isEmpty() || !FolderLock.isHeldByAnother(home.folder())) {
            return Optional.empty();
        }
        int port = home.port().getAsInt();
        return Optional.of(
                new ExternalPostgres(home.login(DATABASE, OWNER, port), home.login(DATABASE, AppRole.NAME, port)));
    }

    /** The port of the last start if nobody took it meanwhile. */
    private static int freePort(OptionalInt kept) {
        return kept.isPresent() && isFree(kept.getAsInt()) ? kept.getAsInt() : freePort();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartupException("No port is free for PostgreSQL: %s".formatted(e.getMessage()), e);
        }
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A superuser, whom no row-level policy holds. */
    @Override
    public DatabaseLogin owner() {
        return home.login(DATABASE, OWNER, port);
    }

    @Override
    public DatabaseLogin app() {
        return home.login(DATABASE, AppRole.NAME, port);
    }

    /** Where its files are: mostly in the data folder, but not always. */
    public Path folder() {
        return home.folder();
    }

    /** Whether so much is left where its files are that it does not end for want of it. */
    public boolean hasRoom() {
        try {
            return Files.getFileStore(home.folder()).getUsableSpace() >= LEAST_ROOM;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start() {
        var process = cluster.start(port);
        try {
            home.keepPort(port);
            prepareDatabase();
        } catch (RuntimeException e) {
            cluster.stop();
            throw e;
        }
        Thread.ofVirtual().name("postgres-keeper").start(() -> keepRunning(process));
    }

    private void prepareDatabase() {
        try {
            try (var connection = home.login("postgres", OWNER, port).connect()) {
                createDatabase(connection);
            }
            try (var connection = owner().connect()) {
                AppRole.prepare(connection, app());
            }
        } catch (SQLException e) {
            throw new StartupException(
                    "The database in %s cannot be prepared: %s".formatted(home.folder(), e.getMessage()), e);
        }
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    /** Starts PostgreSQL again whenever it ends without being asked to, and tries until that succeeds. */
    private void keepRunning(Process first) {
        var process = first;
        while (!closing) {
            process.onExit().join();
            try {
                process = restart(process);
            } catch (StartupException | UncheckedIOException e) {
                log.error(
                        "PostgreSQL cannot be started again, next try in {} s: {}", RETRY.toSeconds(), e.getMessage());
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private synchronized Process restart(Process ended) {
        if (closing) {
            return ended;
        }
        log.error("PostgreSQL ended by itself (exit code {}): starting it again", ended.exitValue());
        return cluster.start(port);
    }

    /** Stops PostgreSQL, cutting off the connections that are left. */
    @Override
    public synchronized void close() {
        closing = true;
        cluster.stop();
        lock.close();
    }
}
