package org.afterword.platform.internal;

import java.net.URI;
import org.afterword.platform.Settings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint of a collector that takes OTLP over HTTP: {@code http://localhost:4318}, or with the path; default none, and
 *     then none are made
 * @param share    how many of the traces that begin here are made, 0 to 1; default 1. A request that comes with a trace is as
 *     that says.
 */
@ConfigurationProperties("afterword.traces")
record TraceSettings(
        @Nullable URI endpoint, @DefaultValue("1") double share) {
    private static final String PATH = "/v1/traces";

    TraceSettings {
        Settings.inRange("traces.share", share, 0.0, 1.0);
        if (endpoint != null && (!isHttp(endpoint) || endpoint.getHost() == null)) {
            throw new IllegalArgumentException(
                    "traces.endpoint is %s; it takes an address that begins with http:// or https://"
                            .formatted(endpoint));
        }
    }

    private static boolean isHttp(URI endpoint) {
        return "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    }

    /** The endpoint with its path. */
    static String address(URI endpoint) {
        String path = endpoint.getPath();
        return path == null || path.isEmpty() || path.equals("/")
                ? endpoint.resolve(PATH).toString()
                : endpoint.toString();
    }
}
