package org.afterword.catalog;

/** Why an agent is not ready. {@code paid} = the time counts as work time. */
public record NotReadyReason(String code, String label, boolean paid) implements CatalogItem {
    public NotReadyReason {
        CatalogItem.check("not-ready-reasons", code, label);
    }
}
