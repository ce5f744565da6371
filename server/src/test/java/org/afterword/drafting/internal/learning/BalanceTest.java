package org.afterword.drafting.internal.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.afterword.drafting.internal.learning.RankingModel.Scores;
import org.junit.jupiter.api.Test;

class BalanceTest {
    private static final int CODES = 3;

    @Test
    void findsWhatTheScoresWereDrawnBy() {
        Balance fitted = Balance.fitted(drawn(40_000, 0.6, 1.4));

        assertThat(fitted.whole()).isCloseTo(0.6, within(0.05));
        assertThat(fitted.lines()).isCloseTo(1.4, within(0.05));
    }

    @Test
    void linesThatTellNothingDoNotCount() {
        assertThat(Balance.fitted(drawn(20_000, 1.2, 0)).lines()).isLessThan(0.05);
    }

    @Test
    void whereSomeHaveNoLinesLinesDoNotCount() {
        List<Scores> mixed = new ArrayList<>(drawn(1_000, 0.6, 1.4));
        Scores first = mixed.getFirst();
        mixed.set(0, new Scores(first.whole(), new double[CODES], first.learned()));

        assertThat(Balance.fitted(mixed).lines()).isZero();
    }

    @Test
    void whereThereAreNoLinesOnlyTheWholeIsFitted() {
        List<Scores> withoutLines = drawn(40_000, 0.5, 0).stream()
                .map(scores -> new Scores(scores.whole(), new double[CODES], scores.learned()))
                .toList();

        Balance fitted = Balance.fitted(withoutLines);

        assertThat(fitted.whole()).isCloseTo(0.5, within(0.05));
        assertThat(fitted.lines()).isZero();
    }

    @Test
    void codesThatNothingWasLearnedOfGetWhatTheyNeedBesideOthers() {
        double needed = 1.5;
        List<Scores> drawn = drawn(40_000, 0.6, 1.4, needed);

        assertThat(new Balance(0.6, 1.4).shiftOfOthers(drawn)).isCloseTo(needed, within(0.05));
    }

    private static List<Scores> drawn(int count, double whole, double lines) {
        return drawn(count, whole, lines, 0);
    }

    /** Scores at random; which code is right, and so stands first, is drawn as likely as both together make it. */
    private static List<Scores> drawn(int count, double whole, double lines, double shiftOfLast) {
        var random = new Random(3);
        var drawn = new ArrayList<Scores>();
        for (int i = 0; i < count; i++) {
            double[] ofWhole = gaussian(random);
            double[] ofLines = gaussian(random);
            var shares = new double[CODES];
            for (int code = 0; code < CODES; code++) {
                shares[code] = whole * ofWhole[code] + lines * ofLines[code];
            }
            shares[CODES - 1] += shiftOfLast;
            Softmax.inPlace(shares);
            double lot = random.nextDouble();
            int right = 0;
            while (right < CODES - 1 && (lot -= shares[right]) > 0) {
                right++;
            }
            swap(ofWhole, right);
            swap(ofLines, right);
            var learned = new boolean[] {true, true, true};
            learned[right == CODES - 1 ? 0 : CODES - 1] = shiftOfLast == 0;
            drawn.add(new Scores(ofWhole, ofLines, learned));
        }
        return drawn;
    }

    private static double[] gaussian(Random random) {
        var values = new double[CODES];
        for (int i = 0; i < CODES; i++) {
            values[i] = 2 * random.nextGaussian();
        }
        return values;
    }

    private static void swap(double[] values, int right) {
        double first = values[0];
        values[0] = values[right];
        values[right] = first;
    }
}
