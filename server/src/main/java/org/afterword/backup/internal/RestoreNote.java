package org.afterword.backup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import org.afterword.backup.BackupException;
import org.afterword.platform.DataFolder;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.Json;

/**
 * What the first start after a restore tells the trail; a file in the data folder until then.
 *
 * @param takenAt of the backup
 * @param seal    of the backup
 */
public record RestoreNote(Instant takenAt, String seal, String operatingSystemUser) {
    static Path in(DataFolder data) {
        return data.path().resolve("restored.json");
    }

    /** @throws BackupException if it cannot be left */
    public static void leave(BackupFile backup, DataFolder data) {
        Path file = in(data);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        var note = new RestoreNote(backup.summary().takenAt(), backup.seal(), user());
        try {
            Files.writeString(part, Json.write(note));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BackupException(
                    "All rows are there, and %s cannot be written: %s. Type the restore again, which does what is left."
                            .formatted(file, FileTrouble.describe(e)),
                    e);
        }
    }

    /** Who typed the command. */
    static String user() {
        return System.getProperty("user.name", "");
    }
}
