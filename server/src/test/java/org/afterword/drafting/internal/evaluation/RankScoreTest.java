package org.afterword.drafting.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.afterword.drafting.EvaluationReport.Figure;
import org.junit.jupiter.api.Test;

class RankScoreTest {
    private final RankScore score = new RankScore("doubt");

    @Test
    void isTheShareOfPairsInTheRightOrderAndTiesCountHalf() {
        score.nextContact();
        score.add(0.9, true);
        score.add(0.2, false);
        score.nextContact();
        score.add(0.5, true);
        score.add(0.5, false);
        score.add(0.6, false);

        Figure figure = score.figure().orElseThrow();

        // 0.9 beats all three, 0.5 one and half of another
        assertThat(figure.value()).isEqualTo((3 + 1.5) / 6);
        assertThat(figure.of()).isEqualTo(5);
        assertThat(figure.low()).isLessThanOrEqualTo(figure.value());
        assertThat(figure.high()).isGreaterThanOrEqualTo(figure.value());
    }

    @Test
    void saysNothingWhereNothingIsWrong() {
        score.nextContact();
        score.add(0.9, false);

        assertThat(score.figure()).isEmpty();
    }
}
