package org.afterword.cli.internal;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.afterword.backup.Backups;
import org.afterword.platform.DataFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Makes an empty data folder, or an empty database of yours, what it was when the backup was written.")
public final class RestoreCommand implements Callable<Integer> {
    private final Class<?> application;

    @Parameters(paramLabel = "FILE", description = "What ./afterword backup wrote.")
    private Path file = Path.of("");

    @Option(
            names = "--hold-deliveries",
            description =
                    "Switches all webhooks and language models off, until somebody has looked and switches them on again.")
    private boolean holdDeliveries;

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public RestoreCommand(Class<?> application) {
        this.application = application;
    }

    /** Touches nothing before the file is known to be whole and the place to be empty. */
    @Override
    public Integer call() {
        storage.requireRoomForRestore();
        Backups.check(file);
        var data = storage.dataFolder();
        data.create();
        try (var _ = data.keepToUs();
                var resting = open(data);
                var progress = new TerminalProgress()) {
            var restored = resting.get(Backups.class).restore(file, holdDeliveries, progress);
            progress.close();
            System.out.println("%s All of them are there. Start it with ./afterword serve --data %s."
                    .formatted(Summaries.of("Restored", restored), data.path()));
        }
        return 0;
    }

    /** A database that is made for the restore is marked before it is there. */
    private RestingProgram open(DataFolder data) {
        if (storage.makesDatabase()) {
            data.beginRestore();
        }
        return RestingProgram.open(application, storage);
    }
}
