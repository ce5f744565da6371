package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** What was measured, on what. */
record Machine(
        String processor,
        int cores,
        String memory,
        String disk,
        String system,
        String java,
        String postgres,
        String commit,
        LocalDate day,
        String loadBefore) {

    static Machine describe(Path checkout, Path data, String postgres, String loadBefore)
            throws IOException, InterruptedException {
        return new Machine(
                value(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                String.format(
                        Locale.ROOT,
                        "%.1f GiB",
                        Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal")
                                        .replaceAll("\\D", ""))
                                / 1048576.0),
                Files.getFileStore(data).type(),
                "Linux " + System.getProperty("os.version").replaceAll("-.*", "") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                postgres,
                commit(checkout),
                LocalDate.now(ZoneOffset.UTC),
                loadBefore);
    }

    /** The load averages of the last 1, 5 and 15 minutes. */
    static String load() throws IOException {
        return String.join(
                ", ",
                Stream.of(Files.readString(Path.of("/proc/loadavg")).split(" "))
                        .limit(3)
                        .toList());
    }

    private static String value(Path file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static String commit(Path checkout) throws InterruptedException {
        try {
            String git = checkout.toString();
            String commit = Commands.output("git", "-C", git, "rev-parse", "--short=12", "HEAD");
            boolean changed = !Commands.output("git", "-C", git, "status", "--porcelain", "--", "server/src/main")
                    .isEmpty();
            return changed ? commit + " with changes" : commit;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
