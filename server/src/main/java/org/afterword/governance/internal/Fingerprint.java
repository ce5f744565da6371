package org.afterword.governance.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.afterword.platform.Sha256;

/**
 * SHA-256 over fields, each preceded by its length in bytes (four bytes, big-endian), so that no two lists of fields give the same
 * bytes. Texts are UTF-8, numbers eight bytes, times microseconds since 1970 as a number. Decision 0015 lists the fields.
 */
final class Fingerprint {
    private final MessageDigest digest = Sha256.begin();

    private Fingerprint(String domain) {
        add((domain + '\u0001').getBytes(StandardCharsets.UTF_8));
    }

    /** Of an entry's content; hexadecimal, as all fingerprints. */
    static String ofContent(Chained.Content content) {
        return new Fingerprint("afterword audit content")
                .add(HexFormat.of().parseHex(content.salt()))
                .add(content.text())
                .hex();
    }

    /** Of the link that puts {@code entry} at {@code sequence}, after the link whose hash is {@code before}. */
    static String ofLink(
            String before, long sequence, String tenant, Chained.Key key, Chained.Entry entry, Instant linkedAt) {
        return new Fingerprint("afterword audit link")
                .add(HexFormat.of().parseHex(before))
                .add(sequence)
                .add(tenant)
                .add(key.recordedAt())
                .add(key.number())
                .add(entry.actor())
                .add(entry.kind())
                .add(entry.subject())
                .add(HexFormat.of().parseHex(entry.digest()))
                .add(linkedAt)
                .hex();
    }

    private Fingerprint add(Instant time) {
        return add(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    private Fingerprint add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    private Fingerprint add(long number) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private Fingerprint add(byte[] field) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        digest.update(field);
        return this;
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
