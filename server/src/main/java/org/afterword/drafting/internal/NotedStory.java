package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.afterword.catalog.Template;
import org.afterword.drafting.Claim;
import org.afterword.drafting.internal.Noted.Piece;
import org.afterword.drafting.internal.Templated.Filled;
import org.afterword.drafting.internal.Templated.Value;
import org.jspecify.annotations.Nullable;

/**
 * Tells a contact by the keywords that were typed about it: in the sentences of a template, or by the reason's label and what was typed. Nothing
 * is added to it: a sentence of a template in which nothing was put has no evidence, and the check leaves it out.
 */
final class NotedStory {
    private static final double AS_TYPED = 0.95;

    /** What became of the contact; what is only promised is told as what comes next. */
    private static final Set<Outcome> RESULTS = Set.of(Outcome.DONE, Outcome.FAILED, Outcome.TOLD, Outcome.PASSED_ON);

    private final Noted noted;
    private final Story story;
    private final @Nullable Vote reason;
    private final Situation situation;
    private final Map<String, Claim<String>> fields;
    private final @Nullable Template template;

    /**
     * @param situation in which the pieces are turns
     * @param fields    filled from it
     */
    NotedStory(
            Noted noted,
            Situation situation,
            List<Vote> reasons,
            Map<String, Claim<String>> fields,
            @Nullable Template template) {
        this.noted = noted;
        this.story = new Story(situation, reasons, List.of());
        this.reason = reasons.isEmpty() ? null : reasons.getFirst();
        this.situation = situation;
        this.fields = fields;
        this.template = template;
    }

    /** What is known of the matter: the reason, else the first thing that was typed. */
    List<Claim<String>> issue() {
        Optional<Claim<String>> byReason = reason == null ? Optional.empty() : Optional.of(story.byLabel(reason));
        return byReason.or(() -> noted.pieces().stream()
                        .filter(piece -> Noted.outcome(piece).isEmpty())
                        .findFirst()
                        .map(piece -> asTyped("issue/", piece)))
                .map(List::of)
                .orElseGet(() -> List.of(Claim.notHeard("issue/heard")));
    }

    /** What was done in other systems, then what was typed of it. */
    List<Claim<String>> resolution() {
        return Stream.concat(
                        story.resolution().stream(),
                        noted.pieces().stream()
                                .filter(piece -> Noted.outcome(piece)
                                        .filter(RESULTS::contains)
                                        .isPresent())
                                .map(piece -> asTyped("resolutionText/", piece)))
                .toList();
    }

    /** As much as fits into as many words as any summary has. */
    List<Claim<String>> summary() {
        var told = new ArrayList<Claim<String>>();
        List<Filled> sentences = template == null ? List.of() : new Templated(template).sentences(this::value);
        sentences.stream().map(Filled::claim).forEach(told::add);
        if (sentences.isEmpty() && reason != null) {
            told.add(Story.named("summary/issue", story.byLabel(reason)));
        }
        story.resolution().stream()
                .map(claim -> Story.named(claim.id().replaceFirst("resolutionText/", "summary/"), claim))
                .forEach(told::add);
        if (sentences.stream().noneMatch(one -> one.placeholders().contains(Template.KEYWORDS))) {
            noted.pieces().forEach(piece -> told.add(asTyped("summary/", piece)));
        }
        var kept = new ArrayList<Claim<String>>();
        int words = 0;
        for (Claim<String> claim : told) {
            int count = Phrases.count(String.valueOf(claim.value()));
            if (words + count <= Story.SUMMARY_WORDS) {
                kept.add(claim);
                words += count;
            }
        }
        return kept;
    }

    private Claim<String> asTyped(String prefix, Piece piece) {
        return Claim.of(
                prefix + "noted." + noted.pieces().indexOf(piece),
                Phrases.sentence(piece.text()),
                AS_TYPED,
                List.of(piece.evidence()));
    }

    private Optional<Value> value(String name, int room) {
        return switch (name) {
            case Template.KEYWORDS -> keywords(room);
            case Template.REASON -> Value.of(reason, situation);
            default -> Value.of(fields.get(name));
        };
    }

    /** As many of the pieces as fit, in order. */
    private Optional<Value> keywords(int room) {
        var kept = new ArrayList<Piece>();
        int words = 0;
        for (Piece piece : noted.pieces()) {
            words += Phrases.count(piece.text());
            if (words > room) {
                break;
            }
            kept.add(piece);
        }
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(new Value(
                        String.join(", ", kept.stream().map(Piece::text).toList()),
                        AS_TYPED,
                        kept.stream().map(Piece::evidence).toList()));
    }
}
