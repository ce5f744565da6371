package org.afterword.cli.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.platform.StartupException;
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

    /** @throws StartupException if nothing was ever started on this data, so that a slip does not create a database */
    void requireInstallation() {
        var configuration = flags().configuration(config);
        Path folder = Configured.dataFolder(configuration).path();
        if (configuration.getProperty("afterword.database.url") == null
                && Files.notExists(folder.resolve("postgres"))
                && Files.notExists(folder.resolve("postgres.location"))) {
            throw noInstallation(folder.toString());
        }
    }

    static StartupException noInstallation(String place) {
        return new StartupException(
                "There is no installation in %s yet. Start it with ./afterword serve, which shows such a link at its first start."
                        .formatted(place));
    }

    @Nullable
    Path config() {
        return config;
    }
}
