package org.afterword.platform;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The tables as this program's migrations make them. A schema's version is the number of its last migration. */
public final class Schema {
    private final Database database;

    public Schema(Database database) {
        this.database = database;
    }

    /** The version of the database; 0 if it has no tables yet. */
    public int version() {
        return newestOf(Arrays.stream(flyway(MigrationVersion.LATEST).info().applied()));
    }

    /** The version that this program works with. */
    public int newest() {
        return newestOf(Arrays.stream(flyway(MigrationVersion.LATEST).info().all())
                .filter(migration -> migration.getState().isResolved()));
    }

    /** Brings the database from the version it has forward to this one. */
    public void migrateTo(int version) {
        flyway(MigrationVersion.fromVersion(Integer.toString(version))).migrate();
    }

    private Flyway flyway(MigrationVersion target) {
        var owner = database.owner();
        return Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .placeholders(Map.of("appRole", database.app().user()))
                .target(target)
                .load();
    }

    private static int newestOf(Stream<MigrationInfo> migrations) {
        return migrations
                .filter(migration -> migration.getVersion() != null)
                .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
                .max()
                .orElse(0);
    }
}
