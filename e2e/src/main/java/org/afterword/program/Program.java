package org.afterword.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged program, unpacked once per test run as {@code ./afterword} does it: it starts faster. */
final class Program {
    private static final Path UNPACKED = unpack();

    private Program() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path folder() {
        return UNPACKED;
    }

    static Path jar() {
        return UNPACKED.resolve("afterword.jar");
    }

    private static Path unpack() {
        var jar = System.getProperty("afterword.jar");
        var folder = Path.of("target", "program").toAbsolutePath();
        try {
            var unpacking = new ProcessBuilder(
                            java(),
                            "-Djarmode=tools",
                            "-jar",
                            jar,
                            "extract",
                            "--force",
                            "--destination",
                            folder.toString())
                    .inheritIO()
                    .start();
            if (unpacking.waitFor() != 0 || !Files.exists(folder.resolve("afterword.jar"))) {
                throw new AssertionError(jar + " cannot be unpacked: build the server first");
            }
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
