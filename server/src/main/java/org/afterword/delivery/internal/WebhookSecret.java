package org.afterword.delivery.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks after Standard Webhooks 1.0: HMAC-SHA256 over {@code id.timestamp.body}.
 *
 * @param text {@code whsec_} and the key in base 64
 */
record WebhookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    WebhookSecret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook's secret begins with " + PREFIX);
        }
    }

    static WebhookSecret generate(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The header {@code webhook-signature}. */
    String sign(String id, Instant timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(text.substring(PREFIX.length())), ALGORITHM));
            String signed = "%s.%d.%s".formatted(id, timestamp.getEpochSecond(), body);
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Secrets end up in no log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
