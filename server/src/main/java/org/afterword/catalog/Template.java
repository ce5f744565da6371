package org.afterword.catalog;

import java.util.List;

/**
 * A text with placeholders: what a record says. One with {@code {keywords}} is for contacts in which nobody was heard and an agent typed
 * some; one without is for those that were heard.
 *
 * <p>{@code {keywords}} stands for what was typed, written out, {@code {reason}} for the label of the reason, {@code {issue}} for what the customer
 * wanted, {@code {outcome}} for what was done, {@code {next}} for what comes next, {@code {NAME}} for the value of the form's field of that
 * name. A sentence with a placeholder that has no value is left out.
 *
 * @param callTypes    codes of the call types that it is for; one that names neither these nor {@code dispositions} is for nothing by itself
 * @param dispositions codes of the dispositions that it is for, which go before call types
 */
public record Template(String code, String label, String text, List<String> callTypes, List<String> dispositions)
        implements CatalogItem {
    public static final String KEYWORDS = "keywords";
    public static final String REASON = "reason";
    public static final String ISSUE = "issue";
    public static final String OUTCOME = "outcome";
    public static final String NEXT = "next";

    public Template {
        CatalogItem.check("templates", code, label);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("templates: '%s' needs a text".formatted(code));
        }
        callTypes = callTypes == null ? List.of() : List.copyOf(callTypes);
        dispositions = dispositions == null ? List.of() : List.copyOf(dispositions);
    }

    /** Whether it is for contacts in which nobody was heard. */
    public boolean isForKeywords() {
        return text.contains("{" + KEYWORDS + "}");
    }
}
