package org.afterword.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

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

    /** As {@link #connect}, and gives up what takes longer than {@code seconds}: to connect, and each answer later on. */
    public Connection connect(int seconds) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        for (var patience : List.of("loginTimeout", "connectTimeout", "socketTimeout")) {
            properties.setProperty(patience, Integer.toString(seconds));
        }
        return DriverManager.getConnection(url, properties);
    }

    /** Leaves the password out: logins end up in messages. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
