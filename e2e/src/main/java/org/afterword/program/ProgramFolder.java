package org.afterword.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;

/** A data folder that goes again, together with a PostgreSQL that a killed program left there. */
public final class ProgramFolder implements AutoCloseable {
    private final Path path;

    private ProgramFolder(Path path) {
        this.path = path;
    }

    /** Makes an empty folder of which nobody has to know the name. */
    public static ProgramFolder in(Path parent) throws IOException {
        Path path = Files.createTempDirectory(parent, "afterword-");
        // root's PostgreSQL runs as another user, who has to get through
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ProgramFolder(path);
    }

    public Path path() {
        return path;
    }

    /** Where PostgreSQL notes its process; there only while it runs. */
    public Path postgresPidFile() {
        return path.resolve("postgres/cluster/postmaster.pid");
    }

    /** Stops what runs there, and removes everything; a second call does nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        stopPostgres();
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void stopPostgres() throws IOException {
        var pidFile = postgresPidFile();
        if (Files.exists(pidFile)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                    .ifPresent(ProcessHandle::destroy);
        }
        while (Files.exists(pidFile)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
