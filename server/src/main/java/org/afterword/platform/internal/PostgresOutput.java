package org.afterword.platform.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what a PostgreSQL process says into our log. */
final class PostgresOutput {
    private static final Logger log = LoggerFactory.getLogger("postgres");

    private final Thread follower;
    private volatile String lastWords = "it gave no reason";

    PostgresOutput(Process process) {
        follower = Thread.ofVirtual().name("postgres-output").start(() -> follow(process));
    }

    private void follow(Process process) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                log.info("{}", line);
                if (line.startsWith("FATAL") || line.startsWith("PANIC")) {
                    lastWords = line;
                }
            }
        } catch (IOException e) {
            log.debug("The output of PostgreSQL ended", e);
        }
    }

    /** Why the process, which has ended, says it did. */
    String lastWords() {
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lastWords;
    }
}
