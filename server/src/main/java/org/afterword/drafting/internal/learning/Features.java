package org.afterword.drafting.internal.learning;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a learned ranking looks at in one contact.
 *
 * @param hashes  of words, pairs of words and pieces of words, each with the zone of the contact that it stood in; ascending, each once
 * @param weights of these, one for each: how often it stood there (1 + ln n), each zone brought to its own length
 * @param meaning where parts of the talk lie in meaning space, one after the other
 */
public record Features(int[] hashes, float[] weights, float[] meaning) {
    public Features {
        if (hashes.length != weights.length) {
            throw new IllegalArgumentException("%d features have %d weights".formatted(hashes.length, weights.length));
        }
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i - 1] >= hashes[i]) {
                throw new IllegalArgumentException("features %d and %d are not ascending".formatted(i - 1, i));
            }
        }
    }

    /** As {@link #parse} reads it: counts as 32-bit integers, hashes likewise, all other numbers as 16-bit floats. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(
                2 * Integer.BYTES + hashes.length * (Integer.BYTES + Short.BYTES) + meaning.length * Short.BYTES);
        bytes.putInt(hashes.length).putInt(meaning.length);
        for (int hash : hashes) {
            bytes.putInt(hash);
        }
        putAll(bytes, weights);
        putAll(bytes, meaning);
        return bytes.array();
    }

    /** @throws java.nio.BufferUnderflowException if {@code stored} is cut off */
    public static Features parse(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        var hashes = new int[bytes.getInt()];
        var meaning = new float[bytes.getInt()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = bytes.getInt();
        }
        float[] weights = floats(bytes, hashes.length);
        System.arraycopy(floats(bytes, meaning.length), 0, meaning, 0, meaning.length);
        return new Features(hashes, weights, meaning);
    }

    private static void putAll(ByteBuffer bytes, float[] values) {
        for (float value : values) {
            bytes.putShort(Float.floatToFloat16(value));
        }
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(bytes.getShort());
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Features that
                && Arrays.equals(hashes, that.hashes)
                && Arrays.equals(weights, that.weights)
                && Arrays.equals(meaning, that.meaning);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "%d words and pieces, %d dimensions".formatted(hashes.length, meaning.length);
    }
}
