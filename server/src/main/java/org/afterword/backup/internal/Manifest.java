package org.afterword.backup.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.afterword.backup.BackupSummary;
import org.jspecify.annotations.Nullable;

/**
 * What is in a backup; its last member.
 *
 * @param format     of the file; {@link #FORMAT} is the one that this program writes
 * @param program    the version that wrote it
 * @param schema     the version of its tables
 * @param takenAt    of the snapshot, by the database's clock
 * @param tables     one for each table, and for each tenant of a table that is kept apart by tenant
 * @param sequences  the last value of each one that has given any
 * @param partitions the months, as {@code 202611}, for which each partitioned table has a partition
 */
record Manifest(
        int format,
        String program,
        int schema,
        Instant takenAt,
        List<String> tenants,
        List<Rows> tables,
        List<StoredFile> files,
        Map<String, Long> sequences,
        Map<String, List<String>> partitions) {
    static final int FORMAT = 1;
    static final String MEMBER = "manifest.json";

    /** Nothing may be missing: a name that a damaged file no longer has must not pass for one without content. */
    Manifest {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(takenAt, "takenAt");
        tenants = List.copyOf(tenants);
        tables = List.copyOf(tables);
        files = List.copyOf(files);
        sequences = Map.copyOf(sequences);
        partitions = Map.copyOf(partitions);
    }

    /**
     * Rows of a table, in COPY's text format.
     *
     * @param tenant whose rows; null where the table is not kept apart by tenant
     * @param sha256 of the member's content, in hexadecimal
     */
    record Rows(String member, String table, @Nullable String tenant, List<String> columns, long rows, String sha256) {
        Rows {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(sha256, "sha256");
            columns = List.copyOf(columns);
        }
    }

    /**
     * A file of a kept folder.
     *
     * @param path   within the folder, with slashes
     * @param sha256 of its content, in hexadecimal
     */
    record StoredFile(String member, String folder, String path, long bytes, String sha256) {
        StoredFile {
            Objects.requireNonNull(member, "member");
            Objects.requireNonNull(folder, "folder");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    BackupSummary summary() {
        long rows = tables.stream().mapToLong(Rows::rows).sum();
        return new BackupSummary(takenAt, program, schema, tenants, rows, files.size());
    }
}
