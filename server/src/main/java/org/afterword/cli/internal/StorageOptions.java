package org.afterword.cli.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.afterword.platform.DataFolder;
import org.afterword.platform.StartupException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data is: alike for every command that works with it. */
final class StorageOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for all that is kept; serve and restore make it. Default: afterword-data")
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
        Path folder = dataFolder().path();
        if (makesDatabase() && !holdsDatabase(folder)) {
            throw noInstallation(folder.toString());
        }
    }

    /** @throws StartupException if the data folder holds a database that is not a half restored one */
    void requireRoomForRestore() {
        var folder = dataFolder();
        if (makesDatabase() && holdsDatabase(folder.path()) && !folder.isHalfRestored()) {
            throw new StartupException(
                    "The folder %s holds a database already: name one that is empty or not there yet with --data."
                            .formatted(folder.path()));
        }
    }

    /** Whether the database is the one that comes along. */
    boolean makesDatabase() {
        return flags().configuration(config).getProperty("afterword.database.url") == null;
    }

    private static boolean holdsDatabase(Path folder) {
        return Files.exists(folder.resolve("postgres")) || Files.exists(folder.resolve("postgres.location"));
    }

    static StartupException noInstallation(String place) {
        return new StartupException(
                "There is no installation in %s yet. Start it with ./afterword serve.".formatted(place));
    }

    DataFolder dataFolder() {
        return Configured.dataFolder(flags().configuration(config));
    }

    @Nullable
    Path config() {
        return config;
    }
}
