package org.afterword.drafting;

import java.util.List;
import java.util.Map;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.RankingModel;
import org.jspecify.annotations.Nullable;

/**
 * What people confirmed so far, to draft new contacts by. A tenant without history has {@link #NONE}.
 *
 * @param dispositions learned from confirmed contacts; null = there were too few
 * @param codes        reasons and tags, likewise
 * @param taggers      of fields, likewise: form code → tagger; forms with too few are not there
 * @param examples     the contacts confirmed last, in no particular order
 */
public record ConfirmedExamples(
        @Nullable Learned dispositions,
        @Nullable Learned codes,
        Map<String, FieldTagger> taggers,
        List<Example> examples) {
    public static final ConfirmedExamples NONE = new ConfirmedExamples(List.of());

    /**
     * One confirmed contact.
     *
     * @param fingerprint what {@link DraftingEngine#fingerprint} gave for it
     * @param tags        null = nobody knows
     */
    public record Example(
            Vector fingerprint,
            @Nullable String disposition,
            List<String> reasons,
            @Nullable List<String> tags) {
        public Example {
            reasons = List.copyOf(reasons);
            tags = tags == null ? null : List.copyOf(tags);
        }
    }

    /**
     * What was learned of some codes.
     *
     * @param unseen those of the examples that the model has not seen: they correct it
     */
    public record Learned(RankingModel model, List<Example> unseen) {
        public Learned {
            unseen = List.copyOf(unseen);
        }
    }

    public ConfirmedExamples {
        taggers = Map.copyOf(taggers);
        examples = List.copyOf(examples);
    }

    /** Too few for a model. */
    public ConfirmedExamples(List<Example> examples) {
        this(null, null, Map.of(), examples);
    }
}
