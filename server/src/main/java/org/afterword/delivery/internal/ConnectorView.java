package org.afterword.delivery.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connector as the API shows it. */
record ConnectorView(String id, String kind, boolean enabled, Settings settings, ConnectorHealth health) {
    /** @param url null for the JSON Lines file, whose folder is a setting of the server */
    record Settings(@Nullable String url, List<String> events) {
        static Settings of(Connector connector) {
            String url = switch (connector) {
                case Connector.Webhook webhook -> webhook.url().toString();
                case Connector.JsonLines _ -> null;
            };
            return new Settings(url, connector.eventTypes().stream().sorted().toList());
        }
    }

    static ConnectorView of(Connectors.WithHealth shown) {
        Connector connector = shown.connector();
        return new ConnectorView(
                connector.id(), connector.kind(), connector.enabled(), Settings.of(connector), shown.health());
    }
}
