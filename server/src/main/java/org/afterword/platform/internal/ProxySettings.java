package org.afterword.platform.internal;

import java.util.List;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The reverse proxies in front of this program.
 *
 * @param addresses whose {@code X-Forwarded-} headers are believed: addresses ({@code 10.0.0.5}) and networks ({@code 10.0.1.0/24});
 *                  default this machine's own
 */
@ConfigurationProperties("afterword.proxy")
record ProxySettings(@DefaultValue({"127.0.0.0/8", "::1"}) List<String> addresses) {
    ProxySettings {
        addresses = addresses.stream().map(ProxySettings::network).toList();
    }

    /** As Tomcat takes them: a text without any slash would be a pattern to it. */
    String networks() {
        return String.join(",", addresses);
    }

    private static String network(String address) {
        String network = address.contains("/") ? address : address + (address.contains(":") ? "/128" : "/32");
        if (!network.matches("[0-9a-fA-F:.]+/[0-9]+")) {
            throw unusable(address, null);
        }
        try {
            new NetMask(network);
        } catch (IllegalArgumentException e) {
            throw unusable(address, e);
        }
        return network;
    }

    private static IllegalArgumentException unusable(String address, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "proxy.addresses has '%s', which is no address like 10.0.0.5 and no network like 10.0.1.0/24"
                        .formatted(address),
                cause);
    }
}
