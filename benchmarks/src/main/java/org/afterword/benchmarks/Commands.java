package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs other programs for what they say. */
final class Commands {
    private Commands() {}

    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException("%s failed: %s".formatted(String.join(" ", command), output));
        }
        return output;
    }
}
