package org.afterword.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param checkout     the folder of the sources
 * @param data         where data folders are made, and removed again
 * @param document     where the figures go beside standard output; null for nowhere
 * @param parts        what is measured
 * @param starts       how often the program is started on an empty folder, and then again
 * @param quietHangUps contacts that are measured without anything beside them
 * @param draftsOfEach contacts of each kind whose drafts are measured without anything beside them
 * @param warmUp       before each load, not counted
 * @param busy         how long the floor is measured
 * @param flood        how long each flood of events is measured
 * @param gate         how long reservations and deadlines are measured on a floor of each size
 */
record Options(
        Path checkout,
        Path data,
        @Nullable Path document,
        Set<Part> parts,
        int starts,
        int quietHangUps,
        int draftsOfEach,
        Duration warmUp,
        Duration busy,
        Duration flood,
        Duration gate) {

    /** What can be measured alone; each on a data folder of its own. */
    enum Part {
        STARTS,
        EVENTS,
        FLOOR,
        DRAFTS,
        DEADLINES,
        GATE;

        static Part parse(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(USAGE));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String USAGE = """
            Usage: benchmarks/run [--short] [--only PART,…] [--data DIR]
              Measures this checkout for about 40 minutes and writes the figures into docs/benchmarks.md.
              --short      in ten minutes,  to see whether it works; prints the figures and writes them nowhere
              --only PART  starts, events, floor, drafts, deadlines or gate, or several with commas; prints the figures and writes them nowhere
              --data DIR   make the data folders there instead of in /var/tmp; they are removed at the end""";

    /** @throws IllegalArgumentException with how to use it */
    static Options parse(String... arguments) {
        Path checkout = Path.of("");
        Path data = Path.of("/var/tmp");
        boolean brief = false;
        Set<Part> parts = EnumSet.allOf(Part.class);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--short" -> brief = true;
                case "--only" -> parts = parts(value(arguments, ++i));
                case "--data" -> data = folder(arguments, ++i);
                case "--checkout" -> checkout = folder(arguments, ++i);
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        checkout = checkout.toAbsolutePath().normalize();
        boolean whole = !brief && parts.size() == Part.values().length;
        return new Options(
                checkout,
                data,
                whole ? checkout.resolve("docs/benchmarks.md") : null,
                parts,
                brief ? 1 : 5,
                brief ? 20 : 200,
                brief ? 10 : 40,
                Duration.ofSeconds(brief ? 10 : 30),
                brief ? Duration.ofSeconds(60) : Duration.ofMinutes(10),
                Duration.ofSeconds(brief ? 20 : 60),
                Duration.ofSeconds(brief ? 20 : 40));
    }

    private static Set<Part> parts(String names) {
        return Arrays.stream(names.split(","))
                .map(Part::parse)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }

    private static Path folder(String[] arguments, int i) {
        return Path.of(value(arguments, i)).toAbsolutePath().normalize();
    }

    private static String value(String[] arguments, int i) {
        if (i == arguments.length) {
            throw new IllegalArgumentException(USAGE);
        }
        return arguments[i];
    }
}
