package org.afterword.drafting.internal.proof;

import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.platform.Proportion;

/**
 * A part's grade follows how often people came to what it said: it falls as soon as it is clearly too seldom, and rises once it is
 * clearly often enough. Between the two nothing changes, so that chance does not move it to and fro.
 */
final class GradeRules {
    /** With fewer, chance decides. */
    static final long LEAST = 50;

    /** Below, taking out what is wrong costs more than it saves: of five values that stand there, more than one is not what is confirmed. */
    static final double TO_PREFILL = 0.8;

    /** Below, most of what is looked at was looked at for nothing. */
    static final double TO_SUGGEST = 0.5;

    private GradeRules() {}

    /** The least that a part falls to: what nobody could judge, or take over, would never come back. */
    static Grade least(String part) {
        boolean canBeSuggested = Rollout.grades(part).contains(Grade.SUGGEST);
        return Comparison.COMPARABLE_BLIND.contains(part) ? Grade.OFF : canBeSuggested ? Grade.SUGGEST : Grade.PREFILL;
    }

    /** @param measured how often people agreed with the part while it had this grade */
    static Grade next(Grade grade, Proportion measured) {
        if (measured.whole() < LEAST || measured.low() == null || measured.high() == null) {
            return grade;
        }
        if (measured.high() < needed(grade)) {
            return grade.below().orElse(grade);
        }
        double low = measured.low();
        return grade.above().filter(above -> low >= needed(above)).orElse(grade);
    }

    private static double needed(Grade grade) {
        return switch (grade) {
            case OFF -> 0;
            case SUGGEST -> TO_SUGGEST;
            case PREFILL -> TO_PREFILL;
        };
    }
}
