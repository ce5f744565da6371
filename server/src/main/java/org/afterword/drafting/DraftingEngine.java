package org.afterword.drafting;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.internal.Drafter;
import org.afterword.drafting.internal.MiniLmEmbedder;
import org.afterword.drafting.internal.learning.TaggedLine;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was said and done into a draft, with no network. Safe for use by many threads; the same input always gives the
 * same draft, so a draft that grows turn by turn ends as the one made at once.
 */
public final class DraftingEngine {
    /** What kind of writer this is, as drafts name it. */
    public static final String SOURCE = "builtIn";

    private final Embedder embedder;
    private final Drafter drafter;

    public DraftingEngine(Embedder embedder) {
        this.embedder = embedder;
        this.drafter = new Drafter(embedder);
    }

    /** The engine on its own small model, which is loaded at the first draft. */
    public static DraftingEngine inProcess() {
        return new DraftingEngine(new MiniLmEmbedder());
    }

    /** The draft of one contact, ranked by {@code confirmed} where that says something, else by the catalog's words. */
    public Draft draft(DraftInput input, ConfirmedExamples confirmed) {
        return drafter.draft(input, confirmed, SOURCE);
    }

    /** What texts about the contact have to pass. */
    public StatementCheck check(DraftInput input) {
        return new StatementCheck(input, embedder);
    }

    /** Where the contact lies in meaning space: what a {@link ConfirmedExamples.Example} is kept with. */
    public Vector fingerprint(DraftInput input) {
        return drafter.fingerprint(input);
    }

    /**
     * What a confirmed record teaches.
     *
     * @param disposition null = it has none
     * @param reasons     null = nobody answers for reasons and tags, so that none there is no sign that the contact has none
     */
    public Lessons lessons(
            String id,
            DraftInput input,
            @Nullable String disposition,
            @Nullable Collection<String> reasons,
            Collection<String> tags) {
        return drafter.lessons(id, input, disposition, reasons, tags);
    }

    /**
     * What a confirmed record teaches of where the values of its form are said.
     *
     * @param record field → its values, or the forms of its value
     * @return form code → lines of the customer's; empty if the contact has no form, or several
     */
    public Map<String, List<TaggedLine>> fieldLesson(
            DraftInput input, List<String> reasons, @Nullable String disposition, Map<String, List<String>> record) {
        return drafter.fieldLesson(input, reasons, disposition, record);
    }
}
