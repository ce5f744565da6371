package org.afterword.catalog;

import java.util.List;

/**
 * A text with placeholders: what a record says where nobody was heard and an agent typed keywords.
 *
 * <p>{@code {keywords}} stands for what was typed, written out, {@code {reason}} for the label of the reason, {@code {NAME}} for the value of
 * the form's field of that name. A sentence with a placeholder that has no value is left out.
 *
 * @param callTypes    codes of the call types that it is for; one that names neither these nor {@code dispositions} is for nothing by itself
 * @param dispositions codes of the dispositions that it is for, which go before call types
 */
public record Template(String code, String label, String text, List<String> callTypes, List<String> dispositions)
        implements CatalogItem {
    public Template {
        CatalogItem.check("templates", code, label);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("templates: '%s' needs a text".formatted(code));
        }
        callTypes = callTypes == null ? List.of() : List.copyOf(callTypes);
        dispositions = dispositions == null ? List.of() : List.copyOf(dispositions);
    }
}
