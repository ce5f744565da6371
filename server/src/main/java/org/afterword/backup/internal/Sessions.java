package org.afterword.backup.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.afterword.platform.DatabaseLogin;
import org.jspecify.annotations.Nullable;

/** How we speak to the database, so that a value is written in one way whatever the server's settings. */
final class Sessions {
    private static final String ONE_WAY_TO_WRITE = """
            SET TIME ZONE 'UTC';
            SET datestyle = 'ISO, YMD';
            SET intervalstyle = 'postgres';
            SET bytea_output = 'hex';
            SET extra_float_digits = 1;
            SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            """;

    private Sessions() {}

    static Connection open(DatabaseLogin login) throws SQLException {
        var connection = login.connect();
        try {
            execute(connection, ONE_WAY_TO_WRITE);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the only row. */
    static @Nullable String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    /** The transaction goes on with the rows of {@code tenant}; with those of none if it is null. */
    static void become(Connection connection, @Nullable String tenant) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT set_config('afterword.tenant', ?, true)")) {
            statement.setString(1, tenant == null ? "" : tenant);
            statement.execute();
        }
    }

    static String quoted(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }

    static String quoted(Connection connection, List<String> names) throws SQLException {
        try (var statement = connection.createStatement()) {
            var quoted = new java.util.ArrayList<String>();
            for (String name : names) {
                quoted.add(statement.enquoteIdentifier(name, true));
            }
            return quoted.stream().collect(Collectors.joining(", "));
        }
    }
}
