package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.afterword.platform.Database;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.PostgresDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

class DatabaseConfigurationTest {
    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    @Test
    void theDatabaseGivesUpANodeThatVanishedWithinATransaction() {
        try (var pool = new DatabaseConfiguration().dataSource(database())) {
            Map<String, @Nullable Object> settings = new JdbcTemplate(pool).queryForMap("""
                    SELECT current_setting('TimeZone') AS zone,
                           current_setting('idle_in_transaction_session_timeout')::interval <= interval '30 s' AS silence,
                           current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int
                               * current_setting('tcp_keepalives_count')::int AS unreachable,
                           current_setting('tcp_user_timeout')::int AS unanswered
                    """);

            assertThat(settings)
                    .containsEntry("zone", "UTC")
                    .containsEntry("silence", true)
                    .containsEntry("unreachable", (int) Duration.ofSeconds(25).toSeconds())
                    .containsEntry("unanswered", (int) Duration.ofSeconds(30).toMillis());
        }
    }

    private Database database() {
        return new Database() {
            @Override
            public DatabaseLogin owner() {
                return db.ownerLogin();
            }

            @Override
            public DatabaseLogin app() {
                return db.appLogin();
            }

            @Override
            public void close() {
                // others use it too
            }
        };
    }
}
