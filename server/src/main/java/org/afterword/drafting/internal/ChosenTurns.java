package org.afterword.drafting.internal;

import java.util.List;
import org.afterword.drafting.DraftInput;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;

/**
 * The turns that say what a contact is about: the customer's, long enough to say something, earlier ones weighing more.
 */
public record ChosenTurns(List<Turn> turns) {
    private static final int MOST = 12;
    private static final int LEAST_WORDS = 3;

    public static ChosenTurns of(DraftInput input) {
        return new ChosenTurns(input.turns().stream()
                .filter(t -> t.speaker() == Speaker.CUSTOMER)
                .filter(t -> t.text().strip().split("\\s+").length >= LEAST_WORDS)
                .limit(MOST)
                .toList());
    }

    public Vector fingerprint(Embedder embedder) {
        float[] sum = new float[embedder.dimensions()];
        List<Vector> vectors = embedder.embed(turns.stream().map(Turn::text).toList());
        for (int i = 0; i < vectors.size(); i++) {
            float weight = 1f / (1 + i);
            float[] values = vectors.get(i).toArray();
            for (int d = 0; d < sum.length; d++) {
                sum[d] += weight * values[d];
            }
        }
        return Vector.of(sum);
    }
}
