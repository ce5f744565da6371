package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Vector;
import org.afterword.drafting.internal.CatalogIndex.TagWords;
import org.afterword.drafting.internal.language.Stems;

/** Tags whose name was said, or whose description a customer's sentence is very near to. */
final class Tags {
    private static final double NEAR = 0.6;

    private Tags() {}

    static List<Claim<String>> of(Situation situation) {
        var claims = new ArrayList<Claim<String>>();
        for (TagWords tag : situation.index().tags()) {
            named(situation, tag).or(() -> described(situation, tag)).ifPresent(claims::add);
        }
        return List.copyOf(claims);
    }

    private static Optional<Claim<String>> named(Situation situation, TagWords tag) {
        return situation.talk().lines().stream()
                .filter(line ->
                        !tag.stems().isEmpty() && Stems.of(line.tokens()).containsAll(tag.stems()))
                .findFirst()
                .map(line -> claim(tag, 0.75, line));
    }

    private static Optional<Claim<String>> described(Situation situation, TagWords tag) {
        Vector meaning = tag.meaning();
        return situation.gist().points().stream()
                .filter(p ->
                        p.line().byCustomer() && meaning != null && p.meaning().cosine(meaning) >= NEAR)
                .findFirst()
                .map(p -> claim(tag, 0.6, p.line()));
    }

    private static Claim<String> claim(TagWords tag, double confidence, Line line) {
        return Claim.of("tags/" + tag.code(), tag.code(), confidence, List.of(line.quote()));
    }
}
