package org.afterword.delivery.internal;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param folder        for the JSON Lines files, shared by all nodes; default {@code outbox} in the data folder
 * @param allowedHosts  where webhooks may be sent, separated by commas: {@code crm.example.com}, {@code *.example.com}, or
 *                      {@code *} for any; only a host named in full may have a private address; default {@code *}
 * @param allowLoopback whether webhooks may be sent to this machine itself; default false
 */
@ConfigurationProperties("afterword.delivery")
record DeliverySettings(
        @Nullable Path folder,
        @DefaultValue("*") List<String> allowedHosts,
        @DefaultValue("false") boolean allowLoopback) {
    DeliverySettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
