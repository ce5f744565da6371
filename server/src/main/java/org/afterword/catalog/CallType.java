package org.afterword.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a contact is about, as policies and reports see it.
 *
 * @param code        stable, never shown alone
 * @param label       what people read; may be renamed
 * @param description plain words; what drafts go by while there is no history
 * @param form        code of the {@link Form} whose fields such a contact asks for; null = none
 * @param checklist   code of the {@link Checklist}; null = the tenant's first one
 */
public record CallType(
        String code,
        String label,
        @Nullable String description,
        Complexity complexity,
        @Nullable String form,
        @Nullable String checklist)
        implements CatalogItem {
    public CallType {
        CatalogItem.check("callTypes", code, label);
        complexity = complexity == null ? Complexity.MEDIUM : complexity;
    }
}
