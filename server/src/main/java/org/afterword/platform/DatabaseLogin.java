package org.afterword.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One role's way into the database.
 *
 * @param url a JDBC URL without credentials
 */
public record DatabaseLogin(String url, String user, String password) {
    /** One connection, for the caller to close; pools are made elsewhere. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Leaves the password out: logins end up in messages. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
