package org.afterword.e2e;

import java.io.IOException;
import java.nio.file.Path;
import org.afterword.program.ProgramFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A data folder for each test, as an extension. */
public final class DataFolder implements BeforeEachCallback, AfterEachCallback {
    private @Nullable ProgramFolder folder;

    public Path path() {
        return folder().path();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = ProgramFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        folder().close();
    }

    private ProgramFolder folder() {
        if (folder == null) {
            throw new IllegalStateException("no test is running");
        }
        return folder;
    }
}
