package org.afterword.drafting.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RougeTest {
    private static final String REFERENCE = "Police killed the gunman.";

    @Test
    void theExamplesOfItsPaperComeOut() {
        // Lin 2004, section 3: of "police kill the gunman" and "the gunman kill police", with "killed" as "kill"
        assertThat(Rouge.ofSequence("police killed a gunman", REFERENCE)).isCloseTo(0.75, within(1e-9));
        assertThat(Rouge.ofSequence("the gunman killed police", REFERENCE)).isCloseTo(0.5, within(1e-9));
        assertThat(Rouge.ofGrams("the gunman police killed", REFERENCE, 2)).isCloseTo(2 / 3.0, within(1e-9));
    }

    @Test
    void aWordCountsAsOftenAsBothHaveIt() {
        assertThat(Rouge.ofGrams("the the the the", REFERENCE, 1)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void nothingIsLikeNothing() {
        assertThat(Rouge.ofGrams("", REFERENCE, 1)).isZero();
        assertThat(Rouge.ofSequence("", "")).isZero();
    }
}
