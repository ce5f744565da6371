package org.afterword.cli.internal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data is: alike for every command that works with it. */
final class StorageOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all that is kept; made if it is missing. Default: ./afterword-data")
    private @Nullable Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "Your own PostgreSQL (15 or newer) instead of the one that comes along:"
                    + " postgresql://USER:PASSWORD@HOST/DATABASE")
    private @Nullable String databaseUrl;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings, as YAML or properties.")
    private @Nullable Path config;

    Flags flags() {
        return new Flags().set("afterword.data", data).set("afterword.database.url", databaseUrl);
    }

    @Nullable
    Path config() {
        return config;
    }
}
