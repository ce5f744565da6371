package org.afterword.identity.internal;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param bootstrapToken read at the first start only: becomes an administrator's API token of the tenant {@code default}
 */
@ConfigurationProperties("afterword")
public record IdentitySettings(@Nullable String bootstrapToken) {
    private static final String TENANT_PREFIX = "aw_";

    public IdentitySettings {
        if (bootstrapToken != null && (bootstrapToken.isBlank() || !bootstrapToken.equals(bootstrapToken.strip()))) {
            throw new IllegalArgumentException("bootstrap-token must be neither blank nor begin or end with a space");
        }
        if (bootstrapToken != null
                && bootstrapToken.startsWith(TENANT_PREFIX)
                && !bootstrapToken.startsWith("aw_default_")) {
            throw new IllegalArgumentException(
                    "bootstrap-token begins with aw_, which names a tenant, and so must begin with aw_default_");
        }
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "IdentitySettings[]";
    }
}
