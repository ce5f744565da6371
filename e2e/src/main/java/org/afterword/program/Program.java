package org.afterword.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged program, unpacked once per test run and with a cache for its start, as {@code ./afterword} has it: it starts faster. */
final class Program {
    private static final Path UNPACKED = unpack();
    private static final Path CACHE = makeCache();

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

    /** The Java machine with the program, as small and as soon up as tests want it; its arguments are missing. */
    static List<String> command() {
        return command("-XX:AOTCache=" + CACHE, "-Xlog:aot*=off", "-Xlog:cds*=off");
    }

    private static List<String> command(String... options) {
        var command = new ArrayList<>(List.of(
                java(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    /** It takes as long as two or three starts do; a build that was tried before has it. */
    private static Path makeCache() {
        try {
            Path cache = UNPACKED.resolve("afterword-%d.aot"
                    .formatted(Files.getLastModifiedTime(Path.of(System.getProperty("afterword.jar")))
                            .toMillis()));
            if (!Files.exists(cache)) {
                var command =
                        new ArrayList<>(command("-XX:AOTCacheOutput=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off"));
                command.add("train");
                var output = UNPACKED.resolve("train.log");
                int exitCode = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start()
                        .waitFor();
                if (exitCode != 0 || !Files.exists(cache)) {
                    throw new AssertionError("the cache for the start cannot be made: " + Files.readString(output));
                }
            }
            return cache;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
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
