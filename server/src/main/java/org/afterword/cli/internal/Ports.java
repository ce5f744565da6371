package org.afterword.cli.internal;

import java.io.IOException;
import java.net.ServerSocket;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;

/** Looks at ports before anything is created for them. */
final class Ports {
    private static final int LARGEST = 65535;

    private Ports() {}

    /** @throws StartupException if {@code port}, which {@code flag} gave, cannot be listened on; null and 0 always can */
    static void check(String flag, @Nullable Integer port) {
        if (port == null) {
            return;
        }
        if (port < 0 || port > LARGEST) {
            throw new StartupException("%s is %d; it may be from 0 to %d".formatted(flag, port, LARGEST));
        }
        if (!isFree(port)) {
            throw new StartupException("Port %d is in use: choose another with %s.".formatted(port, flag));
        }
    }

    static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
