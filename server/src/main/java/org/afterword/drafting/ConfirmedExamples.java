package org.afterword.drafting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Contacts whose records people confirmed, to rank new ones by. A tenant without history has {@link #NONE}.
 *
 * @param examples in no particular order
 */
public record ConfirmedExamples(List<Example> examples) {
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
        examples = List.copyOf(examples);
    }
}
