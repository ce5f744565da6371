package org.afterword.e2e.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.program.AfterwordProcess;
import org.afterword.program.ProgramFolder;

/** A PostgreSQL that stands by itself as an administrator's would: that of an Afterword which was killed and left it running. */
final class StrayPostgres implements AutoCloseable {
    private final ProgramFolder folder;

    private StrayPostgres(ProgramFolder folder) {
        this.folder = folder;
    }

    static StrayPostgres start() throws IOException {
        var folder = ProgramFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
        AfterwordProcess.serve(folder.path()).kill();
        return new StrayPostgres(folder);
    }

    Path home() {
        return folder.path().resolve("postgres");
    }

    int port() throws IOException {
        return Integer.parseInt(Files.readString(home().resolve("port")).strip());
    }

    /** As reached through {@code port}. */
    String url(int port) {
        try {
            return "postgresql://afterword_owner:%s@127.0.0.1:%d/afterword"
                    .formatted(Files.readString(home().resolve("afterword_owner.password")), port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
