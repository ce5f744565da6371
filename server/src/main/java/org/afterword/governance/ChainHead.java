package org.afterword.governance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a tenant's trail stands: its newest link. Noted elsewhere, it shows later that nothing up to it was rewritten or cut off.
 *
 * @param sequence of the newest link; 0 = nothing is linked yet
 * @param hash     of that link, 64 hexadecimal digits; zeros for sequence 0
 */
public record ChainHead(long sequence, String hash) {
    /** Of a trail without any link. */
    public static final ChainHead NONE = new ChainHead(0, "0".repeat(64));

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    /** Reads what {@link #toString} wrote; throws {@link IllegalArgumentException} if it is not that. */
    public static ChainHead parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the head of a trail: SEQUENCE:HASH, as verify-audit prints it".formatted(text));
        }
        return new ChainHead(Long.parseLong(parts.group(1)), parts.group(2));
    }

    @Override
    public String toString() {
        return sequence + ":" + hash;
    }
}
