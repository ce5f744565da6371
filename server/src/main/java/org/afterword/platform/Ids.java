package org.afterword.platform;

import java.security.SecureRandom;
import java.time.Instant;

/** Ids of our own making: 26 letters and digits (Crockford base 32) of a 48-bit millisecond time and 80 random bits. */
public final class Ids {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A new id that sorts by {@code at}; unguessable enough to name a thing, not enough to guard it. */
    public static String at(Instant at) {
        var bits = new byte[10];
        RANDOM.nextBytes(bits);
        var text = new char[26];
        long millis = at.toEpochMilli();
        for (int i = 9; i >= 0; i--) {
            text[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 5; i++) {
            high = high << 8 | (bits[i] & 0xff);
            low = low << 8 | (bits[i + 5] & 0xff);
        }
        for (int i = 7; i >= 0; i--) {
            text[10 + i] = ALPHABET[(int) (high & 31)];
            text[18 + i] = ALPHABET[(int) (low & 31)];
            high >>>= 5;
            low >>>= 5;
        }
        return new String(text);
    }
}
