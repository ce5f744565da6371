package org.afterword.drafting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good drafts were on labelled contacts.
 *
 * @param model       which engine made them
 * @param contacts    measured; none of them was learned from
 * @param learnedFrom how many confirmed ones the engine had
 * @param reliability how often the first disposition was right, by what was stated of it; bands of equal size, least certain first
 * @param worst       what was wrong and most certain of it, most certain first
 */
public record EvaluationReport(
        String model, int contacts, int learnedFrom, List<Figure> figures, List<Band> reliability, List<Wrong> worst) {

    /**
     * @param group whose; null = of all contacts
     * @param name  of what was measured, as in {@code docs/evaluation.md}
     * @param low  where 95 of 100 such samples of contacts would have it at least (bootstrap over contacts); null where that says nothing
     * @param high likewise at most
     * @param of   how many contacts, fields or statements it is a share of
     */
    public record Figure(
            @Nullable String group,
            String name,
            double value,
            @Nullable Double low,
            @Nullable Double high,
            long of) {
        /** The same of some contacts only. */
        public Figure in(String some) {
            return new Figure(some, name, value, low, high, of);
        }
    }

    /** @param stated mean confidence; @param right share that was */
    public record Band(double from, double to, long contacts, double stated, double right) {}

    /** @param part as a record has it: {@code disposition}, {@code fields/amount} */
    public record Wrong(
            String contact,
            String part,
            @Nullable String wanted,
            @Nullable String drafted,
            double confidence) {}

    public EvaluationReport {
        figures = List.copyOf(figures);
        reliability = List.copyOf(reliability);
        worst = List.copyOf(worst);
    }
}
