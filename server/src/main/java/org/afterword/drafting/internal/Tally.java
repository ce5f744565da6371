package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.afterword.drafting.Evidence;

/** What speaks for one code, counted. */
final class Tally {
    private record Counted(double share, int order, Evidence evidence) {
        boolean isAction() {
            return evidence instanceof Evidence.Action;
        }
    }

    /** What is left of the words for a code when an action chose another code of the same name. */
    private static final double NAMESAKE_SHARE = 0.3;

    private static final int MOST_EVIDENCE = 3;
    private static final double LEAST_EVIDENCE = 0.05;

    private final List<Counted> counted = new ArrayList<>();
    private boolean explainedAway;

    void add(double share, int order, Evidence evidence) {
        counted.add(new Counted(share, order, evidence));
    }

    /** The words are taken by another code of the same name, which an action spoke for. */
    void explainAway() {
        explainedAway = true;
    }

    double byWords() {
        return counted.stream()
                .filter(c -> !c.isAction())
                .mapToDouble(Counted::share)
                .max()
                .orElse(0);
    }

    /** @param opening what to show where nothing of its own speaks for the code */
    Vote vote(String code, List<Evidence> opening) {
        boolean acted = counted.stream().anyMatch(Counted::isAction);
        double most = counted.stream().mapToDouble(Counted::share).max().orElse(0);
        double leastWords = Math.max(LEAST_EVIDENCE, byWords() / 2);
        List<Counted> strongest = counted.stream()
                .filter(c -> c.isAction() || c.share() >= leastWords)
                .sorted(Comparator.comparingDouble(Counted::share).reversed())
                .limit(MOST_EVIDENCE)
                .toList();
        List<Evidence> evidence =
                strongest.stream().map(Counted::evidence).distinct().toList();
        return new Vote(
                code,
                explainedAway && !acted ? most * NAMESAKE_SHARE : most,
                strongest.stream().mapToInt(Counted::order).min().orElse(0),
                evidence.isEmpty() ? opening : evidence);
    }
}
