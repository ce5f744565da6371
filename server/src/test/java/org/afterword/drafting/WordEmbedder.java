package org.afterword.drafting;

import java.util.List;
import org.afterword.drafting.internal.language.Stems;

/** Texts that share words point alike: enough to test what is built on embeddings, without a model. */
public final class WordEmbedder implements Embedder {
    @Override
    public List<Vector> embed(List<String> texts) {
        return texts.stream().map(WordEmbedder::embed).toList();
    }

    @Override
    public String model() {
        return "words";
    }

    @Override
    public int dimensions() {
        return 256;
    }

    private static Vector embed(String text) {
        float[] values = new float[256];
        Stems.of(text).forEach(stem -> values[Math.floorMod(stem.hashCode(), values.length)] += 1);
        return Vector.of(values);
    }
}
