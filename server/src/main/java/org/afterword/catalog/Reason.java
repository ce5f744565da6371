package org.afterword.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Why a customer makes contact; one contact may have several.
 *
 * @param callType code of the {@link CallType} this reason belongs to; null = any
 */
public record Reason(
        String code,
        String label,
        @Nullable String description,
        @Nullable String callType) implements CatalogItem {
    public Reason {
        CatalogItem.check("reasons", code, label);
    }
}
