package org.afterword.drafting.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.catalog.Reason;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.CatalogIndex.Entry;

/**
 * Ranks dispositions. One that names an outcome ("Booked", "Search only", "Booking failed") goes with what was done: it has to
 * belong to the call type of a reason, and to agree with the {@link Outcome} of the contact. One that names a topic only goes
 * with what the contact began with.
 */
final class Dispositions {
    /** What is left of a disposition whose outcome is not the contact's. */
    private static final double OTHER_OUTCOME = 0.15;

    /** What is left of a reason that was only asked about, where something was done about another one. */
    private static final double ASIDE = 0.5;

    /** What a disposition for any call type is worth by its outcome alone. */
    private static final double BY_OUTCOME = 0.3;

    /** Likewise where the outcome is the whole point: nobody is passed on by the way. */
    private static final double BY_CLEAR_OUTCOME = 0.85;

    /** Share of the reason against that of the words. */
    private static final double BY_REASON = 0.8;

    /** Makes confidences as sharp as they were right on SGD train, with desktop actions and without. */
    private static final double LEAD_POWER = 3;

    private static final int MOST_EVIDENCE = 3;

    private final Situation situation;
    private final Outcome.Seen outcome;
    private final List<Vote> reasons;

    Dispositions(Situation situation, List<Vote> reasons) {
        this(situation, reasons, Outcome.of(situation));
    }

    /** @param outcome of the contact, where something else tells it than talk and actions */
    Dispositions(Situation situation, List<Vote> reasons, Outcome.Seen outcome) {
        this.situation = situation;
        this.outcome = outcome;
        this.reasons = reasons;
    }

    /**
     * Most likely first. The confidence of a disposition is that it is one that fits, times how clearly it leads.
     */
    List<Vote> rank(Ranking ranking) {
        List<Vote> votes = ranking.dispositions(this::read);
        if (ranking.isTrained()) {
            return votes;
        }
        double total = votes.stream().mapToDouble(Dispositions::lead).sum();
        return votes.stream()
                .sorted(Comparator.comparingDouble(Vote::asMain).reversed())
                .map(v ->
                        new Vote(v.code(), total == 0 ? 0 : v.confidence() * lead(v) / total, v.order(), v.evidence()))
                .toList();
    }

    /** What the catalog's words and the actions make of each, as shares that add up to 1. */
    Map<String, Double> priors(Ranking ranking) {
        return Ranking.priors(ranking.coldDispositions(this::read));
    }

    private static double lead(Vote vote) {
        return Math.pow(vote.asMain(), LEAD_POWER);
    }

    private Vote read(Entry disposition, Vote words) {
        if (disposition.outcome() == null || outcome.outcome() == null) {
            return words;
        }
        boolean agrees = disposition.outcome() == outcome.outcome();
        double match = agrees ? 1 : OTHER_OUTCOME;
        if (disposition.callTypes().isEmpty()) {
            double base = agrees && CLEAR.contains(disposition.outcome()) ? BY_CLEAR_OUTCOME : BY_OUTCOME;
            return vote(disposition, Math.max(base, words.confidence()) * match, outcome.evidence(), words.evidence());
        }
        Vote reason = reasons.stream()
                .filter(r -> belongs(r, disposition))
                .max(Comparator.comparingDouble(this::asDone))
                .orElse(null);
        double byReason = reason == null ? 0 : asDone(reason);
        double fit = BY_REASON * byReason + (1 - BY_REASON) * words.confidence();
        return vote(
                disposition, fit * match, reason == null ? words.evidence() : reason.evidence(), outcome.evidence());
    }

    private static final Set<Outcome> CLEAR = Set.of(Outcome.PASSED_ON, Outcome.PROMISED);

    private static Vote vote(Entry disposition, double confidence, List<Evidence> first, List<Evidence> then) {
        List<Evidence> evidence = Stream.concat(first.stream().limit(MOST_EVIDENCE - 1L), then.stream())
                .distinct()
                .limit(MOST_EVIDENCE)
                .toList();
        return new Vote(disposition.code(), confidence, 0, evidence);
    }

    private boolean belongs(Vote reason, Entry disposition) {
        return situation
                .input()
                .catalog()
                .findReason(reason.code())
                .map(Reason::callType)
                .filter(disposition.callTypes()::contains)
                .isPresent();
    }

    /** How much the reason is what was done something about. */
    private double asDone(Vote reason) {
        boolean aside = !changed(reason) && reasons.stream().anyMatch(this::changed);
        return reason.confidence() * (aside ? ASIDE : 1);
    }

    private boolean changed(Vote reason) {
        return situation.input().actions().stream()
                .filter(ActionsTaken::changedSomething)
                .map(DesktopAction::id)
                .anyMatch(id -> reason.evidence().contains(new Evidence.Action(id)));
    }
}
