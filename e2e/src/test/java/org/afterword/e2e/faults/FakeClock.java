package org.afterword.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.afterword.e2e.Wanting;

/** A wall clock that is stepped for the processes that were started with it; their monotonic clock goes on. */
final class FakeClock {
    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path offset;

    /** @param folder where PostgreSQL's account can read too */
    FakeClock(Path folder) throws IOException {
        Wanting.unless(Files.exists(LIBRARY), "libfaketime: install faketime");
        this.offset = folder.resolve("faketime");
        step(Duration.ZERO);
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // or timed waits return at once, and the program does nothing but spin
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** How far the clock is off from now on; noticed within a second. */
    void step(Duration off) throws IOException {
        Path written = Files.writeString(offset.resolveSibling("faketime.new"), "%+d%n".formatted(off.toSeconds()));
        Files.move(written, offset, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
