package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.afterword.program.ProgramFolder;

/** From starting the process to its first answer that it is ready: on an empty folder, and on one that is there. */
final class StartUps {
    final Latencies first = new Latencies();
    final Latencies later = new Latencies();

    static StartUps measure(Path checkout, Path parent, int runs) throws IOException {
        var startUps = new StartUps();
        for (int run = 0; run < runs; run++) {
            try (var folder = Benchmarks.newFolder(parent)) {
                startUps.first.record(start(checkout, folder));
                startUps.later.record(start(checkout, folder));
            }
        }
        return startUps;
    }

    private static Duration start(Path checkout, ProgramFolder folder) {
        try (var server = Server.start(checkout, folder)) {
            return server.process().startUp();
        }
    }
}
