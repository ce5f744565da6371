package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.afterword.drafting.internal.learning.Scale.Seen;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void theScaleIsFoundThatTheScoresWereDrawnBy() {
        var random = new Random(1);
        List<Seen> seen = IntStream.range(0, 20_000)
                .mapToObj(i -> {
                    double score = 6 * random.nextDouble() - 3;
                    return new Seen(score, random.nextDouble() < 1 / (1 + Math.exp(-(2 * score - 1))));
                })
                .toList();

        Scale scale = Scale.fitted(seen);

        assertThat(scale.slope()).isCloseTo(2, within(0.15));
        assertThat(scale.shift()).isCloseTo(-1, within(0.1));
    }

    @Test
    void scoresThatNeverFailAreBelievedAsFarAsTheyAreMany() {
        Scale few = Scale.fitted(apart(10));
        Scale many = Scale.fitted(apart(1_000));

        assertThat(share(few.of(1))).isCloseTo(11.0 / 12, within(1e-3));
        assertThat(share(many.of(1))).isGreaterThan(share(few.of(1))).isLessThan(1);
    }

    @Test
    void scoresThatSayNothingOrTheContraryAreLeftAsTheyAre() {
        assertThat(Scale.fitted(List.of())).isEqualTo(Scale.NONE);
        assertThat(Scale.fitted(apart(10).stream()
                        .map(one -> new Seen(-one.score(), one.right()))
                        .toList()))
                .isEqualTo(Scale.NONE);
    }

    @Test
    void scoresThatAreAllAlikeAreAsLikelyAsTheyAreRight() {
        Scale scale = Scale.fitted(IntStream.range(0, 1_000)
                .mapToObj(i -> new Seen(-4, i % 4 == 0))
                .toList());

        assertThat(share(scale.of(-4))).isCloseTo(0.25, within(0.01));
    }

    private static List<Seen> apart(int count) {
        return Stream.generate(() -> Stream.of(new Seen(1, true), new Seen(-1, false)))
                .limit(count)
                .flatMap(both -> both)
                .toList();
    }

    private static double share(double score) {
        return 1 / (1 + Math.exp(-score));
    }
}
