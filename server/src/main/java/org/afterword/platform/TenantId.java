package org.afterword.platform;

import com.fasterxml.jackson.annotation.JsonValue;

/** One organization that runs a floor; every row and every query belongs to one. Lower-case letters, digits and hyphens. */
public record TenantId(@JsonValue String value) {
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (value == null || !value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "tenant '%s' must be 1 to 63 lower-case letters, digits or hyphens".formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
