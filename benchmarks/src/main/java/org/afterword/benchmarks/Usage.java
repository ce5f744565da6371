package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process and its children have used so far, as Linux counts it under /proc.
 *
 * @param cpuSeconds of a family also that of children which have ended
 * @param kibibytes  resident memory; what is shared is shared out among the sharers (PSS)
 */
record Usage(double cpuSeconds, long kibibytes) {
    private static final double TICKS_PER_SECOND = 100;

    /** Places in /proc/PID/stat behind the name: utime, stime, cutime, cstime. */
    private static final int UTIME = 11;

    private static final int STIME = 12;
    private static final int CSTIME = 14;

    /** Of one process without its children. */
    static Usage of(long pid) throws IOException {
        return new Usage(cpuSeconds(pid, UTIME, STIME), kibibytes(pid));
    }

    /** Of a process with all its children. */
    static Usage ofFamily(long pid) throws IOException {
        double cpu = cpuSeconds(pid, UTIME, CSTIME);
        long memory = kibibytes(pid);
        for (ProcessHandle child :
                ProcessHandle.of(pid).orElseThrow().descendants().toList()) {
            try {
                cpu += cpuSeconds(child.pid(), UTIME, STIME);
                memory += kibibytes(child.pid());
            } catch (IOException e) {
                // it has just ended
            }
        }
        return new Usage(cpu, memory);
    }

    Usage since(Usage before) {
        return new Usage(cpuSeconds - before.cpuSeconds, kibibytes);
    }

    /** @param last of the fields to add up */
    private static double cpuSeconds(long pid, int first, int last) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // the program's name, in parentheses, may hold spaces
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = first; i <= last; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long kibibytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
