package org.afterword.platform.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.afterword.platform.Database;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.StartupException;
import org.afterword.platform.internal.PlatformSettings.DatabaseSettings;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that is not this program's to start or stop: the administrator's, or that of an Afterword which runs already. */
public record ExternalPostgres(DatabaseLogin owner, DatabaseLogin app) implements Database {
    private static final int OLDEST = 15;
    private static final String MAY_CREATE_ROLES =
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user";

    /**
     * Looks at the database and makes sure that the program's own role can sign in.
     *
     * @throws StartupException if the database cannot be reached or is too old, or the role is missing and the owner may not create it
     */
    static ExternalPostgres connect(String url, DatabaseSettings settings) {
        var owner = ownerLogin(url, settings);
        var app = appLogin(owner, settings);
        try (var connection = owner.connect()) {
            checkVersion(connection);
            if (!signsIn(app)) {
                prepare(connection, app);
            }
            return new ExternalPostgres(owner, app);
        } catch (SQLException e) {
            throw new StartupException("The database cannot be used as %s: %s".formatted(owner, e.getMessage()), e);
        }
    }

    /** @throws StartupException if the URL cannot be read or no user is named */
    static DatabaseLogin ownerLogin(String url, DatabaseSettings settings) {
        var parsed = Url.parse(url);
        var user = settings.owner().user() != null ? settings.owner().user() : parsed.user();
        var password = settings.owner().password() != null ? settings.owner().password() : parsed.password();
        if (user == null) {
            throw new StartupException(
                    "The database URL names no user: write postgresql://USER:PASSWORD@HOST/DATABASE, or set AFTERWORD_DATABASE_OWNER_USER and AFTERWORD_DATABASE_OWNER_PASSWORD.");
        }
        return new DatabaseLogin(parsed.jdbc(), user, password == null ? "" : password);
    }

    private static DatabaseLogin appLogin(DatabaseLogin owner, DatabaseSettings settings) {
        var user = settings.app().user() != null ? settings.app().user() : AppRole.NAME;
        var password = settings.app().password() != null ? settings.app().password() : derivedPassword(owner, user);
        return new DatabaseLogin(owner.url(), user, password);
    }

    /** The same on every node without being kept anywhere, and as secret as the owner's, from which it does not lead back. */
    private static String derivedPassword(DatabaseLogin owner, String user) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    ("afterword " + owner.password()).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void checkVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new StartupException(
                    "The database is PostgreSQL %d; Afterword needs %d or newer.".formatted(version, OLDEST));
        }
    }

    private static boolean signsIn(DatabaseLogin login) throws SQLException {
        try (var _ = login.connect()) {
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("28")) { // invalid authorization
                return false;
            }
            throw e;
        }
    }

    private static void prepare(Connection owner, DatabaseLogin app) throws SQLException {
        try (var statement = owner.createStatement();
                var row = statement.executeQuery(MAY_CREATE_ROLES)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new StartupException(
                        "The role %s cannot sign in to the database and its owner may not create it: create it with LOGIN and a password, and set AFTERWORD_DATABASE_APP_USER and AFTERWORD_DATABASE_APP_PASSWORD."
                                .formatted(app.user()));
            }
        }
        AppRole.prepare(owner, app);
    }

    @Override
    public void close() {
        // it runs on
    }

    /** A database URL taken apart: for JDBC, without credentials. */
    record Url(String jdbc, @Nullable String user, @Nullable String password) {
        static Url parse(String url) {
            var plain = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
            try {
                var uri = new URI(plain);
                if (!List.of("postgresql", "postgres").contains(uri.getScheme()) || uri.getRawAuthority() == null) {
                    throw new StartupException("The database URL does not begin with postgresql://HOST");
                }
                return parse(uri);
            } catch (URISyntaxException e) {
                // the message would show the password
                throw new StartupException(
                        "The database URL cannot be read: write postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %XX for special characters.");
            }
        }

        private static Url parse(URI uri) {
            var authority = uri.getRawAuthority();
            int at = authority.lastIndexOf('@');
            var credentials =
                    at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
            var user = credentials.length > 0 ? decoded(credentials[0]) : null;
            var password = credentials.length > 1 ? decoded(credentials[1]) : null;
            var parameters = new ArrayList<String>();
            for (var parameter : uri.getRawQuery() == null
                    ? List.<String>of()
                    : List.of(uri.getRawQuery().split("&", -1))) {
                if (parameter.startsWith("user=")) {
                    user = decoded(parameter.substring("user=".length()));
                } else if (parameter.startsWith("password=")) {
                    password = decoded(parameter.substring("password=".length()));
                } else {
                    parameters.add(parameter);
                }
            }
            var query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
            return new Url(
                    "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath() + query, user, password);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        /** Leaves the password out. */
        @Override
        public String toString() {
            return jdbc;
        }
    }
}
