package org.afterword.drafting.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.afterword.drafting.ConfirmedExamples;
import org.afterword.drafting.ConfirmedExamples.Example;
import org.afterword.drafting.ConfirmedExamples.Learned;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.CatalogIndex.Entry;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.learning.RankingModel;
import org.jspecify.annotations.Nullable;

/**
 * Puts the codes of a catalog in order for one contact.
 *
 * <p>Cold, each sentence that tells something votes: its likeness to every code (cosine to label and description, to the call
 * type's, and rare words in common) becomes a probability over the codes and "none of them" (softmax), and a code gets its best
 * vote. A desktop action votes for the code whose name it bears ({@link ActionNames}). Where people confirmed contacts like
 * this one, their share among the nearest is mixed in, by how many they are and how near (shrinkage): the cold ranking counts
 * as {@link #COLD_WEIGHT} identical contacts, and as {@link #COLD_WEIGHT_BY_ACTION} where an action speaks for one of its codes.
 *
 * <p>The confidences are these numbers. They order well and rise with precision, but they are no measured probabilities:
 * {@code docs/drafts.md} says how often each band was right.
 */
final class Ranking {
    /* Chosen on every 40th dialogue of SGD train, by set F1 of intents. */
    private static final double THEME_SHARE = 0.3;
    private static final double WORD_WEIGHT = 0.1;
    private static final double MOST_WORDS = 4;
    private static final double TEMPERATURE = 0.06;
    private static final double NONE_OF_THEM = 0.45;
    private static final double AGENT_SHARE = 0.9;

    /** Odds against a code that belongs to another call type than the one the contact is known to have. */
    private static final double OTHER_CALL_TYPE = 0.25;

    private static final double LEAST_FOR_THEME = 0.2;

    /** How fast a code falls behind with its call type. Chosen on MultiDoGO's train. */
    private static final double THEME_SLOPE = 5;

    private static final int NEIGHBORS = 15;

    /* Chosen on the demo's conversations, 40 and 160 of them confirmed: contacts that only share a topic must not outvote. */
    private static final double NEIGHBOR_SCALE = 0.08;
    private static final double COLD_WEIGHT = 0.5;

    /** Likewise where a desktop action speaks: likeness in words knows nothing of what was done, and whether it worked. */
    private static final double COLD_WEIGHT_BY_ACTION = 5;

    /** Where a model has learned, only what is nearly the same contact corrects it. Chosen on MultiDoGO's train. */
    private static final double CORRECTION_SCALE = 0.04;

    /**
     * As surely at most is stated what contacts confirmed since the model learned say alone: nobody measured how often they are
     * right, and no policy approves anything by them.
     */
    private static final double MOST_BY_CORRECTION = 0.85;

    /* What models of reasons and tags call them. */
    static final String REASON = "reasons/";
    static final String TAG = "tags/";

    private final Situation situation;
    private final Course dispositions;
    private final Course codes;
    private final List<Vote> coldReasons;
    private final List<Vote> coldTags;
    private final List<Vote> reasons;
    private final List<Vote> tags;

    Ranking(Situation situation, ConfirmedExamples confirmed) {
        this.situation = situation;
        this.dispositions = Course.of(confirmed.dispositions(), confirmed.examples(), situation.fingerprint());
        this.codes = Course.of(confirmed.codes(), confirmed.examples(), situation.fingerprint());
        this.coldReasons = surestFirst(cold(situation.index().reasons()));
        this.coldTags = Tags.votes(situation, opening());
        Map<String, Double> shares =
                codes.model() == null ? codePriors() : codes.model().rank(situation.features(), codePriors());
        this.reasons = learned(bent(coldReasons, REASON, shares), codes.neighbors(), Example::reasons);
        this.tags = learned(bent(coldTags, TAG, shares), tellingTags(codes.neighbors()), Ranking::tagsOf);
    }

    /** What was learned of some codes, as far as it concerns this contact. */
    private record Course(@Nullable RankingModel model, List<Neighbor> neighbors) {
        static Course of(@Nullable Learned learned, List<Example> examples, Vector here) {
            return learned == null
                    ? new Course(null, nearest(examples, here, NEIGHBOR_SCALE))
                    : new Course(learned.model(), nearest(learned.unseen(), here, CORRECTION_SCALE));
        }
    }

