package org.afterword.governance.internal;

import java.util.Base64;
import org.afterword.governance.Sealer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * With what the values of sensitive fields are encrypted.
 *
 * @param key 32 random bytes in base 64, the same on all nodes; default: those of the file {@code sealing.key} in the data folder, which is
 *            made when it is needed. Beside a database of the administrator's there is no default
 */
@ConfigurationProperties("afterword.sealing")
record SealingSettings(@Nullable String key) {
    SealingSettings {
        if (key != null && !isKey(key)) {
            throw new IllegalArgumentException(
                    "sealing.key must be %d bytes in base 64, as openssl rand -base64 %d makes them"
                            .formatted(Sealer.KEY_BYTES, Sealer.KEY_BYTES));
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == Sealer.KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the key, which is in no log. */
    @Override
    public String toString() {
        return key == null ? "no key set" : "a key set";
    }
}
