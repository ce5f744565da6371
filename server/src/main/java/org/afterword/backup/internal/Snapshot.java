package org.afterword.backup.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.afterword.backup.BackupException;
import org.afterword.backup.BackupSummary;
import org.afterword.backup.Progress;
import org.afterword.platform.Database;
import org.afterword.platform.Json;
import org.afterword.platform.KeptFolder;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes all rows as they stood at one moment, while the program works on. The transaction writes nothing and so has no id: readers of
 * the event log do not wait for it.
 */
public final class Snapshot {
    private static final Logger log = LoggerFactory.getLogger(Snapshot.class);

    /** The snapshot is taken by the first statement that needs one; locking tables does not. */
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private static final String SCHEMA = "SELECT max(version::int) FROM flyway_schema_history WHERE success";
    private static final String IS_INSTALLED = "SELECT to_regclass('public.flyway_schema_history')";

    private final Connection connection;
    private final ZipOutputStream zip;
    private final Progress progress;
    private final List<Manifest.Rows> tables = new ArrayList<>();
    private final List<Manifest.StoredFile> files = new ArrayList<>();
    private long rows;

    private Snapshot(Connection connection, ZipOutputStream zip, Progress progress) {
        this.connection = connection;
        this.zip = zip;
        this.progress = progress;
    }

    /**
     * Writes {@code file}, replacing one of that name.
     *
     * @param program the version that writes it
     * @throws BackupException if that is not possible; then nothing is left of it
     */
    public static BackupSummary write(
            Path file, Database database, List<KeptFolder> folders, String program, Progress progress) {
        try (var connection = Sessions.open(database.owner())) {
            if (Sessions.value(connection, IS_INSTALLED) == null) {
                throw new BackupException(
                        "There is nothing to back up: no Afterword was started on this database yet.");
            }
            lockTables(connection);
            return Sealed.write(file, zip -> new Snapshot(connection, zip, progress).write(program, folders));
        } catch (SQLException e) {
            throw cannotBeRead(e);
        }
    }

    private static BackupException cannotBeRead(SQLException e) {
        return new BackupException("The database cannot be read: %s".formatted(e.getMessage()), e);
    }

    /** Keeps the tables' shape as it is until the transaction ends, which takes its snapshot only now. */
    private static void lockTables(Connection connection) throws SQLException {
        var names = TableCatalog.tables(connection).stream()
                .map(TableCatalog.Table::name)
                .toList();
        connection.commit();
        Sessions.execute(connection, BEGIN);
        Sessions.execute(
                connection, "LOCK TABLE %s IN ACCESS SHARE MODE".formatted(Sessions.quoted(connection, names)));
    }

    private BackupSummary write(String program, List<KeptFolder> folders) throws IOException {
        try {
            Instant takenAt = takenAt();
            // now, since the rows tell of every line that was written before
            Map<Path, Found> found = lookAt(folders);
            List<String> tenants = tenants();
            for (var table : TableCatalog.tables(connection)) {
                if (table.byTenant()) {
                    for (String tenant : tenants) {
                        write(table, tenant);
                    }
                } else {
                    write(table, null);
                }
            }
            for (var file : found.entrySet()) {
                write(file.getKey(), file.getValue());
            }
            int schema = Integer.parseInt(Objects.requireNonNull(Sessions.value(connection, SCHEMA)));
            var manifest = new Manifest(
                    Manifest.FORMAT,
                    program,
                    schema,
                    takenAt,
                    tenants,
                    tables,
                    files,
                    // after the rows: no number that they hold is given again
                    TableCatalog.sequences(connection),
                    TableCatalog.partitions(connection));
            zip.putNextEntry(new ZipEntry(Manifest.MEMBER));
            zip.write(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
            zip.closeEntry();
            return manifest.summary();
        } catch (SQLException e) {
            throw cannotBeRead(e);
        }
    }

    private Instant takenAt() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT transaction_timestamp()")) {
            row.next();
            Timestamp now = row.getTimestamp(1);
            return now.toInstant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    private List<String> tenants() throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT tenant_id FROM tenant ORDER BY tenant_id")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private void write(TableCatalog.Table table, @Nullable String tenant) throws IOException, SQLException {
        String member = tenant == null
                ? "tables/%s.copy".formatted(table.name())
                : "tables/%s/%s.copy".formatted(table.name(), tenant);
        Sessions.become(connection, tenant);
        String copy = "COPY (SELECT %s FROM %s%s) TO STDOUT"
                .formatted(
                        Sessions.quoted(connection, table.columns()),
                        Sessions.quoted(connection, table.name()),
                        // for an owner whom no policy holds
                        tenant == null ? "" : " WHERE tenant_id = afterword_tenant()");
        zip.putNextEntry(new ZipEntry(member));
        var tally = new Tally(zip);
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, tally);
        zip.closeEntry();
        tables.add(new Manifest.Rows(member, table.name(), tenant, table.columns(), tally.lines(), tally.sha256()));
        rows += tally.lines();
        progress.done(table.name(), rows);
    }

    /** A file, and how long it was when the snapshot was taken. */
    private record Found(String folder, String path, long bytes) {}

    private static Map<Path, Found> lookAt(List<KeptFolder> folders) throws IOException {
        var found = new java.util.TreeMap<Path, Found>();
        for (KeptFolder folder : folders) {
            if (Files.isDirectory(folder.path())) {
                Files.walkFileTree(folder.path(), new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile()) {
                            String path = folder.path().relativize(file).toString();
                            found.put(file, new Found(folder.name(), path, attributes.size()));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw e;
                    }
                });
            }
        }
        return found;
    }

    /** A file that somebody removed since it was found is left out: it is not there any more. */
    private void write(Path file, Found found) throws IOException {
        try (var channel = FileChannel.open(file)) {
            write(channel, found);
        } catch (NoSuchFileException e) {
            log.info("{} was removed while the backup was written, and is not in it", file);
        }
    }

    private void write(FileChannel channel, Found found) throws IOException {
        String member = "files/%s/%s".formatted(found.folder, found.path);
        zip.putNextEntry(new ZipEntry(member));
        var tally = new Tally(zip);
        Sealed.copy(channel, found.bytes, tally);
        zip.closeEntry();
        files.add(new Manifest.StoredFile(member, found.folder, found.path, tally.bytes(), tally.sha256()));
        progress.done(found.path, rows);
    }
}
