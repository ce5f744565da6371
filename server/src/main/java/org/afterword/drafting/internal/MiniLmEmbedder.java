package org.afterword.drafting.internal;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;

/**
 * Sentence embeddings by all-MiniLM-L6-v2 (quantized) in this process. It reads the first 128 tokens of a text, so give it
 * turns, not transcripts.
 *
 * <p>One text is computed at a time, because the runtime takes every core for it. Results are kept for the texts used last, so
 * a draft that grows by a turn pays for that turn alone; {@value #KEPT} of them take about 30 MB.
 */
public final class MiniLmEmbedder implements Embedder {
    private static final int KEPT = 16_384;

    /** Longer texts are cut before they reach the tokenizer, which would read all of it to keep 128 tokens. */
    private static final int LONGEST_TEXT = 2_000;

    private volatile boolean loaded;
    private final Semaphore oneAtATime = new Semaphore(1);

    private final Map<String, Vector> known = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Vector> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public List<Vector> embed(List<String> texts) {
        return texts.stream().map(this::embed).toList();
    }

    @Override
    public String model() {
        return "all-minilm-l6-v2-q";
    }

    @Override
    public int dimensions() {
        return 384;
    }

    private Vector embed(String text) {
        String key = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        if (key.isBlank()) {
            return nothing();
        }
        synchronized (known) {
            Vector vector = known.get(key);
            if (vector != null) {
                return vector;
            }
        }
        Vector vector = compute(key);
        synchronized (known) {
            known.put(key, vector);
        }
        return vector;
    }

    private Vector nothing() {
        return Vector.of(new float[dimensions()]);
    }

    /** Loads the model, unless it is loaded; the first text does so too. */
    void load() {
        oneAtATime.acquireUninterruptibly();
        try {
            Model.LOADED.dimension();
            loaded = true;
        } finally {
            oneAtATime.release();
        }
    }

    boolean isLoaded() {
        return loaded;
    }

    private Vector compute(String text) {
        oneAtATime.acquireUninterruptibly();
        try {
            Vector vector = Vector.of(Model.LOADED.embed(text).content().vector());
            loaded = true;
            return vector;
        } catch (IllegalArgumentException e) {
            // it drops what says nothing by itself, such as controls and accents, and nothing was left
            return nothing();
        } finally {
            oneAtATime.release();
        }
    }

    /** Is loaded by its first use, once in a process: a second and about 150 MB. */
    private static final class Model {
        private static final AllMiniLmL6V2QuantizedEmbeddingModel LOADED =
                new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
    }
}
