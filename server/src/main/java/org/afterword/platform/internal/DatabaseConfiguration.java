package org.afterword.platform.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.afterword.platform.BeforeMigration;
import org.afterword.platform.DataFolder;
import org.afterword.platform.Database;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresServer;
import org.afterword.platform.Schema;
import org.afterword.platform.StartupException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One database, two roles: the owner migrates, the app role does everything else. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    /** Requests run on virtual threads, so this pool is what bounds them. */
    private static final int CONNECTIONS = 12;

    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    /**
     * So that the database gives up a node that vanished within a transaction, whose locks everybody else waits for: half a minute after
     * its last word, sooner where its machine no longer answers at all. Backups and migrations have connections of their own.
     *
     * <p>Plans are made once for whatever arguments come: almost all statements look things up by their keys, and making plans took as long
     * as carrying them out. For the others see {@code Tenancy.planByArguments}.
     */
    private static final String OF_EACH_CONNECTION = """
            SET TIME ZONE 'UTC';
            SET plan_cache_mode = force_generic_plan;
            SET idle_in_transaction_session_timeout = '30s';
            SET tcp_keepalives_idle = 10;
            SET tcp_keepalives_interval = 5;
            SET tcp_keepalives_count = 3;
            SET tcp_user_timeout = '30s'
            """;

    /** No statement of ours takes that long before it answers. */
    private static final int LONGEST_SILENCE_SECONDS = 60;

    @Bean
    Database database(DataFolder data, PlatformSettings settings) {
        var url = settings.database().url();
        return url == null ? PostgresServer.start(data.path()) : ExternalPostgres.connect(url, settings.database());
    }

    @Bean
    HikariDataSource dataSource(Database database) {
        var pool = new HikariConfig();
        pool.setPoolName("app");
        pool.setJdbcUrl(database.app().url());
        pool.setUsername(database.app().user());
        pool.setPassword(database.app().password());
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        pool.setConnectionInitSql(OF_EACH_CONNECTION);
        pool.addDataSourceProperty("ApplicationName", "afterword");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        // else a plan is made anew for the first four times
        pool.addDataSourceProperty("prepareThreshold", "1");
        // a peer that vanished says nothing, and its connections would be waited for until TCP gives up
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("socketTimeout", Integer.toString(LONGEST_SILENCE_SECONDS));
        // details of a failure can hold customers' words, and its message is logged
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        return new HikariDataSource(pool);
    }

    @Bean
    PipelinedJdbc jdbc(DataSource dataSource) {
        return new PipelinedJdbc(dataSource);
    }

    @Bean(defaultCandidate = false)
    @FlywayDataSource
    DataSource ownerDataSource(Database database) {
        var owner = database.owner();
        return new DriverManagerDataSource(owner.url(), owner.user(), owner.password());
    }

    @Bean
    FlywayConfigurationCustomizer appRolePlaceholder(Database database) {
        return flyway -> flyway.placeholders(Map.of("appRole", database.app().user()));
    }

    /** Nothing but a backup or a restore uses the database before this is through. */
    @Bean
    FlywayMigrationStrategy migrateAndCheckTheAppRole(
            Database database, DataFolder data, ObjectProvider<BeforeMigration> beforeMigration) {
        return flyway -> {
            data.requireWhole();
            var schema = new Schema(database);
            int from = schema.version();
            int to = schema.newest();
            if (from > to) {
                throw new StartupException(
                        "The database has schema %d and this Afterword knows schemas up to %d: a newer Afterword made it, so start one that is at least as new."
                                .formatted(from, to));
            }
            if (from > 0 && from < to) {
                beforeMigration.orderedStream().forEach(told -> told.beforeMigration(from, to));
            }
            flyway.migrate();
            Positions.settle(database.owner());
            try (var app = database.app().connect()) {
                AppRole.check(app);
            } catch (SQLException e) {
                throw new StartupException(
                        "The database cannot be used as %s: %s".formatted(database.app(), e.getMessage()), e);
            }
        };
    }
}
