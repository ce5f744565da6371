package org.afterword.drafting;

import java.util.List;
import java.util.Map;
import org.afterword.drafting.internal.learning.FieldTagger;
import org.afterword.drafting.internal.learning.RankingModel;
import org.jspecify.annotations.Nullable;

/**
 * What people confirmed so far, to draft new contacts by. A tenant without history has {@link #NONE}.
 *
 * @param model    of dispositions, learned from confirmed contacts; null = from too few
 * @param taggers  of fields, likewise: form code → tagger; forms with too few are not there
 * @param examples the contacts confirmed last, in no particular order
 * @param unseen   those of them that the model did not see: all of them without one
 */
public record ConfirmedExamples(
        @Nullable RankingModel model, Map<String, FieldTagger> taggers, List<Example> examples, List<Example> unseen) {
    public static final ConfirmedExamples NONE = new ConfirmedExamples(List.of());

    /**
     * One confirmed contact.
     *
     * @param fingerprint what {@link DraftingEngine#fingerprint} gave for it
     */
    public record Example(Vector fingerprint, @Nullable String disposition, List<String> reasons) {
        public Example {
            reasons = List.copyOf(reasons);
        }
    }

    public ConfirmedExamples {
        taggers = Map.copyOf(taggers);
        examples = List.copyOf(examples);
        unseen = List.copyOf(unseen);
    }

    /** Too few for a model. */
    public ConfirmedExamples(List<Example> examples) {
        this(null, Map.of(), examples, examples);
    }
}
