package org.afterword.backup.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.afterword.platform.Sha256;

/** Counts what goes through: bytes, lines and their SHA-256. A row in COPY's text format is one line. Closes nothing. */
final class Tally extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = Sha256.begin();
    private long bytes;
    private long lines;

    Tally(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '\n') {
                lines++;
            }
        }
    }

    long bytes() {
        return bytes;
    }

    long lines() {
        return lines;
    }

    /** Of all that went through; to be asked once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
