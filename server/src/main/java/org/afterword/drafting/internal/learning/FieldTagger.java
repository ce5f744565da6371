package org.afterword.drafting.internal.learning;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.afterword.drafting.internal.learning.TaggedLine.Value;

/**
 * Finds the values of fields in a line, as confirmed records taught: a linear-chain conditional random field (Lafferty, McCallum
 * and Pereira 2001). Each word is outside of all values, or begins or goes on with the value of a field. Immutable.
 */
public final class FieldTagger {
    private static final int FORMAT = 1;

    private final List<String> fields;
    private final int[] hashes;
    private final float[] weights;
    private final Chain chain;

    /**
     * @param hashes      of what has weights, ascending
     * @param weights     one for each of these and each state
     * @param transitions one for each state and the next; see {@link Chain}
     */
    FieldTagger(List<String> fields, int[] hashes, float[] weights, float[] transitions) {
        this.fields = List.copyOf(fields);
        this.hashes = hashes;
        this.weights = weights;
        this.chain = new Chain(fields.size(), transitions);
        if (weights.length != hashes.length * chain.states()) {
            throw new IllegalArgumentException(
                    "%d weights for %d features of %d states".formatted(weights.length, hashes.length, chain.states()));
        }
    }

    /** The fields of which it has learned something. */
    public List<String> fields() {
        return fields;
    }

    /** What it takes in memory, about. */
    public long bytes() {
        return (long) Integer.BYTES * hashes.length + (long) Float.BYTES * weights.length;
    }

    /** The most likely values, in order. */
    public List<Value> tag(int[][] words) {
        if (words.length == 0 || fields.isEmpty()) {
            return List.of();
        }
        var scores = new float[words.length][chain.states()];
        for (int word = 0; word < words.length; word++) {
            for (int hash : words[word]) {
                int row = Arrays.binarySearch(hashes, hash);
                if (row >= 0) {
                    int from = row * chain.states();
                    for (int state = 0; state < chain.states(); state++) {
                        scores[word][state] += weights[from + state];
                    }
                }
            }
        }
        int[] best = chain.best(scores);
        Chain.Marginals shares = chain.marginals(scores);
        var values = new ArrayList<Value>();
        for (int from = 0; from < best.length; from++) {
            if (Chain.begins(best[from])) {
                int to = from + 1;
                while (to < best.length && best[to] == best[from] + 1) {
                    to++;
                }
                values.add(new Value(fields.get(Chain.field(best[from])), from, to, shares.of(best, from, to)));
            }
        }
        return values;
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(fields.size());
            for (String field : fields) {
                out.writeUTF(field);
            }
            out.writeInt(hashes.length);
            for (int hash : hashes) {
                out.writeInt(hash);
            }
            for (float weight : weights) {
                out.writeShort(Float.floatToFloat16(weight));
            }
            for (float weight : chain.transitions()) {
                out.writeShort(Float.floatToFloat16(weight));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if {@code stored} is no tagger of this version */
    public static FieldTagger parse(byte[] stored) {
        try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("a field tagger of format %d, not %d".formatted(format, FORMAT));
            }
            var fields = new ArrayList<String>();
            for (int left = in.readInt(); left > 0; left--) {
                fields.add(in.readUTF());
            }
            var hashes = new int[in.readInt()];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = in.readInt();
            }
            int states = Chain.states(fields.size());
            return new FieldTagger(fields, hashes, floats(in, hashes.length * states), floats(in, states * states));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "a field tagger that is cut off after %d bytes".formatted(stored.length), e);
        }
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.float16ToFloat(in.readShort());
        }
        return values;
    }
}
