package org.afterword.drafting.internal.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.afterword.drafting.Embedder;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.language.Token;
import org.springframework.util.function.SingletonSupplier;

/**
 * How much of a statement the talk bears out, as measures that a small model weighs: which of its words were said, how close together,
 * whether the talk says so or denies it, and whether any turn means about the same.
 */
public final class Support {
    /** What is measured, in order; the model has a weight for each. */
    static final List<String> MEASURES = List.of(
            "bias",
            "unsaidWords",
            "unsaidNearby",
            "rarestUnsaid",
            "unsaidCount",
            "unlikeTurns",
            "unlikeClause",
            "turnedRound",
            "turnedRoundAtBest",
            "missingNames",
            "missingNumbers",
            "length",
            "unsaidAndUnlike",
            "unlikeUnsaidWords");

    /** Which no evidence needs to say. */
    private static final Set<String> TELLING = Stems.of(
            "customer caller client user agent patient doctor said says say states stated reports reported notes noted asked wanted requested needed told "
                    + "explained offered promised called describes described denies denied complains complained currently presents presented advised informed "
                    + "confirmed per regarding re significant history unknown none negative positive female male lady gentleman mr mrs ms dr");

    private static final Pattern JOINTS =
            Pattern.compile("[,;:–—]|\\b(?:and|but|so|while|which|then|because|with|who)\\b");
    private static final int WINDOW = 3;
    private static final int MOST_TURNS_NAMED = 3;
    private static final int MOST_WORDS_EMBEDDED = 6;
    private static final int LEAST_WORDS_OF_CLAUSE = 2;

    private final List<Passage> passages;
    private final Embedder embedder;
    private final Supplier<List<Vector>> meanings;
    private final Set<String> said = new HashSet<>();

    Support(List<Passage> passages, Embedder embedder) {
        this.passages = passages;
        this.embedder = embedder;
        // what asks for facts alone needs none
        this.meanings = SingletonSupplier.of(
                () -> embedder.embed(passages.stream().map(Passage::meaning).toList()));
        passages.forEach(passage -> {
            said.addAll(passage.affirmed());
            said.addAll(passage.denied());
        });
    }

    /** Nothing to measure: it has no words but those of telling. */
    static boolean saysNothing(String statement) {
        return content(Stems.of(statement)).isEmpty();
    }

    /** @param missing facts of it that the evidence has not */
    double[] measures(String statement, List<Fact> missing) {
        List<Token> tokens = Token.allIn(statement);
        Passage.Said own = Passage.inSentence(tokens);
        Set<String> content = content(Stems.of(tokens));
        Vocabulary vocabulary = Vocabulary.get();
        double total = content.stream().mapToDouble(vocabulary::weight).sum();
        List<String> unsaid =
                content.stream().filter(stem -> !said.contains(stem)).toList();
        double unsaidShare =
                share(unsaid.stream().mapToDouble(vocabulary::weight).sum(), total);
        double nearby = share(total - bestWindow(content, vocabulary), total);
        double rarest = unsaid.stream().mapToDouble(vocabulary::weight).max().orElse(0) / 10;
        Vector meaning = embedder.embed(List.of(statement)).getFirst();
        double unlike = 1 - likest(meaning);
        double unlikeClause = clauses(statement).stream()
                .mapToDouble(
                        clause -> 1 - likest(embedder.embed(List.of(clause)).getFirst()))
                .max()
                .orElse(unlike);
        return new double[] {
            1,
            unsaidShare,
            nearby,
            rarest,
            Math.log1p(unsaid.size()),
            unlike,
            unlikeClause,
            share(turnedRound(content, own, passages, vocabulary), total),
            share(turnedRound(content, own, List.of(passages.get(best(meaning))), vocabulary), total),
            Math.log1p(missing.stream()
                    .filter(fact -> fact.kind() == Fact.Kind.NAME)
                    .count()),
            Math.log1p(missing.stream()
                    .filter(fact -> fact.kind() != Fact.Kind.NAME)
                    .count()),
            Math.log1p(content.size()),
            unsaidShare * unlike,
            unlikeWords(tokens, unsaid)
        };
    }

    /** The turns that mean most nearly the same or share most of its words, most of all first. */
    List<Integer> turns(String statement) {
        Set<String> content = content(Stems.of(statement));
        Vector meaning = embedder.embed(List.of(statement)).getFirst();
        Vocabulary vocabulary = Vocabulary.get();
        double total = content.stream().mapToDouble(vocabulary::weight).sum();
        record Near(int turn, double nearness) {}
        var near = new ArrayList<Near>();
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            double shared = share(
                    content.stream()
                            .filter(passage::has)
                            .mapToDouble(vocabulary::weight)
                            .sum(),
                    total);
            Integer turn = passage.turn();
            if (turn != null && shared > 0) {
                near.add(new Near(turn, shared + meanings.get().get(i).cosine(meaning)));
            }
        }
        return near.stream()
                .sorted(Comparator.comparingDouble(Near::nearness).reversed())
                .limit(MOST_TURNS_NAMED)
                .map(Near::turn)
                .toList();
    }

    private double bestWindow(Set<String> content, Vocabulary vocabulary) {
        double best = 0;
        for (int i = 0; i < passages.size(); i++) {
            List<Passage> window = passages.subList(i, Math.min(passages.size(), i + WINDOW));
            double shared = content.stream()
                    .filter(stem -> window.stream().anyMatch(passage -> passage.has(stem)))
                    .mapToDouble(vocabulary::weight)
                    .sum();
            best = Math.max(best, shared);
        }
        return best;
    }

    /** Weight of the words that the talk has, but never so: affirmed here and only denied there, or the other way round. */
    private static double turnedRound(
            Set<String> content, Passage.Said own, List<Passage> passages, Vocabulary vocabulary) {
        return content.stream()
                .filter(stem -> passages.stream().anyMatch(passage -> passage.has(stem)))
                .filter(stem -> passages.stream()
                        .noneMatch(passage -> own.denied().contains(stem)
                                ? passage.denied().contains(stem)
                                : passage.affirmed().contains(stem)))
                .mapToDouble(vocabulary::weight)
                .sum();
    }

    /** How far the words that nobody said are from any turn in meaning. */
    private double unlikeWords(List<Token> tokens, List<String> unsaid) {
        return tokens.stream()
                .filter(token -> unsaid.contains(Stems.of1(token.lower())))
                .limit(MOST_WORDS_EMBEDDED)
                .mapToDouble(token ->
                        1 - likest(embedder.embed(List.of(token.lower())).getFirst()))
                .max()
                .orElse(0);
    }

    private double likest(Vector meaning) {
        return meanings.get().stream().mapToDouble(meaning::cosine).max().orElse(0);
    }

    private int best(Vector meaning) {
        int best = 0;
        for (int i = 1; i < meanings.get().size(); i++) {
            if (meanings.get().get(i).cosine(meaning) > meanings.get().get(best).cosine(meaning)) {
                best = i;
            }
        }
        return best;
    }

    private static List<String> clauses(String statement) {
        return JOINTS.splitAsStream(statement)
                .map(String::strip)
                .filter(clause -> content(Stems.of(clause)).size() >= LEAST_WORDS_OF_CLAUSE)
                .toList();
    }

    private static Set<String> content(Set<String> stems) {
        var content = new HashSet<>(stems);
        content.removeAll(TELLING);
        return content;
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
