package org.afterword.cli.internal;

import java.util.Locale;
import org.afterword.backup.BackupSummary;

/** Says what a backup holds. */
final class Summaries {
    private Summaries() {}

    static String of(String done, BackupSummary backup) {
        return String.format(
                Locale.ROOT,
                "%s as of %s: %,d rows of %d tenant%s and %d file%s, schema %d.",
                done,
                backup.takenAt(),
                backup.rows(),
                backup.tenants().size(),
                backup.tenants().size() == 1 ? "" : "s",
                backup.files(),
                backup.files() == 1 ? "" : "s",
                backup.schema());
    }
}
