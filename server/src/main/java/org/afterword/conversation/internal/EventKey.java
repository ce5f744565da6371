package org.afterword.conversation.internal;

import java.util.HexFormat;
import org.afterword.platform.Sha256;

/**
 * By what an event is known when it comes again: the first 128 bits of SHA-256 over its source and id, written as a UUID.
 * Keys are compared as PostgreSQL compares them.
 */
public record EventKey(String value) implements Comparable<EventKey> {
    private static final int BYTES = 16;

    static EventKey of(String source, String id) {
        return ofText(source + '\n' + id);
    }

    /** For an event that cannot be identified: over all that is kept of it. */
    static EventKey ofText(String text) {
        String hex = HexFormat.of().formatHex(Sha256.of(text), 0, BYTES);
        return new EventKey(String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20)));
    }

    /** The first 64 bits of SHA-256, to see whether two contents differ. */
    static long hash(String content) {
        byte[] digest = Sha256.of(content);
        long result = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            result = result << 8 | (digest[i] & 0xff);
        }
        return result;
    }

    @Override
    public int compareTo(EventKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
