package org.afterword.drafting.internal.learning;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** The fifth of all contacts that no model learns from: by it confidences are set right, and models compared. */
public final class HeldBack {
    private static final int ONE_IN = 5;

    private HeldBack() {}

    /** Always the same answer for the same contact. */
    public static boolean is(String id) {
        var crc = new CRC32C();
        crc.update(id.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % ONE_IN == 0;
    }
}
