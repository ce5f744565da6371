package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one code that says how a leg ended. Dispositions form a tree; an agent picks a leaf.
 *
 * @param parent    code of the branch above; null = a root
 * @param callTypes codes of the call types it is offered for; empty = all
 */
public record Disposition(
        String code,
        String label,
        @Nullable String description,
        @Nullable String parent,
        List<String> callTypes) implements CatalogItem {
    public Disposition {
        CatalogItem.check("dispositions", code, label);
        callTypes = callTypes == null ? List.of() : List.copyOf(callTypes);
    }
}
