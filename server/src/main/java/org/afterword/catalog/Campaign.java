package org.afterword.catalog;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A dated program (sales, survey, recall); {@code until} is the first day after it. */
public record Campaign(
        String code,
        String label,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable String form,
        @Nullable String checklist)
        implements CatalogItem {
    public Campaign {
        CatalogItem.check("campaigns", code, label);
    }
}
