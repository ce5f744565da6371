package org.afterword.catalog;

/** A text with placeholders that an agent inserts whole. */
public record Template(String code, String label, String text) implements CatalogItem {
    public Template {
        CatalogItem.check("templates", code, label);
    }
}
