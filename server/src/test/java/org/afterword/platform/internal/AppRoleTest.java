package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppRoleTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    @Test
    void theRoleThatTheProgramWorksWithIsHeldByThePolicies() throws SQLException {
        try (var app = database.dataSource().getConnection()) {
            assertThatCode(() -> AppRole.check(app)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE ROLE too_strong SUPERUSER, is a superuser",
        "CREATE ROLE too_strong BYPASSRLS, has BYPASSRLS",
        "CREATE ROLE too_strong CREATEROLE, has CREATEROLE",
        "CREATE ROLE too_strong; CREATE TABLE own (); ALTER TABLE own OWNER TO too_strong, owns tables",
        "CREATE ROLE strong BYPASSRLS; CREATE ROLE too_strong IN ROLE strong, may become a role that has it",
        "CREATE ROLE too_strong IN ROLE afterword_owner, may become one"
    })
    void aRoleThatCouldPassThePoliciesIsRefused(String making, String reason) throws SQLException {
        try (var connection = database.ownerDataSource().getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, making);
            execute(connection, "SET LOCAL ROLE too_strong");

            assertThatThrownBy(() -> AppRole.check(connection))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("'too_strong'")
                    .hasMessageContaining(reason);
            connection.rollback();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
