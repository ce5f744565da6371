package org.afterword.catalog;

import org.jspecify.annotations.Nullable;

/** A label that combines freely with others on a record. */
public record Tag(String code, String label, @Nullable String description) implements CatalogItem {
    public Tag {
        CatalogItem.check("tags", code, label);
    }
}
