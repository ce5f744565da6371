package org.afterword.drafting.internal;

import java.util.List;
import java.util.Optional;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.CatalogIndex.TagWords;
import org.afterword.drafting.internal.language.Stems;
import org.afterword.drafting.internal.learning.RankingModel;

/** What the catalog's words say of tags: whose name was said, or whose description a customer's sentence is very near to. */
final class Tags {
    private static final double NEAR = 0.6;
    private static final double NAMED = 0.75;
    private static final double DESCRIBED = 0.6;

    private Tags() {}

    /**
     * A vote for each tag of the catalog.
     *
     * @param opening what likeness to other contacts rests on
     */
    static List<Vote> votes(Situation situation, List<Evidence> opening) {
        return situation.index().tags().stream()
                .map(tag -> named(situation, tag)
                        .or(() -> described(situation, tag))
                        .orElseGet(() -> new Vote(tag.code(), 0, 0, opening)))
                .toList();
    }

    /** Those that are more likely than not. */
    static List<Claim<String>> chosen(Ranking ranking) {
        return ranking.tags().stream()
                .filter(v -> v.confidence() >= RankingModel.LIKELY)
                .map(v -> Claim.of(Ranking.TAG + v.code(), v.code(), v.confidence(), v.evidence()))
                .toList();
    }

    private static Optional<Vote> named(Situation situation, TagWords tag) {
        return situation.talk().lines().stream()
                .filter(line ->
                        !tag.stems().isEmpty() && Stems.of(line.tokens()).containsAll(tag.stems()))
                .findFirst()
                .map(line -> new Vote(tag.code(), NAMED, 0, List.of(line.quote())));
    }

    private static Optional<Vote> described(Situation situation, TagWords tag) {
        Vector meaning = tag.meaning();
        return situation.gist().points().stream()
                .filter(p ->
                        p.line().byCustomer() && meaning != null && p.meaning().cosine(meaning) >= NEAR)
                .findFirst()
                .map(p -> new Vote(tag.code(), DESCRIBED, 0, List.of(p.line().quote())));
    }
}
