package org.afterword.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a thread's share. */
public final class Niceness {
    private static final int FIELD = 18;

    private Niceness() {}

    public static boolean isKnown() {
        return Files.exists(Path.of("/proc/thread-self/stat"));
    }

    /** @param thread its folder in {@code /proc} */
    public static int of(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            // the fields behind the thread's name, which may hold blanks
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')')).split(" ")[FIELD - 1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
