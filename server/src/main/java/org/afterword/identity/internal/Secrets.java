package org.afterword.identity.internal;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.afterword.platform.Sha256;

/**
 * Secrets that a machine makes up. They have 192 random bits, so a plain SHA-256 keeps them: there is nothing to guess that
 * a slow hash would have to slow down.
 */
public final class Secrets {
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    public static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return hex(bytes);
    }

    public static byte[] hash(String secret) {
        return Sha256.of(secret);
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
