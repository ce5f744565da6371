package org.afterword.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.afterword.backup.internal.BackupFile;
import org.afterword.backup.internal.Loader;
import org.afterword.backup.internal.RestoreNote;
import org.afterword.backup.internal.Snapshot;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.Schema;

/** Writes everything into one file, beside a running server too, and makes an empty installation what it was when that was written. */
public final class Backups {
    private final Database database;
    private final DataFolder data;
    private final List<KeptFolder> folders;
    private final Consumer<Path> aboutToWrite;

    /** @param aboutToWrite hears of a backup before it is written, if the tables are those that this program works with */
    public Backups(Database database, DataFolder data, List<KeptFolder> folders, Consumer<Path> aboutToWrite) {
        this.database = database;
        this.data = data;
        this.folders = List.copyOf(folders);
        this.aboutToWrite = aboutToWrite;
    }

    /**
     * Writes all rows as they stand at one moment, and the files of the kept folders. The file is for its owner alone and gets its name
     * when it is whole; one of that name is replaced.
     *
     * @throws BackupException if that is not possible; then nothing is left of it
     */
    public BackupSummary write(Path file, Progress progress) {
        data.requireWhole();
        var schema = new Schema(database);
        if (schema.version() == schema.newest()) {
            aboutToWrite.accept(file.toAbsolutePath());
        }
        return Snapshot.write(file.toAbsolutePath(), database, folders, program(), progress);
    }

    /**
     * Reads a backup through.
     *
     * @throws BackupException naming what is wrong with it
     */
    public static BackupSummary check(Path file) {
        try (var backup = BackupFile.open(file)) {
            return backup.summary();
        }
    }

    /**
     * Fills an empty database, whose data folder is {@link DataFolder#beginRestore marked} until all is there. A restore that died at
     * any moment can be typed again: it begins anew, or finds that all is there already.
     *
     * @param holdWebhooks whether webhooks and language models are switched off until somebody switches them on
     * @throws BackupException naming what is wrong with the file, or why it cannot be restored here; then the database holds no data
     */
    public BackupSummary restore(Path file, boolean holdWebhooks, Progress progress) {
        try (var backup = BackupFile.open(file)) {
            var loader = new Loader(backup, database, progress);
            if (!data.isHalfRestoredFrom(backup.seal()) || !loader.isLoaded()) {
                loader.requireRoom();
                data.beginRestore(backup.seal());
                loader.load(folders, holdWebhooks);
            }
            RestoreNote.leave(backup, data);
            data.endRestore();
            loader.analyze();
            return backup.summary();
        }
    }

    private static String program() {
        return Objects.requireNonNullElse(Backups.class.getPackage().getImplementationVersion(), "(unpackaged)");
    }
}
