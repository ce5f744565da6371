package org.afterword.drafting.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Template;
import org.afterword.drafting.Claim;
import org.afterword.drafting.Evidence;
import org.afterword.drafting.internal.language.Sentence;
import org.jspecify.annotations.Nullable;

/** The sentences of a template that everything is known for, each with the evidence of what its placeholders stand for. */
final class Templated {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
    private static final double CONFIDENCE = 0.95;

    private final Template template;

    Templated(Template template) {
        this.template = template;
    }

    /** What a placeholder stands for. */
    record Value(String text, double confidence, List<? extends Evidence> evidence) {
        /** A claim within a sentence: without its full stop. */
        static Optional<Value> of(@Nullable Claim<String> claim) {
            return Optional.ofNullable(claim)
                    .filter(known -> known.value() != null && !known.evidence().isEmpty())
                    .map(known -> new Value(
                            String.valueOf(known.value()).replaceFirst("[.]$", ""),
                            known.confidence(),
                            known.evidence()));
        }

        /** The label of a reason. */
        static Optional<Value> of(@Nullable Vote reason, Situation situation) {
            return Optional.ofNullable(reason)
                    .flatMap(vote -> situation
                            .input()
                            .catalog()
                            .findReason(vote.code())
                            .map(Reason::label)
                            .map(label -> new Value(label, vote.confidence(), vote.evidence())));
        }
    }

    /** A value that may need room. */
    interface Values {
        /** @param room how many words it may take at most */
        Optional<Value> of(String placeholder, int room);
    }

    /** @param placeholders that stand in it */
    record Filled(Claim<String> claim, Set<String> placeholders) {}

    List<Filled> sentences(Values values) {
        var sentences = new ArrayList<Filled>();
        List<Sentence> all = Sentence.allIn(template.text());
        for (int i = 0; i < all.size(); i++) {
            filled("summary/template." + i, all.get(i).text(), values).ifPresent(sentences::add);
        }
        return sentences;
    }

    private static Optional<Filled> filled(String id, String sentence, Values values) {
        var text = new StringBuilder();
        var evidence = new LinkedHashSet<Evidence>();
        double confidence = CONFIDENCE;
        int room = Story.SUMMARY_WORDS
                - Phrases.count(PLACEHOLDER.matcher(sentence).replaceAll(""));
        Matcher placeholder = PLACEHOLDER.matcher(sentence);
        while (placeholder.find()) {
            Optional<Value> value = values.of(placeholder.group(1).strip(), room);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            placeholder.appendReplacement(
                    text, Matcher.quoteReplacement(value.get().text()));
            evidence.addAll(value.get().evidence());
            confidence = Math.min(confidence, value.get().confidence());
        }
        placeholder.appendTail(text);
        String told = Phrases.sentence(text.toString());
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Filled(Claim.of(id, told, confidence, List.copyOf(evidence)), placeholders(sentence)));
    }

    private static Set<String> placeholders(String sentence) {
        return PLACEHOLDER
                .matcher(sentence)
                .results()
                .map(found -> found.group(1).strip())
                .collect(Collectors.toSet());
    }

    /**
     * The summary of a contact that was heard; empty = the template knows nothing of it.
     *
     * @param story  its summary without a template
     * @param fields of the form
     */
    static List<Claim<String>> summary(
            Template template,
            Situation situation,
            @Nullable Vote reason,
            List<Claim<String>> story,
            Map<String, Claim<String>> fields) {
        var kept = new ArrayList<Claim<String>>();
        int words = 0;
        for (Filled sentence : new Templated(template).sentences((name, room) -> switch (name) {
            case Template.REASON -> Value.of(reason, situation);
            case Template.ISSUE, Template.OUTCOME, Template.NEXT -> Value.of(told("summary/" + name, story));
            default -> Value.of(fields.get(name));
        })) {
            int count = Phrases.count(String.valueOf(sentence.claim().value()));
            if (!sentence.placeholders().isEmpty() && words + count <= Story.SUMMARY_WORDS) {
                kept.add(sentence.claim());
                words += count;
            }
        }
        return kept;
    }

    private static @Nullable Claim<String> told(String id, List<Claim<String>> story) {
        return story.stream().filter(claim -> claim.id().equals(id)).findFirst().orElse(null);
    }
}
