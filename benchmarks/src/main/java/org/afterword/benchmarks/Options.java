package org.afterword.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param checkout     the folder of the sources
 * @param data         where data folders are made, and removed again
 * @param document     where the figures go beside standard output; null for nowhere
 * @param starts       how often the program is started on an empty folder, and then again
 * @param quietHangUps contacts that are measured without anything beside them
 * @param warmUp       before each of the two loads, not counted
 */
record Options(
        Path checkout,
        Path data,
        @Nullable Path document,
        int starts,
        int quietHangUps,
        Duration warmUp,
        Duration busy,
        Duration flood) {

    static final String USAGE = """
            Usage: benchmarks/run [--short] [--data DIR]
              Measures this checkout for about ten minutes and writes the figures into docs/benchmarks.md.
              --short     in three minutes, to see whether it works; prints the figures and writes them nowhere
              --data DIR  make the data folders there instead of in /var/tmp; they are removed at the end""";

    /** @throws IllegalArgumentException with how to use it */
    static Options parse(String... arguments) {
        Path checkout = Path.of("");
        Path data = Path.of("/var/tmp");
        boolean brief = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--short" -> brief = true;
                case "--data" -> data = folder(arguments, ++i);
                case "--checkout" -> checkout = folder(arguments, ++i);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        checkout = checkout.toAbsolutePath().normalize();
        return brief
                ? new Options(
                        checkout,
                        data,
                        null,
                        1,
                        20,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20))
                : new Options(
                        checkout,
                        data,
                        checkout.resolve("docs/benchmarks.md"),
                        5,
                        200,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(1));
    }

    private static Path folder(String[] arguments, int i) {
        if (i == arguments.length) {
            throw new IllegalArgumentException(USAGE);
        }
        return Path.of(arguments[i]).toAbsolutePath().normalize();
    }
}
