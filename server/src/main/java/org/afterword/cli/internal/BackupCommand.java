package org.afterword.cli.internal;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.afterword.backup.Backups;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description =
                "Writes everything that is kept into one file, beside a running server too. It is as secret as the data.")
public final class BackupCommand implements Callable<Integer> {
    private final Class<?> application;

    @Parameters(paramLabel = "FILE", description = "Where to; one of that name is replaced once the new one is whole.")
    private Path file = Path.of("");

    @Mixin
    private StorageOptions storage = new StorageOptions();

    public BackupCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        storage.requireInstallation();
        try (var resting = RestingProgram.open(application, storage);
                var progress = new TerminalProgress()) {
            var written = resting.get(Backups.class).write(file, progress);
            progress.close();
            System.out.println(Summaries.of("Backed up", written) + " They are in " + file + ".");
        }
        return 0;
    }
}
