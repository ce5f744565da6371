package org.afterword.backup.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.afterword.backup.BackupException;
import org.afterword.backup.Progress;
import org.afterword.platform.Database;
import org.afterword.platform.FileTrouble;
import org.afterword.platform.KeptFolder;
import org.afterword.platform.Schema;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty database from a backup, in one transaction: it holds everything then, or nothing.
 *
 * <p>Row-level security stays as it is. COPY cannot write past it, so rows go through a temporary table, tenant by tenant; that works
 * for an owner whom the policies hold, too. No text of the file becomes part of a statement before it was found in the catalog.
 */
public final class Loader {
    private static final Logger log = LoggerFactory.getLogger(Loader.class);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");
    private static final String HAS_TENANTS = "SELECT 1 FROM tenant LIMIT 1";
    private static final String TENANTS = "SELECT to_regclass('public.tenant')";

    /** Whoever had claimed work does not do it any more. */
    private static final String DROP_LEASES = "UPDATE due_work SET leased_until = NULL WHERE leased_until IS NOT NULL";

    /** Delivery's own table: a webhook that is switched off keeps what comes until it is on again. */
    private static final String HOLD_WEBHOOKS =
            "UPDATE connector SET enabled = false WHERE tenant_id = afterword_tenant() AND enabled AND kind = 'webhook'";

    private static final String MODELS = "SELECT to_regclass('language_model')";

    /** Drafting's own table: words of customers are not sent out by a copy either. */
    private static final String HOLD_MODELS =
            "UPDATE language_model SET settings = jsonb_set(settings, '{enabled}', 'false') WHERE tenant_id = afterword_tenant()";

    /** Delivery's own table: what waited then was mostly delivered since, and is looked for before it is written once more. */
    private static final String MAY_BE_THERE =
            "UPDATE delivery SET first_attempt_at = created_at WHERE tenant_id = afterword_tenant() AND state <> 'delivered' AND first_attempt_at IS NULL";

    private static final String SETTLES = "SELECT to_regprocedure('afterword_settle_positions(boolean)')";

    /** What other systems got after the backup was taken has positions that must not be given again. */
    private static final String SETTLE = "SELECT afterword_settle_positions(true)";

    private final BackupFile backup;
    private final Manifest manifest;
    private final Database database;
    private final Progress progress;
    private long rows;

    public Loader(BackupFile backup, Database database, Progress progress) {
        this.backup = backup;
        this.manifest = backup.manifest();
        this.database = database;
        this.progress = progress;
    }

    /**
     * Fills the database and the folders. A file that is in a folder already is left as it is.
     *
     * @param holdWebhooks whether webhooks and language models are switched off until somebody switches them on
     * @throws BackupException if that is not possible; then the database is empty
     */
    public void load(List<KeptFolder> folders, boolean holdWebhooks) {
        try {
            migrate();
            try (var connection = Sessions.open(database.owner())) {
                fill(connection, holdWebhooks);
                writeFiles(folders);
                connection.commit();
            }
        } catch (SQLException | FlywayException e) {
            throw new BackupException(
                    "The database cannot be filled, and is as empty as before: %s".formatted(firstLine(e)), e);
        } catch (IOException e) {
            throw new BackupException(
                    "The restore failed, and the database is as empty as before: %s."
                            .formatted(FileTrouble.describe(e)),
                    e);
        }
    }

    /** Whether the database holds as many rows of every table and tenant as the backup: an earlier load came to its end. */
    public boolean isLoaded() {
        try (var connection = Sessions.open(database.owner())) {
            if (Sessions.value(connection, TENANTS) == null || Sessions.value(connection, HAS_TENANTS) == null) {
                return false;
            }
            requireKnown(TableCatalog.tables(connection));
            for (var part : manifest.tables()) {
                Sessions.become(connection, part.tenant());
                String count = "SELECT count(*) FROM %s%s"
                        .formatted(Sessions.quoted(connection, part.table()), ofTenant(part));
                if (!Long.toString(part.rows()).equals(Sessions.value(connection, count))) {
                    return false;
                }
            }
            return true;
        } catch (SQLException e) {
            throw new BackupException("The database cannot be used: %s".formatted(firstLine(e)), e);
        }
    }

