package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Template;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.Noted.Piece;
import org.afterword.drafting.internal.language.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Tells a contact by the keywords that were typed about it: in the sentences of a template, or by the reason's label and what was typed. Nothing
 * is added to it: a sentence of a template in which nothing was put has no evidence, and the check leaves it out.
 */
final class NotedStory {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
    private static final String KEYWORDS = "keywords";
    private static final String REASON = "reason";

    private static final double AS_TYPED = 0.95;

    /** What became of the contact; what is only promised is told as what comes next. */
    private static final Set<Outcome> RESULTS = Set.of(Outcome.DONE, Outcome.FAILED, Outcome.TOLD, Outcome.PASSED_ON);

    private final Noted noted;
    private final Story story;
    private final @Nullable Vote reason;
    private final @Nullable String reasonLabel;
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
        this.reasonLabel = reason == null
                ? null
                : situation
                        .input()
                        .catalog()
                        .findReason(reason.code())
                        .map(Reason::label)
                        .orElse(null);
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
        List<Filled> sentences = template == null ? List.of() : filled(template);
        sentences.stream().map(Filled::claim).forEach(told::add);
        if (sentences.isEmpty() && reason != null) {
            told.add(Story.named("summary/issue", story.byLabel(reason)));
        }
        story.resolution().stream()
                .map(claim -> Story.named(claim.id().replaceFirst("resolutionText/", "summary/"), claim))
                .forEach(told::add);
        if (sentences.stream().noneMatch(Filled::hasKeywords)) {
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

    /** A sentence of a template with what its placeholders stand for. */
    private record Filled(Claim<String> claim, boolean hasKeywords) {}

    private record Value(String text, double confidence, List<? extends Evidence> evidence) {}

    /** Those sentences that everything is known for. */
    private List<Filled> filled(Template whole) {
        var sentences = new ArrayList<Filled>();
        List<Sentence> all = Sentence.allIn(whole.text());
        for (int i = 0; i < all.size(); i++) {
            filled("summary/template." + i, all.get(i).text()).ifPresent(sentences::add);
        }
        return sentences;
    }

    private Optional<Filled> filled(String id, String sentence) {
        var text = new StringBuilder();
        var evidence = new LinkedHashSet<Evidence>();
        double confidence = AS_TYPED;
        boolean hasKeywords = false;
        int room = Story.SUMMARY_WORDS
                - Phrases.count(PLACEHOLDER.matcher(sentence).replaceAll(""));
        Matcher placeholder = PLACEHOLDER.matcher(sentence);
        while (placeholder.find()) {
            String name = placeholder.group(1).strip();
            Optional<Value> value = value(name, room);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            placeholder.appendReplacement(
                    text, Matcher.quoteReplacement(value.get().text()));
            evidence.addAll(value.get().evidence());
            confidence = Math.min(confidence, value.get().confidence());
            hasKeywords |= name.equals(KEYWORDS);
        }
        placeholder.appendTail(text);
        String told = Phrases.sentence(text.toString());
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new Filled(Claim.of(id, told, confidence, List.copyOf(evidence)), hasKeywords));
    }

    private Optional<Value> value(String name, int room) {
        return switch (name) {
            case KEYWORDS -> keywords(room);
            case REASON ->
                reason == null || reasonLabel == null
                        ? Optional.empty()
                        : Optional.of(new Value(reasonLabel, reason.confidence(), reason.evidence()));
            default ->
                Optional.ofNullable(fields.get(name))
                        .filter(claim -> claim.value() != null)
                        .map(claim -> new Value(String.valueOf(claim.value()), claim.confidence(), claim.evidence()));
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
