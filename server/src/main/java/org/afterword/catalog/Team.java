package org.afterword.catalog;

import org.jspecify.annotations.Nullable;

/** A group of agents under one supervisor. */
public record Team(String code, String label, @Nullable String site) implements CatalogItem {
    public Team {
        CatalogItem.check("teams", code, label);
    }
}
