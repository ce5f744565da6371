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

    /** What nobody is to look at any more is judged by more, and falls by less. */
    static final long LEAST_TO_FILL_AUDITED = 200;

    static final long LEAST_TO_FILL = 300;
    static final long LEAST_AUDITED = 20;

    /** Below, taking out what is wrong costs more than it saves: of five values that stand there, more than one is not what is confirmed. */
    static final double TO_PREFILL = 0.8;

    /** Below, most of what is looked at was looked at for nothing. */
    static final double TO_SUGGEST = 0.5;

    /** Of all contacts, so of the sure ones that a policy approves more. */
    static final double TO_FILL_AUDITED = 0.9;

    /** Of those that a policy would have approved. */
    static final double TO_FILL = 0.95;

    private GradeRules() {}

    /**
     * How often people agreed with a part while it had its grade.
     *
     * @param seen    who saw what was drafted
     * @param blind   who did not
     * @param audited who saw it of a contact that a policy would have approved
     */
    record Agreed(Proportion seen, Proportion blind, Proportion audited) {
        static final Proportion NONE = Proportion.of(0, 0);

        /** Who sees a draft tends to agree with it: where there is enough of people who did not see one, that alone counts. */
        private Proportion byWhichever() {
            return blind.whole() >= LEAST
                    ? blind
                    : Proportion.of(
                            seen.part() + blind.part() + audited.part(),
                            seen.whole() + blind.whole() + audited.whole());
        }
    }

    /** @param measured by which it is that */
    record Step(Grade grade, Proportion measured) {}

    /** The least that a part falls to: what nobody could judge, or take over, would never come back. */
    static Grade least(String part) {
        boolean canBeSuggested = Rollout.grades(part).contains(Grade.SUGGEST);
        return Comparison.COMPARABLE_BLIND.contains(part) ? Grade.OFF : canBeSuggested ? Grade.SUGGEST : Grade.PREFILL;
    }

    /** @param mayBeUnattended whether an administrator allows it more than to fill what a person confirms */
    static Step next(String part, Grade grade, Agreed agreed, boolean mayBeUnattended) {
        Grade held = mayBeUnattended ? grade : grade.atMost(Grade.PREFILL);
        if (held.isUnattended()) {
            Proportion all = agreed.byWhichever();
            Grade whereFewAreAudited = next(Grade.PREFILL, all);
            boolean fallsFar = agreed.audited().whole() < leastToFall(held) && whereFewAreAudited == Grade.SUGGEST;
            return fallsFar
                    ? new Step(whereFewAreAudited, all)
                    : new Step(next(held, agreed.audited()), agreed.audited());
        }
        Proportion measured = agreed.byWhichever();
        Grade next = next(held, measured).atMost(Grade.PREFILL);
        if (next == Grade.PREFILL && held == Grade.PREFILL) {
            Proportion unbiased = Comparison.COMPARABLE_BLIND.contains(part) ? agreed.blind() : measured;
            boolean earned =
                    mayBeUnattended && Rollout.canBeUnattended(part) && next(held, unbiased) == Grade.FILL_AUDITED;
            return earned ? new Step(Grade.FILL_AUDITED, unbiased) : new Step(grade, measured);
        }
        Grade least = least(part);
        return new Step(next.compareTo(least) < 0 ? least : next, measured);
    }

    /** @param measured how often people agreed with the part while it had this grade */
    static Grade next(Grade grade, Proportion measured) {
        if (measured.low() == null || measured.high() == null) {
            return grade;
        }
        if (measured.whole() >= leastToFall(grade) && measured.high() < needed(grade)) {
            return grade.below().orElse(grade);
        }
        double low = measured.low();
        return grade.above()
                .filter(above -> measured.whole() >= leastToRise(above) && low >= needed(above))
                .orElse(grade);
    }

    private static double needed(Grade grade) {
        return switch (grade) {
            case OFF -> 0;
            case SUGGEST -> TO_SUGGEST;
            case PREFILL -> TO_PREFILL;
            case FILL_AUDITED -> TO_FILL_AUDITED;
            case FILL -> TO_FILL;
        };
    }

    private static long leastToRise(Grade to) {
        return switch (to) {
            case OFF, SUGGEST, PREFILL -> LEAST;
            case FILL_AUDITED -> LEAST_TO_FILL_AUDITED;
            case FILL -> LEAST_TO_FILL;
        };
    }

    private static long leastToFall(Grade from) {
        return from.isUnattended() ? LEAST_AUDITED : LEAST;
    }
}
