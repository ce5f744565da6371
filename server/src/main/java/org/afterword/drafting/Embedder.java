package org.afterword.drafting;

import java.util.List;

/** Turns texts into directions such that texts of like meaning point alike. Safe for use by many threads. */
public interface Embedder {
    /** One vector per text, in order; always the same for the same text. */
    List<Vector> embed(List<String> texts);

    /** Name and version; vectors of different models cannot be compared. */
    String model();

    int dimensions();
}
