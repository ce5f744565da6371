package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to ask and say during a call of one type, step by step. */
public record Guide(String code, String label, @Nullable String callType, List<String> steps) implements CatalogItem {
    public Guide {
        CatalogItem.check("guides", code, label);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }
}
