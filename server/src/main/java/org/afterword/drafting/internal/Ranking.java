package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.CatalogIndex.Entry;
import org.afterword.drafting.internal.language.Stems;

/**
 * Puts the codes of a catalog in order for one contact.
 *
 * <p>Cold, each sentence that tells something votes: its likeness to every code (cosine to label and description, to the call
 * type's, and rare words in common) becomes a probability over the codes and "none of them" (softmax), and a code gets its best
 * vote. A desktop action that bears the name of a code votes for it with {@link #BY_ACTION}. Where people confirmed contacts
 * like this one, their share among the nearest is mixed in, by how many they are and how near (shrinkage): the cold ranking
 * counts as {@link #COLD_WEIGHT} identical contacts.
 *
 * <p>The confidences are these numbers. They order well and rise with precision, but they are no measured probabilities:
 * {@code docs/drafts.md} says how often each band was right.
 */
final class Ranking {
    /**
     * A code with what speaks for it.
     *
     * @param confidence that it is one of the contact's codes, 0 to 1
     * @param order      where it first came up, as {@link Gist.Point#order}
     * @param evidence   strongest first; empty if only neighbours speak for it
     */
    record Vote(String code, double confidence, int order, List<Evidence> evidence) {
        boolean byAction() {
            return evidence.stream().anyMatch(Evidence.Action.class::isInstance);
        }

        double asMain() {
            return confidence * Math.pow(Gist.FADE, order);
        }
    }

    /* Chosen on every 40th dialogue of SGD train, by set F1 of intents. */
    private static final double THEME_SHARE = 0.3;
    private static final double WORD_WEIGHT = 0.1;
    private static final double MOST_WORDS = 4;
    private static final double TEMPERATURE = 0.06;
    private static final double NONE_OF_THEM = 0.45;
    private static final double AGENT_SHARE = 0.9;

    /** Makes confidences as sharp as they were right on SGD train, with desktop actions and without. */
    private static final double LEAD_POWER = 3;

    private static final double BY_ACTION = 0.97;

    /** Odds against a code that belongs to another call type than the one the contact is known to have. */
    private static final double OTHER_CALL_TYPE = 0.25;

    /** What is left of the words for a code when an action chose another code of the same name. */
    private static final double NAMESAKE_SHARE = 0.3;

    private static final double LEAST_FOR_THEME = 0.2;

    private static final int NEIGHBORS = 15;
    private static final double NEIGHBOR_SCALE = 0.15;
    private static final double COLD_WEIGHT = 0.5;

    private static final int MOST_EVIDENCE = 3;
    private static final double LEAST_EVIDENCE = 0.05;

    private final Situation situation;
    private final ConfirmedExamples confirmed;

    Ranking(Situation situation, ConfirmedExamples confirmed) {
        this.situation = situation;
        this.confirmed = confirmed;
    }

    /** All reasons, most certain first. */
    List<Vote> reasons() {
        return rank(situation.index().reasons(), Example::reasons);
    }

    /**
     * All dispositions, most likely first: what the contact began with goes before what came up later. A disposition's
     * confidence is that it is one of the contact's, times how clearly it leads.
     */
    List<Vote> dispositions() {
        List<Vote> votes = rank(
                situation.index().dispositions(),
                example -> example.disposition() == null ? List.of() : List.of(example.disposition()));
        double total = votes.stream().mapToDouble(Ranking::lead).sum();
        return votes.stream()
                .sorted(Comparator.comparingDouble(Vote::asMain).reversed())
                .map(v ->
                        new Vote(v.code(), total == 0 ? 0 : v.confidence() * lead(v) / total, v.order(), v.evidence()))
                .toList();
    }

    private static double lead(Vote vote) {
        return Math.pow(vote.asMain(), LEAD_POWER);
    }

    /** The call type of the one of {@code reasons} that a sentence speaks of most, if it speaks of any. */
    Optional<String> themeOf(Gist.Point point, Set<String> reasons) {
        List<Entry> entries = situation.index().reasons();
        double[] votes = votes(entries, point);
        return IntStream.range(0, votes.length)
                .filter(i -> votes[i] >= LEAST_FOR_THEME
                        && reasons.contains(entries.get(i).code()))
                .boxed()
                .max(Comparator.comparingDouble(i -> votes[i]))
                .flatMap(i -> entries.get(i).callTypes().stream().findFirst());
    }

    private List<Vote> rank(List<Entry> entries, Function<Example, List<String>> codes) {
        Tally[] tallies =
                IntStream.range(0, entries.size()).mapToObj(i -> new Tally()).toArray(Tally[]::new);
        for (Gist.Point point : situation.gist().points()) {
            double[] votes = votes(entries, point);
            for (int i = 0; i < votes.length; i++) {
                tallies[i].add(votes[i], point.order(), point.line().quote());
            }
        }
        for (DesktopAction action : situation.input().actions()) {
            meantBy(action, entries, tallies).ifPresent(meant -> {
                tallies[meant].add(BY_ACTION, orderAt(action), new Evidence.Action(action.id()));
                IntStream.range(0, tallies.length)
                        .filter(i -> i != meant && isNamed(entries.get(i), action))
                        .forEach(i -> tallies[i].explainAway());
            });
        }
        Map<String, Double> shares = new HashMap<>();
        double nearness = neighbors(codes, shares);
        return IntStream.range(0, tallies.length)
                .mapToObj(i -> tallies[i].vote(entries.get(i).code(), shares, nearness))
                .sorted(Comparator.comparingDouble(Vote::confidence).reversed())
                .toList();
    }

