package org.afterword.catalog;

/** A few letters ({@code code}) that expand to {@code text} as they are typed. */
public record Abbreviation(String code, String label, String text) implements CatalogItem {
    public Abbreviation {
        CatalogItem.check("abbreviations", code, label);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("abbreviations: '%s' needs a text".formatted(code));
        }
    }
}