    /** Tells the planner what it got. What does not work here, the database does by itself in a while. */
    public void analyze() {
        try (var connection = Sessions.open(database.owner())) {
            connection.setAutoCommit(true);
            Sessions.execute(connection, "ANALYZE");
        } catch (SQLException e) {
            log.warn("All is restored, and the first queries may be slow: ANALYZE failed ({})", firstLine(e));
        }
    }

    /** For an owner whom no policy holds. */
    private static String ofTenant(Manifest.Rows part) {
        return part.tenant() == null ? "" : " WHERE tenant_id = afterword_tenant()";
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** To the schema of the backup and no further: going forward is the next start's work, as it is for the original. */
    private void migrate() {
        new Schema(database).migrateTo(manifest.schema());
    }

    /** @throws BackupException if the database holds data, or its schema is not one that the backup can be loaded into */
    public void requireRoom() {
        try (var connection = Sessions.open(database.owner())) {
            if (Sessions.value(connection, TENANTS) != null && Sessions.value(connection, HAS_TENANTS) != null) {
                throw new BackupException(
                        "The database %s holds data already: restore into an empty one.".formatted(database.owner()));
            }
        } catch (SQLException e) {
            throw new BackupException("The database cannot be used: %s".formatted(firstLine(e)), e);
        }
        var schema = new Schema(database);
        if (manifest.schema() > schema.newest()) {
            throw new BackupException(
                    "The backup has schema %d and this Afterword (schema %d) is older: restore it with Afterword %s or a newer one."
                            .formatted(manifest.schema(), schema.newest(), manifest.program()));
        }
        if (schema.version() > manifest.schema()) {
            throw new BackupException(
                    "The database %s has schema %d, which is newer than that of the backup (%d): restore into an empty one."
                            .formatted(database.owner(), schema.version(), manifest.schema()));
        }
    }

    private void fill(Connection connection, boolean holdWebhooks) throws SQLException, IOException {
        List<TableCatalog.Table> tables = TableCatalog.tables(connection);
        requireKnown(tables);
        for (var table : tables.reversed()) {
            // what the migrations put there; tables of tenants are empty
            Sessions.execute(connection, "DELETE FROM " + Sessions.quoted(connection, table.name()));
        }
        makePartitions(connection);
        Map<String, List<Manifest.Rows>> parts =
                manifest.tables().stream().collect(Collectors.groupingBy(Manifest.Rows::table));
        for (var table : tables) {
            for (var part : parts.getOrDefault(table.name(), List.of())) {
                fill(connection, table, part);
            }
        }
        setSequences(connection);
        Sessions.become(connection, null);
        Sessions.execute(connection, DROP_LEASES);
        for (String tenant : manifest.tenants()) {
            Sessions.become(connection, tenant);
            Sessions.execute(connection, MAY_BE_THERE);
            if (holdWebhooks) {
                Sessions.execute(connection, HOLD_WEBHOOKS);
                if (Sessions.value(connection, MODELS) != null) {
                    Sessions.execute(connection, HOLD_MODELS);
                }
            }
        }
        if (Sessions.value(connection, SETTLES) != null) {
            Sessions.value(connection, SETTLE);
        }
    }

    private void requireKnown(List<TableCatalog.Table> tables) {
        var known = new HashMap<String, TableCatalog.Table>();
        tables.forEach(table -> known.put(table.name(), table));
        for (var part : manifest.tables()) {
            var table = known.get(part.table());
            if (table == null
                    || !Set.copyOf(table.columns()).equals(new HashSet<>(part.columns()))
                    || table.byTenant() != (part.tenant() != null)) {
                throw new BackupException(
                        "The backup's table '%s' is not that of schema %d: it was not written by an Afterword that was released."
                                .formatted(part.table(), manifest.schema()));
            }
        }
    }

    /** One for each month that had one, so that old rows lie in partitions of their own again. */
    private void makePartitions(Connection connection) throws SQLException {
        Map<String, List<String>> there = TableCatalog.partitions(connection);
        for (var partitions : manifest.partitions().entrySet()) {
            String parent = partitions.getKey();
            var missing = new HashSet<>(partitions.getValue());
            missing.removeAll(there.getOrDefault(parent, List.of()));
            if (!missing.isEmpty() && !there.containsKey(parent)) {
                throw new BackupException("The backup's table '%s' is not one with partitions.".formatted(parent));
            }
            for (String month : missing) {
                makePartition(connection, parent, month(month));
            }
        }
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text, MONTH);
        } catch (DateTimeParseException e) {
            throw new BackupException("The backup names a partition '%s', which is no month.".formatted(text), e);
        }
    }

    private static void makePartition(Connection connection, String parent, YearMonth month) throws SQLException {
        String name = Sessions.quoted(connection, parent + "_" + MONTH.format(month));
        Sessions.execute(
                connection,
                "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM ('%s-01 00:00:00+00') TO ('%s-01 00:00:00+00')"
                        .formatted(name, Sessions.quoted(connection, parent), month, month.plusMonths(1)));
        Sessions.execute(connection, "CALL afterword_seal_partition('%s')".formatted(name));
    }

    private void fill(Connection connection, TableCatalog.Table table, Manifest.Rows part)
            throws SQLException, IOException {
        Sessions.become(connection, part.tenant());
        String name = Sessions.quoted(connection, table.name());
        String columns = Sessions.quoted(connection, part.columns());
        Sessions.execute(
                connection,
                "CREATE TEMPORARY TABLE part ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA"
                        .formatted(columns, name));
        try (InputStream content = backup.content(part.member())) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY part (%s) FROM STDIN".formatted(columns), content, 1 << 16);
        }
        long filled;
        try (var statement = connection.createStatement()) {
            filled = statement.executeLargeUpdate("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM part%s"
                    .formatted(name, columns, columns, ofTenant(part)));
        }
        Sessions.execute(connection, "DROP TABLE part");
        if (filled != part.rows()) {
            throw new BackupException("%s has %d rows and %d of them could be restored; nothing was kept."
                    .formatted(part.member(), part.rows(), filled));
        }
        rows += filled;
        progress.done(table.name(), rows);
    }

    private void setSequences(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT setval(to_regclass(quote_ident(?)), ?) FROM pg_sequences WHERE schemaname = 'public' AND sequencename = ?")) {
            for (var sequence : manifest.sequences().entrySet()) {
                statement.setString(1, sequence.getKey());
                statement.setLong(2, sequence.getValue());
                statement.setString(3, sequence.getKey());
                statement.execute();
            }
        }
    }

    private void writeFiles(List<KeptFolder> folders) throws IOException {
        for (var stored : manifest.files()) {
            KeptFolder folder = folders.stream()
                    .filter(kept -> kept.name().equals(stored.folder()))
                    .findFirst()
                    .orElseThrow(() -> new BackupException(
                            "The backup holds files of a folder '%s', which this Afterword does not know."
                                    .formatted(stored.folder())));
            Path target = folder.path().resolve(stored.path()).normalize();
            if (!target.startsWith(folder.path().normalize())) {
                throw new BackupException(
                        "The backup names a file outside of its folder: %s.".formatted(stored.path()));
            }
            if (Files.notExists(target)) {
                write(stored, target);
            }
        }
    }

    private void write(Manifest.StoredFile stored, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (InputStream content = backup.content(stored.member());
                var out = Files.newOutputStream(part)) {
            content.transferTo(out);
        }
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, target);
        progress.done(stored.path(), rows);
    }
}
