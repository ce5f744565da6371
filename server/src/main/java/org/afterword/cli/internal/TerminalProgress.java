package org.afterword.cli.internal;

import java.io.Console;
import java.util.Locale;
import org.afterword.backup.Progress;
import org.jspecify.annotations.Nullable;

/** Shows on one line of a terminal how it gets on; says nothing where the output goes elsewhere. */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final @Nullable Console terminal = System.console();
    private boolean shows;

    @Override
    public void done(String what, long rows) {
        if (terminal != null && terminal.isTerminal()) {
            terminal.printf("%s%s", CLEAR_LINE, String.format(Locale.ROOT, "%,d rows, %s", rows, what));
            terminal.flush();
            shows = true;
        }
    }

    /** Leaves an empty line. */
    @Override
    public void close() {
        if (shows && terminal != null) {
            terminal.printf("%s", CLEAR_LINE);
            terminal.flush();
            shows = false;
        }
    }
}
