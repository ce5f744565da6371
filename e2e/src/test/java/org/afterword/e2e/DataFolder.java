package org.afterword.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A data folder for each test, as an extension: removed afterwards, together with a PostgreSQL that a killed program left there. */
public final class DataFolder implements BeforeEachCallback, AfterEachCallback {
    private @Nullable Path path;

    public Path path() {
        if (path == null) {
            throw new IllegalStateException("no test is running");
        }
        return path;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        path = Files.createTempDirectory("afterword-e2e-");
        // root's PostgreSQL runs as another user, who has to get through
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        stopPostgres();
        try (var files = Files.walk(path())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void stopPostgres() throws IOException {
        var pidFile = path().resolve("postgres/cluster/postmaster.pid");
        if (Files.exists(pidFile)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                    .ifPresent(ProcessHandle::destroy);
        }
        while (Files.exists(pidFile)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
