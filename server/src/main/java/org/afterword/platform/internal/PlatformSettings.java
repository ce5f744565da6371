package org.afterword.platform.internal;

import java.nio.file.Path;
import org.afterword.platform.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the program keeps its data and where it listens.
 *
 * @param data           folder for everything that is kept; default {@code afterword-data} in the working folder
 * @param port           of pages and API; 1 to 65535, 0 takes a free one; default 8080
 * @param managementPort of metrics and health details, on the loopback interface; as {@code port}; default none
 * @param database       an own PostgreSQL, instead of the one that comes along
 */
@ConfigurationProperties("afterword")
record PlatformSettings(
        @DefaultValue("afterword-data") Path data,
        @DefaultValue("8080") int port,
        @Nullable Integer managementPort,
        @DefaultValue DatabaseSettings database) {
    PlatformSettings {
        Settings.inRange("port", port, 0, 65535);
        if (managementPort != null) {
            Settings.inRange("management-port", managementPort, 0, 65535);
        }
    }

    /**
     * @param url   {@code postgresql://user:password@host:port/database} or the like with {@code jdbc:}; PostgreSQL 15 or newer
     * @param owner the role that owns the tables, where the URL does not name it
     * @param app   the role that the program works with; default {@code afterword_app}, which the owner creates if it may
     */
    record DatabaseSettings(
            @Nullable String url,
            @DefaultValue RoleSettings owner,
            @DefaultValue RoleSettings app) {}

    record RoleSettings(@Nullable String user, @Nullable String password) {}
}
