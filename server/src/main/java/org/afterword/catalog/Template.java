package org.afterword.catalog;

/** A text with placeholders that an agent inserts whole. */
public record Template(String code, String label, String text) implements CatalogItem {
    public Template {
        CatalogItem.check("templates", code, label);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("templates: '%s' needs a text".formatted(code));
        }
    }
}
