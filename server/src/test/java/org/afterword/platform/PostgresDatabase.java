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
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * A database on a real PostgreSQL, of which each test JVM has one. Most tests share a database that is migrated once and emptied
 * after each of them; the whole program has one for itself, since its workers would do the work of other tests.
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
                       AND c.relname NOT IN ('flyway_schema_history', 'partitioned_table')
                LOOP
                    EXECUTE format('DELETE FROM %s', target);
                END LOOP;
            END $$
            """;

    private static final Map<String, PostgresDatabase> OPENED = new ConcurrentHashMap<>();

    private final DatabaseLogin owner;
    private final DatabaseLogin app;
    private final HikariDataSource ownerDataSource;
    private final HikariDataSource appDataSource;

    private PostgresDatabase(String name) {
        owner = login(Running.SERVER.owner(), name);
        app = login(Running.SERVER.app(), name);
        ownerDataSource = pool(owner, 4);
        appDataSource = pool(app, 16);
    }

    /** The database that tests share, with every migration applied. */
    public static PostgresDatabase migrated() {
        return opened("shared");
    }

    /** The database of the whole program, with every migration applied. */
    public static PostgresDatabase ofProgram() {
        return opened("program");
    }

    private static PostgresDatabase opened(String name) {
        return OPENED.computeIfAbsent(name, PostgresDatabase::create);
    }

    private static PostgresDatabase create(String name) {
        try (Connection connection = Running.SERVER.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        var database = new PostgresDatabase(name);
        Flyway.configure()
                .dataSource(database.ownerDataSource)
                .placeholders(Map.of("appRole", database.app.user()))
                .load()
                .migrate();
        return database;
    }

    private static DatabaseLogin login(DatabaseLogin login, String database) {
        String url = login.url();
        return new DatabaseLogin(url.substring(0, url.lastIndexOf('/') + 1) + database, login.user(), login.password());
    }

    /** Connections of the role that production works with: row-level policies hold it. */
    public DataSource dataSource() {
        return appDataSource;
    }

    /** Connections of the tables' owner, a superuser: for looking across tenants in a test. */
    public DataSource ownerDataSource() {
        return ownerDataSource;
    }

    public DatabaseLogin appLogin() {
        return app;
    }

    public DatabaseLogin ownerLogin() {
        return owner;
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException {
        empty();
    }

    /** Takes all rows out; for tests whose engine does not call {@link #afterEach}. */
    public void empty() throws SQLException {
        try (Connection connection = ownerDataSource.getConnection();
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

    private static final class Running {
        static final PostgresServer SERVER = start();

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
    }
}
