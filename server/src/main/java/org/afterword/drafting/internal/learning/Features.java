package org.afterword.drafting.internal.learning;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a learned ranking looks at in one contact.
 *
 * @param hashes  of words, pairs of words and pieces of words, each with the zone of the contact that it stood in; ascending, each once
 * @param weights of these, one for each: how often it stood there (1 + ln n), each zone brought to its own length
 * @param meaning where parts of the talk lie in meaning space, one after the other
 * @param lines   each of what the customer said first, by itself and with no lines of its own; empty where nobody kept them
 */
public record Features(int[] hashes, float[] weights, float[] meaning, List<Features> lines) {
    public Features {
        lines = List.copyOf(lines);
        if (hashes.length != weights.length) {
            throw new IllegalArgumentException("%d features have %d weights".formatted(hashes.length, weights.length));
        }
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i - 1] >= hashes[i]) {
                throw new IllegalArgumentException("features %d and %d are not ascending".formatted(i - 1, i));
            }
        }
    }

    /**
     * As {@link #parse} reads it: counts as 32-bit integers, hashes likewise, all other numbers as 16-bit floats; then, if there are
     * lines, how many, and each likewise.
     */
    public byte[] toBytes() {
        int ofLines = lines.stream().mapToInt(Features::size).sum();
        ByteBuffer bytes = ByteBuffer.allocate(size() + (lines.isEmpty() ? 0 : Integer.BYTES + ofLines));
        putInto(bytes);
        if (!lines.isEmpty()) {
            bytes.putInt(lines.size());
            lines.forEach(line -> line.putInto(bytes));
        }
        return bytes.array();
    }

    private int size() {
        return 2 * Integer.BYTES + hashes.length * (Integer.BYTES + Short.BYTES) + meaning.length * Short.BYTES;
    }

    private void putInto(ByteBuffer bytes) {
        bytes.putInt(hashes.length).putInt(meaning.length);
        for (int hash : hashes) {
            bytes.putInt(hash);
        }
        putAll(bytes, weights);
        putAll(bytes, meaning);
    }

    /** What was stored, without its lines. */
    public static Features parseWhole(byte[] stored) {
        return next(ByteBuffer.wrap(stored));
    }

    /** @throws java.nio.BufferUnderflowException if {@code stored} is cut off */
    public static Features parse(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        Features whole = next(bytes);
        var lines = new ArrayList<Features>();
        for (int left = bytes.hasRemaining() ? bytes.getInt() : 0; left > 0; left--) {
            lines.add(next(bytes));
        }
        return new Features(whole.hashes, whole.weights, whole.meaning, lines);
    }

    private static Features next(ByteBuffer bytes) {
        var hashes = new int[bytes.getInt()];
        var meaning = new float[bytes.getInt()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = bytes.getInt();
        }
        float[] weights = floats(bytes, hashes.length);
        System.arraycopy(floats(bytes, meaning.length), 0, meaning, 0, meaning.length);
        return new Features(hashes, weights, meaning, List.of());
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
                && Arrays.equals(meaning, that.meaning)
                && lines.equals(that.lines);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "%d words and pieces, %d dimensions, %d lines".formatted(hashes.length, meaning.length, lines.size());
    }
}
