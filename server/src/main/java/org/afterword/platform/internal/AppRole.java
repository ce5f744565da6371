package org.afterword.platform.internal;

import java.sql.Connection;
import java.sql.SQLException;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.StartupException;
import org.postgresql.PGConnection;

/** The role that the program works with: the row-level policies hold it, and it owns nothing. */
public final class AppRole {
    public static final String NAME = "afterword_app";

    private static final String EXISTS = "SELECT FROM pg_roles WHERE rolname = ?";

    /** The role's name, and what lets it pass the policies in words that follow the name; null when they hold it. */
    private static final String WAY_AROUND_THE_POLICIES = """
            SELECT current_user,
                   CASE
                     WHEN EXISTS (SELECT FROM pg_roles WHERE rolsuper AND pg_has_role(current_user, oid, 'MEMBER'))
                       THEN 'is a superuser or may become one'
                     WHEN EXISTS (SELECT FROM pg_roles WHERE rolbypassrls AND pg_has_role(current_user, oid, 'MEMBER'))
                       THEN 'has BYPASSRLS or may become a role that has it'
                     WHEN EXISTS (SELECT FROM pg_roles WHERE rolcreaterole AND pg_has_role(current_user, oid, 'MEMBER'))
                       THEN 'has CREATEROLE and so may become another role'
                     WHEN EXISTS (SELECT FROM pg_class
                                   WHERE relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER'))
                       THEN 'owns tables or may become their owner'
                   END
            """;

    private AppRole() {}

    /** Creates the role where it is absent and sets its password; what it may do with the tables is said by the migrations. */
    public static void prepare(Connection owner, DatabaseLogin app) throws SQLException {
        if (!exists(owner, app.user())) {
            execute(owner, "CREATE ROLE " + quoted(owner, app.user()) + " LOGIN");
        }
        // hashes the password here, so that it appears in no log of the database
        owner.unwrap(PGConnection.class)
                .alterUserPassword(app.user(), app.password().toCharArray(), "scram-sha-256");
    }

    /**
     * Looks whether a connection is held by the row-level policies.
     *
     * @throws StartupException if its role can pass them
     */
    public static void check(Connection app) throws SQLException {
        try (var statement = app.createStatement();
                var row = statement.executeQuery(WAY_AROUND_THE_POLICIES)) {
            row.next();
            var wayAround = row.getString(2);
            if (wayAround != null) {
                throw new StartupException(
                        "The database role '%s' %s, so one tenant could see another's data: give Afterword a role that only may read and write rows."
                                .formatted(row.getString(1), wayAround));
            }
        }
    }

    private static boolean exists(Connection owner, String role) throws SQLException {
        try (var statement = owner.prepareStatement(EXISTS)) {
            statement.setString(1, role);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }
}