    /** All reasons, most certain first. */
    List<Vote> reasons() {
        return reasons;
    }

    /** Likewise by the catalog's words and the actions alone. */
    List<Vote> coldReasons() {
        return coldReasons;
    }

    /** All tags, most certain first. */
    List<Vote> tags() {
        return tags;
    }

    /** Whether reasons and tags have measured probabilities. */
    boolean isTrainedInCodes() {
        return codes.model() != null;
    }

    /** How likely the catalog's words and the actions make each reason and tag. */
    Map<String, Double> codePriors() {
        Map<String, Double> priors = new HashMap<>();
        coldReasons.forEach(v -> priors.put(REASON + v.code(), v.confidence()));
        coldTags.forEach(v -> priors.put(TAG + v.code(), v.confidence()));
        return priors;
    }

    /**
     * All dispositions, most certain first.
     *
     * @param reading what each is worth, given its cold vote, before confirmed contacts are mixed in
     */
    List<Vote> dispositions(BiFunction<Entry, Vote, Vote> reading) {
        List<Vote> read = coldDispositions(reading);
        RankingModel model = dispositions.model();
        if (model == null) {
            return learned(read, dispositions.neighbors(), Ranking::dispositionOf);
        }
        List<Vote> stated = bent(read, "", model.rank(situation.features(), priors(read)));
        Map<String, Double> measured = stated.stream().collect(Collectors.toMap(Vote::code, Vote::confidence));
        return learned(stated, dispositions.neighbors(), Ranking::dispositionOf).stream()
                .map(v -> v.atMost(Math.max(MOST_BY_CORRECTION, measured.getOrDefault(v.code(), 0.0))))
                .toList();
    }

    private static List<String> dispositionOf(Example example) {
        return example.disposition() == null ? List.of() : List.of(example.disposition());
    }

    /** Likewise by the catalog's words and the actions alone, in catalog order. */
    List<Vote> coldDispositions(BiFunction<Entry, Vote, Vote> reading) {
        List<Entry> entries = situation.index().dispositions();
        List<Vote> cold = themed(entries, cold(entries));
        return IntStream.range(0, cold.size())
                .mapToObj(i -> reading.apply(entries.get(i), cold.get(i)))
                .toList();
    }

    /** What all that was said is about speaks for the codes of that call type, however each sentence was read. */
    private List<Vote> themed(List<Entry> entries, List<Vote> cold) {
        double[] likeness = entries.stream()
                .mapToDouble(e ->
                        e.theme() == null ? Double.NaN : situation.fingerprint().cosine(e.theme()))
                .toArray();
        double most =
                Arrays.stream(likeness).filter(l -> !Double.isNaN(l)).max().orElse(0);
        return IntStream.range(0, cold.size())
                .mapToObj(i -> {
                    Vote v = cold.get(i);
                    double less = Double.isNaN(likeness[i]) ? 0 : THEME_SLOPE * (likeness[i] - most);
                    return new Vote(v.code(), v.confidence() * Math.exp(less), v.order(), v.evidence());
                })
                .toList();
    }

    /** Whether dispositions have measured probabilities. */
    boolean isTrained() {
        return dispositions.model() != null;
    }

    /** The same votes, as sure as {@code shares} has their codes under {@code prefix}. */
    private static List<Vote> bent(List<Vote> cold, String prefix, Map<String, Double> shares) {
        return cold.stream()
                .map(v -> new Vote(v.code(), shares.getOrDefault(prefix + v.code(), 0.0), v.order(), v.evidence()))
                .toList();
    }

