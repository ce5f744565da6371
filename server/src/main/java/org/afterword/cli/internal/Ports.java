package org.afterword.cli.internal;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;

/** Looks at ports before anything is created for them. */
final class Ports {
    private static final int LARGEST = 65535;

    private Ports() {}

    /** @throws StartupException if {@code port}, which {@code flag} gave, is no port; null is none */
    static void checkRange(String flag, @Nullable Integer port) {
        if (port != null && (port < 0 || port > LARGEST)) {
            throw new StartupException("%s is %d; it may be from 0 to %d.".formatted(flag, port, LARGEST));
        }
    }

    /** Whether a server can listen on it now. */
    static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new StartupException("Port %d cannot be listened on: %s".formatted(port, e.getMessage()), e);
        }
    }
}
