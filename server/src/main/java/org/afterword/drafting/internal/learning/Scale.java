package org.afterword.drafting.internal.learning;

import java.util.List;

/**
 * Brings scores to where the probabilities that they stand for are right.
 *
 * @param slope by which a score is multiplied
 * @param shift that is added then; says nothing where a contact has exactly one of the codes
 */
record Scale(double slope, double shift) {
    static final Scale NONE = new Scale(1, 0);

    private static final int MOST_STEPS = 50;
    private static final int MOST_HALVINGS = 20;
    private static final double RIDGE = 1e-6;

    /** A score, and whether the contact has the code. */
    record Seen(double score, boolean right) {}

    double of(double score) {
        return slope * score + shift;
    }

    /**
     * The scale under which {@code 1 / (1 + exp(-score))} has the least loss: Platt 1999, by Newton's method as Lin, Lin and Weng have
     * it (2007). What was right and wrong counts as a little less than certain, so that codes which are told apart without fail get
     * no endless slope.
     */
    static Scale fitted(List<Seen> seen) {
        long right = seen.stream().filter(Seen::right).count();
        double ifRight = (right + 1.0) / (right + 2.0);
        double ifWrong = 1.0 / (seen.size() - right + 2.0);
        Scale scale = NONE;
        double loss = scale.loss(seen, ifRight, ifWrong);
        for (int i = 0; i < MOST_STEPS; i++) {
            Scale direction = scale.direction(seen, ifRight, ifWrong);
            Scale next = scale;
            double length = 1;
            for (int halved = 0; halved < MOST_HALVINGS && next == scale; halved++, length /= 2) {
                Scale tried = new Scale(scale.slope - length * direction.slope, scale.shift - length * direction.shift);
                double lossThere = tried.loss(seen, ifRight, ifWrong);
                if (lossThere < loss) {
                    loss = lossThere;
                    next = tried;
                }
            }
            if (next == scale) {
                break;
            }
            scale = next;
        }
        return scale.slope > 0 ? scale : NONE;
    }

    private double loss(List<Seen> seen, double ifRight, double ifWrong) {
        double loss = 0;
        for (Seen one : seen) {
            double score = of(one.score());
            double target = one.right() ? ifRight : ifWrong;
            loss += Math.max(score, 0) - target * score + Math.log1p(Math.exp(-Math.abs(score)));
        }
        return loss;
    }

    /** The gradient over the curvature. */
    private Scale direction(List<Seen> seen, double ifRight, double ifWrong) {
        double bySlope = 0;
        double byShift = 0;
        double slopeSlope = RIDGE;
        double slopeShift = 0;
        double shiftShift = RIDGE;
        for (Seen one : seen) {
            double share = 1 / (1 + Math.exp(-of(one.score())));
            double off = share - (one.right() ? ifRight : ifWrong);
            double weight = share * (1 - share);
            bySlope += off * one.score();
            byShift += off;
            slopeSlope += weight * one.score() * one.score();
            slopeShift += weight * one.score();
            shiftShift += weight;
        }
        double determinant = slopeSlope * shiftShift - slopeShift * slopeShift;
        return new Scale(
                (bySlope * shiftShift - byShift * slopeShift) / determinant,
                (byShift * slopeSlope - bySlope * slopeShift) / determinant);
    }
}
