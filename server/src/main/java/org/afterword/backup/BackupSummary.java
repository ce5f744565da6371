package org.afterword.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup holds.
 *
 * @param takenAt of the snapshot, by the database's clock
 * @param program the version that wrote it
 * @param schema  the version of its tables
 * @param rows    of all tables
 * @param files   of the kept folders
 */
public record BackupSummary(Instant takenAt, String program, int schema, List<String> tenants, long rows, int files) {
    public BackupSummary {
        tenants = List.copyOf(tenants);
    }
}