    /** What the catalog's words make of each code, as shares that add up to 1. */
    static Map<String, Double> priors(List<Vote> cold) {
        double total = cold.stream().mapToDouble(Vote::asMain).sum();
        Map<String, Double> shares = new HashMap<>();
        cold.forEach(v -> shares.put(v.code(), total == 0 ? 0 : v.asMain() / total));
        return shares;
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

    /** By the catalog's words and the actions alone, in catalog order. */
    private List<Vote> cold(List<Entry> entries) {
        Tally[] tallies =
                IntStream.range(0, entries.size()).mapToObj(i -> new Tally()).toArray(Tally[]::new);
        for (Gist.Point point : situation.gist().points()) {
            double[] votes = votes(entries, point);
            for (int i = 0; i < votes.length; i++) {
                tallies[i].add(votes[i], point.order(), point.line().quote());
            }
        }
        for (DesktopAction action : situation.input().actions()) {
            ActionNames.meant(action, entries, i -> tallies[i].byWords()).ifPresent(meant -> {
                tallies[meant.code()].add(meant.share(), orderAt(action), new Evidence.Action(action.id()));
                meant.namesakes().forEach(i -> tallies[i].explainAway());
            });
        }
        List<Evidence> opening = opening();
        return IntStream.range(0, tallies.length)
                .mapToObj(i -> tallies[i].vote(entries.get(i).code(), opening))
                .toList();
    }

    private double[] votes(List<Entry> entries, Gist.Point point) {
        Set<String> stems = Stems.of(point.line().tokens());
        double[] votes = new double[entries.size()];
        double total = Math.exp(NONE_OF_THEM / TEMPERATURE);
        for (int i = 0; i < votes.length; i++) {
            double likeness = likeness(entries.get(i), point.meaning(), stems)
                    * (point.line().byAgent() ? AGENT_SHARE : 1);
            votes[i] = Math.exp(likeness / TEMPERATURE) * prior(entries.get(i), entries);
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

    /** A known call type speaks against codes of other ones, unless no code belongs to it. */
    private double prior(Entry entry, List<Entry> entries) {
        String known = situation.input().contact().callType();
        boolean fits = known == null
                || entry.callTypes().isEmpty()
                || entry.callTypes().contains(known)
                || entries.stream().noneMatch(e -> e.callTypes().contains(known));
        return fits ? 1 : OTHER_CALL_TYPE;
    }

    private int orderAt(DesktopAction action) {
        return (int) situation.before(action).stream()
                .filter(Line::byCustomer)
                .filter(Line::saysSomething)
                .count();
    }

    /** What likeness to other contacts rests on first of all: what the customer began with. */
    private List<Evidence> opening() {
        return situation.gist().opening().stream().<Evidence>map(Line::quote).toList();
    }

    private record Neighbor(Example example, double weight) {}

    private static List<Vote> learned(
            List<Vote> cold, List<Neighbor> neighbors, Function<Example, List<String>> codes) {
        double nearness = neighbors.stream().mapToDouble(Neighbor::weight).sum();
        Map<String, Double> weights = new HashMap<>();
        double own = cold.stream().anyMatch(Vote::byAction) ? COLD_WEIGHT_BY_ACTION : COLD_WEIGHT;
        neighbors.forEach(n -> codes.apply(n.example()).forEach(c -> weights.merge(c, n.weight(), Double::sum)));
        return surestFirst(cold.stream()
                .map(v -> new Vote(
                        v.code(),
                        (weights.getOrDefault(v.code(), 0.0) + own * v.confidence()) / (nearness + own),
                        v.order(),
                        v.evidence()))
                .toList());
    }

    /** Of records from before tags were kept nobody knows which they had. */
    private static List<Neighbor> tellingTags(List<Neighbor> neighbors) {
        return neighbors.stream().filter(n -> n.example().tags() != null).toList();
    }

    private static List<String> tagsOf(Example example) {
        return Objects.requireNonNullElse(example.tags(), List.of());
    }

    private static List<Vote> surestFirst(List<Vote> votes) {
        return votes.stream()
                .sorted(Comparator.comparingDouble(Vote::confidence).reversed())
                .toList();
    }

    /** Nearest first; of thousands only few are kept at any time. */
    private static List<Neighbor> nearest(List<Example> examples, Vector here, double scale) {
        var kept = new PriorityQueue<>(Comparator.comparingDouble(Neighbor::weight));
        for (Example example : examples) {
            if (example.fingerprint().dimensions() == here.dimensions()) {
                double weight = Math.exp((example.fingerprint().cosine(here) - 1) / scale);
                if (kept.size() < NEIGHBORS) {
                    kept.add(new Neighbor(example, weight));
                } else if (weight > Objects.requireNonNull(kept.peek()).weight()) {
                    kept.remove();
                    kept.add(new Neighbor(example, weight));
                }
            }
        }
        return kept.stream()
                .sorted(Comparator.comparingDouble(Neighbor::weight).reversed())
                .toList();
    }
}
