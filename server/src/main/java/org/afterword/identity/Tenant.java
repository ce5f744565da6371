package org.afterword.identity;

import java.time.ZoneId;
import java.util.Locale;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * One organization, as the directory knows it.
 *
 * @param host host name that leads to its pages, in lower case; null = they are reached by path
 * @param zone in which its people read times
 */
public record Tenant(TenantId id, String name, @Nullable String host, ZoneId zone) {
    public Tenant {
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("the name of tenant '%s' must have 1 to 200 characters".formatted(id));
        }
        if (host != null && (host.isBlank() || !host.equals(host.toLowerCase(Locale.ROOT)))) {
            throw new IllegalArgumentException("host '%s' of tenant '%s' must be in lower case".formatted(host, id));
        }
    }
}
