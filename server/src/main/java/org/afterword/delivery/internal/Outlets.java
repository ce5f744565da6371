package org.afterword.delivery.internal;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import org.afterword.platform.AllowedHosts;
import org.afterword.platform.TenantId;

/** Opens the way into each kind of system. */
final class Outlets {
    private final Path folder;
    private final HttpClient http;
    private final AllowedHosts allowedHosts;
    private final InstantSource clock;

    Outlets(Path folder, HttpClient http, AllowedHosts allowedHosts, InstantSource clock) {
        this.folder = folder;
        this.http = http;
        this.allowedHosts = allowedHosts;
        this.clock = clock;
    }

    Outlet open(TenantId tenant, Connector connector) {
        return switch (connector) {
            case Connector.Webhook webhook -> new WebhookDelivery(webhook, http, allowedHosts, clock);
            case Connector.JsonLines _ -> new JsonLinesDelivery(folder, tenant, clock);
        };
    }
}
