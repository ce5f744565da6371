package org.afterword.drafting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
    @Test
    void whatHoldsNothingToReadIsLikeNothing() {
        var embedder = new MiniLmEmbedder();

        for (String nothing : List.of("", " ", "\u0001", "\u2003\u0001 ", "\u007f", "\u200b", "\u0301", "\ufffd")) {
            assertThat(embedder.embed(List.of(nothing)).getFirst().toArray()).containsOnly(0f);
        }
    }
}
