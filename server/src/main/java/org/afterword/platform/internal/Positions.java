package org.afterword.platform.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps positions in the event log growing after its rows were moved to another database cluster, whose transaction ids are its own:
 * by a restore, a dump, logical replication. Decision 0018.
 */
final class Positions {
    private static final Logger log = LoggerFactory.getLogger(Positions.class);

    /** In a transaction of its own: two nodes that both had looked would wait for each other. */
    private static final String MOVED = "SELECT afterword_positions_moved()";

    private static final String SETTLE = "SELECT afterword_settle_positions(false)";

    private Positions() {}

    /** To be done at every start, before anything is written. */
    static void settle(DatabaseLogin owner) {
        try (var connection = owner.connect()) {
            if (isTrue(connection, MOVED) && isTrue(connection, SETTLE)) {
                log.info(
                        "The event log was moved here from another database cluster: its positions go on above all that it holds");
            }
        } catch (SQLException e) {
            throw new StartupException(
                    "The positions in the event log cannot be looked at as %s: %s".formatted(owner, e.getMessage()), e);
        }
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
