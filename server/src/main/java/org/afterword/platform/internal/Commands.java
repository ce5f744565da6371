package org.afterword.platform.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.afterword.platform.StartupException;

/** Runs programs of the operating system and of PostgreSQL. */
final class Commands {
    private Commands() {}

    /** @param output what it wrote, errors included */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }

        String lastLine() {
            return output.strip().lines().reduce("no output", (before, line) -> line);
        }
    }

    /** Runs {@code command} to its end. */
    static Outcome run(List<String> command) {
        try {
            var process = prepare(command).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new StartupException("%s cannot be run: %s".formatted(command.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupException("%s was interrupted".formatted(command.getFirst()), e);
        }
    }

    /** A process that no setting of the user's shell reaches, and whose working folder every account can enter. */
    static ProcessBuilder prepare(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        builder.directory(new File("/"));
        return builder;
    }
}
