package org.afterword.drafting.internal.learning;

import org.jspecify.annotations.Nullable;

/** How scores of codes become probabilities. */
public enum Link {
    /**
     * A contact has exactly one of the codes: shares that add up to 1. Numbers chosen on the held-back fifth of MultiDoGO's train, with 30
     * confirmed contacts of each code and with all.
     */
    ONE_OF(0.7, 10) {
        @Override
        void toShares(double[] scores) {
            Softmax.inPlace(scores);
        }

        @Override
        void toShares(float[] scores) {
            Softmax.inPlace(scores);
        }

        @Override
        double score(double share) {
            return Math.log(LEAST_PRIOR + share);
        }
    },
    /**
     * A contact has any of them, each for itself. Numbers chosen on the held-back fifth of SGD's train, by contacts with services of
     * which nothing was learned.
     */
    ANY_OF(1, 1) {
        @Override
        void toShares(double[] scores) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = 1 / (1 + Math.exp(-scores[i]));
            }
        }

        @Override
        void toShares(float[] scores) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (1 / (1 + Math.exp(-scores[i])));
            }
        }

        @Override
        double score(double share) {
            double within = Math.clamp(share, LEAST_ODDS, 1 - LEAST_ODDS);
            return Math.log(within / (1 - within));
        }
    };

    /** What a code has that the catalog's words gave nothing. */
    private static final double LEAST_PRIOR = 1e-5;

    /** How far the catalog's words are believed at most, for and against. */
    private static final double LEAST_ODDS = 0.002;

    private final double priorPower;
    private final double freedom;

    /**
     * @param priorPower how far the catalog's words are believed
     * @param freedom    C of the penalty {@code |w|² / (2 C)}: how far what was learned may lead away from them
     */
    Link(double priorPower, double freedom) {
        this.priorPower = priorPower;
        this.freedom = freedom;
    }

    double freedom() {
        return freedom;
    }

    abstract void toShares(double[] scores);

    abstract void toShares(float[] scores);

    /** The score by which a share is what it is. */
    abstract double score(double share);

    /** Where a score begins that the catalog's words gave so much. */
    double offset(@Nullable Double prior) {
        return priorPower * score(prior == null ? 0 : prior);
    }
}
