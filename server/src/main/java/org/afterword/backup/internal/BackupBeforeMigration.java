package org.afterword.backup.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import org.afterword.backup.BackupException;
import org.afterword.backup.BackupSummary;
import org.afterword.backup.Backups;
import org.afterword.backup.Progress;
import org.afterword.platform.BeforeMigration;
import org.afterword.platform.DataFolder;
import org.afterword.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the way back open: before a database goes forward to a new schema, it is written to {@code backups} in the data folder. */
final class BackupBeforeMigration implements BeforeMigration {
    private static final Logger log = LoggerFactory.getLogger(BackupBeforeMigration.class);
    private static final int KEPT = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Backups backups;
    private final DataFolder data;
    private final BackupSettings settings;

    BackupBeforeMigration(Backups backups, DataFolder data, BackupSettings settings) {
        this.backups = backups;
        this.data = data;
        this.settings = settings;
    }

    @Override
    public void beforeMigration(int from, int to) {
        if (!settings.beforeMigration()) {
            log.info("The schema goes from {} to {} without a backup, as backup.before-migration says", from, to);
            return;
        }
        try {
            Path folder = data.folder("backups");
            removeLeftovers(folder);
            Path writing = folder.resolve("before-%03d.new".formatted(to));
            BackupSummary written = backups.write(writing, Progress.NONE);
            Path file = folder.resolve("before-%03d-%s.afterword".formatted(to, TIME.format(written.takenAt())));
            Files.move(writing, file);
            log.info("The schema goes from {} to {}; what was before is in {}", from, to, file);
            keepTheNewest(folder);
        } catch (BackupException | IOException | UncheckedIOException e) {
            throw new StartupException(
                    "The database was not changed from schema %d to %d, since it could not be backed up before: %s Set backup.before-migration to false if you have a backup of your own."
                            .formatted(from, to, e.getMessage()),
                    e);
        }
    }

    /** Of a start that was killed: the folder is for one server at a time. */
    private static void removeLeftovers(Path folder) throws IOException {
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".new") || name.endsWith(".part")) {
                Files.delete(file);
            }
        }
    }

    private static void keepTheNewest(Path folder) throws IOException {
        List<Path> old = list(folder).stream()
                .filter(file -> file.getFileName().toString().matches("before-\\d+-\\d{8}-\\d{6}\\.afterword"))
                .sorted(Comparator.comparing(BackupBeforeMigration::time).reversed())
                .skip(KEPT)
                .toList();
        for (Path file : old) {
            Files.delete(file);
        }
    }

    private static Instant time(Path file) {
        String name = file.getFileName().toString();
        String time = name.substring(
                name.length() - "uuuuMMdd-HHmmss.afterword".length(), name.length() - ".afterword".length());
        return TIME.parse(time, Instant::from);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
