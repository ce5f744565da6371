package org.afterword.catalog;

/** Makes the next catalog from the present one. */
@FunctionalInterface
public interface CatalogChange {
    Catalog from(CatalogVersion present);
}
