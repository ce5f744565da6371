package org.afterword.cli.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.afterword.platform.DataFolder;

/** {@code server.port} in the data folder: on which port the server that uses the folder answers. */
final class PortFile {
    private final Path path;

    PortFile(DataFolder data) {
        this.path = data.path().resolve("server.port");
    }

    Optional<String> read() {
        try {
            return Files.exists(path) ? Optional.of(Files.readString(path).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(int port) {
        try {
            var written = Files.writeString(path.resolveSibling("server.port.new"), port + "\n");
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
