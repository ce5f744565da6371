package org.afterword.catalog;

/**
 * A tenant's catalog as it stood from one change to the next.
 *
 * @param number grows by one with each change; 0 = nothing was ever declared
 */
public record CatalogVersion(int number, Catalog catalog) {}