    private double[] votes(List<Entry> entries, Gist.Point point) {
        Set<String> stems = Stems.of(point.line().tokens());
        double[] votes = new double[entries.size()];
        double total = Math.exp(NONE_OF_THEM / TEMPERATURE);
        for (int i = 0; i < votes.length; i++) {
            double likeness = likeness(entries.get(i), point.meaning(), stems)
                    * (point.line().byAgent() ? AGENT_SHARE : 1);
            votes[i] = Math.exp(likeness / TEMPERATURE) * prior(entries.get(i));
            total += votes[i];
        }
        double sum = total;
        return Arrays.stream(votes).map(v -> v / sum).toArray();
    }

    private double likeness(Entry entry, Vector meaning, Set<String> stems) {
        double own = meaning.cosine(entry.meaning());
        double theme = entry.theme() == null ? own : meaning.cosine(entry.theme());
        double words = stems.stream()
                .filter(entry.stems()::contains)
                .mapToDouble(stem -> situation.index().rarity().getOrDefault(stem, 0.0))
                .sum();
        return (1 - THEME_SHARE) * own + THEME_SHARE * theme + WORD_WEIGHT * Math.min(MOST_WORDS, words);
    }

    private double prior(Entry entry) {
        String known = situation.input().contact().callType();
        boolean fits = known == null
                || entry.callTypes().isEmpty()
                || entry.callTypes().contains(known);
        return fits ? 1 : OTHER_CALL_TYPE;
    }

    /** Of the codes whose name the action bears, the one whose form has its parameters, then the one the words speak for. */
    private static Optional<Integer> meantBy(DesktopAction action, List<Entry> entries, Tally[] tallies) {
        return IntStream.range(0, entries.size())
                .boxed()
                .filter(i -> isNamed(entries.get(i), action))
                .max(Comparator.<Integer>comparingLong(i -> action.parameters().keySet().stream()
                                .map(Names::words)
                                .filter(entries.get(i).fields()::contains)
                                .count())
                        .thenComparingDouble(i -> tallies[i].byWords()));
    }

    private static boolean isNamed(Entry entry, DesktopAction action) {
        String name = Names.words(action.name());
        return entry.names().stream().anyMatch(n -> n.equals(name) || n.endsWith(" " + name) || name.endsWith(" " + n));
    }

    private int orderAt(DesktopAction action) {
        return (int) situation.before(action).stream()
                .filter(Line::byCustomer)
                .filter(Line::hasContent)
                .count();
    }

    /** Fills {@code shares} with each code's share among the nearest confirmed contacts; returns how much they weigh. */
    private double neighbors(Function<Example, List<String>> codes, Map<String, Double> shares) {
        record Neighbor(Example example, double weight) {}
        Vector here = situation.fingerprint();
        List<Neighbor> nearest = confirmed.examples().stream()
                .filter(e -> e.fingerprint().dimensions() == here.dimensions())
                .map(e -> new Neighbor(e, Math.exp((e.fingerprint().cosine(here) - 1) / NEIGHBOR_SCALE)))
                .sorted(Comparator.comparingDouble(Neighbor::weight).reversed())
                .limit(NEIGHBORS)
                .toList();
        double total = nearest.stream().mapToDouble(Neighbor::weight).sum();
        for (Neighbor neighbor : nearest) {
            codes.apply(neighbor.example()).forEach(c -> shares.merge(c, neighbor.weight() / total, Double::sum));
        }
        return total;
    }

    /** What was counted for one code. */
    private static final class Tally {
        private record Counted(double share, int order, Evidence evidence) {}

        private final List<Counted> counted = new ArrayList<>();
        private double scale = 1;

        void add(double share, int order, Evidence evidence) {
            counted.add(new Counted(share, order, evidence));
        }

        /** The words are taken by another code of the same name, which an action spoke for. */
        void explainAway() {
            scale = NAMESAKE_SHARE;
        }

        double byWords() {
            return counted.stream()
                    .filter(c -> c.evidence() instanceof Evidence.Quote)
                    .mapToDouble(Counted::share)
                    .max()
                    .orElse(0);
        }

        Vote vote(String code, Map<String, Double> shares, double nearness) {
            counted.sort(Comparator.comparingDouble(Counted::share).reversed());
            boolean acted = counted.stream().anyMatch(c -> c.evidence() instanceof Evidence.Action);
            double cold = counted.isEmpty() ? 0 : counted.getFirst().share() * (acted ? 1 : scale);
            double confidence =
                    (nearness * shares.getOrDefault(code, 0.0) + COLD_WEIGHT * cold) / (nearness + COLD_WEIGHT);
            List<Counted> strongest = counted.stream()
                    .filter(c -> c.evidence() instanceof Evidence.Action
                            || c.share() >= Math.max(LEAST_EVIDENCE, byWords() / 2))
                    .limit(MOST_EVIDENCE)
                    .toList();
            int order = strongest.stream().mapToInt(Counted::order).min().orElse(0);
            return new Vote(
                    code,
                    Math.min(1, confidence),
                    order,
                    strongest.stream().map(Counted::evidence).distinct().toList());
        }
    }
}
