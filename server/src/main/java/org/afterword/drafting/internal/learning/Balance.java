package org.afterword.drafting.internal.learning;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.afterword.drafting.internal.learning.RankingModel.Scores;

/**
 * How much a contact as a whole and its lines one by one count, so that what both make likely is as right as it says: temperature scaling
 * (Guo et al. 2017) of a product of two experts.
 *
 * @param whole by which its scores are multiplied
 * @param lines likewise; 0 = they do not count
 */
record Balance(double whole, double lines) {
    /** As good as any where few contacts were confirmed, by the held-back fifth of MultiDoGO's train with 30 of each code. */
    static final Balance UNMEASURED = new Balance(0.75, 0.5);

    private static final double LEAST_WHOLE = 0.2;
    private static final double MOST_WHOLE = 5;
    private static final double MOST_LINES = 2;
    private static final double MOST_SHIFT = 5;
    private static final int ROUNDS = 10;
    private static final int THIRDS = 25;

    /**
     * With the least loss; one after the other, since the loss is convex in both.
     *
     * @param rightFirst of contacts that were not learned from, the right code first; all with lines, or lines do not count
     */
    static Balance fitted(List<Scores> rightFirst) {
        boolean linesTell = rightFirst.stream().allMatch(Scores::hasLines);
        var balance = new Balance(1, 0);
        for (int round = 0; round < (linesTell ? ROUNDS : 1); round++) {
            double lines = balance.lines();
            double whole = least(LEAST_WHOLE, MOST_WHOLE, tried -> new Balance(tried, lines).loss(rightFirst, 0));
            balance = new Balance(
                    whole,
                    linesTell ? least(0, MOST_LINES, tried -> new Balance(whole, tried).loss(rightFirst, 0)) : 0);
        }
        return balance;
    }

    /**
     * What is to be added to codes that nothing was learned of for the least loss.
     *
     * @param rightFirst of contacts that were not learned from, the right code first, whether or not something was learned of it
     */
    double shiftOfOthers(List<Scores> rightFirst) {
        return least(-MOST_SHIFT, MOST_SHIFT, shift -> loss(rightFirst, shift));
    }

    private static double least(double from, double to, DoubleUnaryOperator loss) {
        double low = from;
        double high = to;
        for (int i = 0; i < THIRDS; i++) {
            double lower = low + (high - low) / 3;
            double higher = high - (high - low) / 3;
            if (loss.applyAsDouble(lower) < loss.applyAsDouble(higher)) {
                high = higher;
            } else {
                low = lower;
            }
        }
        return (low + high) / 2;
    }

    private double loss(List<Scores> rightFirst, double shiftOfOthers) {
        double loss = 0;
        for (Scores scores : rightFirst) {
            double[] shares = new double[scores.whole().length];
            for (int i = 0; i < shares.length; i++) {
                shares[i] = whole * scores.whole()[i]
                        + lines * scores.lines()[i]
                        + (scores.learned()[i] ? 0 : shiftOfOthers);
            }
            Softmax.inPlace(shares);
            loss -= Math.log(Math.max(shares[0], Double.MIN_NORMAL));
        }
        return loss;
    }
}
