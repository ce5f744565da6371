package org.afterword.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL with every migration applied. Most tests share one, which is emptied after each of them. The whole program has
 * another: its workers would do the work of other tests, and its transactions hold back readers of the event log, in whatever
 * database they are.
 *
 * <p>Its sessions live in India, the test JVM in New York and the design in UTC, so that code which leans on a zone by accident fails.
 */
public final class PostgresDatabase implements AfterEachCallback {
    /** Deletes rather than truncates, which is faster for a few rows; in this session no trigger or foreign key objects. */
    private static final String EMPTY_ALL_TABLES = """
            DO $$
            DECLARE
                target regclass;
            BEGIN
                SET LOCAL session_replication_role = replica;
                FOR target IN
                    SELECT c.oid
                      FROM pg_class AS c
                     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                       AND c.relname NOT IN ('flyway_schema_history', 'partitioned_table', 'position_offset', 'time_line')
                LOOP
                    EXECUTE format('DELETE FROM %s', target);
                END LOOP;
            END $$
            """;

    private final PostgresServer server;
    private final HikariDataSource owner;
    private final HikariDataSource app;

    private PostgresDatabase(PostgresServer server) {
        this.server = server;
        owner = pool(server.owner(), 4);
        app = pool(server.app(), 16);
        switchAutovacuum(false);
        Flyway.configure()
                .dataSource(owner)
                .placeholders(Map.of("appRole", server.app().user()))
                .load()
                .migrate();
    }

    /**
     * Off, as its transactions would hold back readers of the event log now and then, where a test reads once. A test that writes
     * much switches it on, as it is in production, and off again: plans are made for empty tables otherwise, to its end.
     */
    public void switchAutovacuum(boolean on) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET autovacuum = " + (on ? "on" : "off"));
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that tests share. */
    public static PostgresDatabase migrated() {
        return Shared.DATABASE;
    }

    /** The one of the whole program. */
    public static PostgresDatabase ofProgram() {
        return OfProgram.DATABASE;
    }

    /** Connections of the role that production works with: row-level policies hold it. */
    public DataSource dataSource() {
        return app;
    }

    /** As {@link #dataSource}, as another server on this database would have them; for the caller to close. */
    public HikariDataSource moreConnections(int size) {
        return pool(server.app(), size);
    }

    /** Connections of the tables' owner, a superuser: for looking across tenants in a test. */
    public DataSource ownerDataSource() {
        return owner;
    }

    public DatabaseLogin appLogin() {
        return server.app();
    }

    public DatabaseLogin ownerLogin() {
        return server.owner();
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        empty();
    }

    /** Takes all rows out; for tests whose engine does not call {@link #afterEach}. */
    public void empty() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(EMPTY_ALL_TABLES);
        }
    }

    private static HikariDataSource pool(DatabaseLogin login, int size) {
        var config = new HikariConfig();
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SET TIME ZONE 'Asia/Kolkata'");
        return new HikariDataSource(config);
    }

    private static PostgresServer start() {
        try {
            var folder = Files.createTempDirectory("afterword-test-");
            // root's PostgreSQL runs as another user, who has to get through
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            var server = PostgresServer.start(folder.resolve("data"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(PostgresServer server, Path folder) {
        try {
            server.close();
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Shared {
        static final PostgresDatabase DATABASE = new PostgresDatabase(start());
    }

    private static final class OfProgram {
        static final PostgresDatabase DATABASE = new PostgresDatabase(start());
    }
}
