/**
 * What a tenant declares about its work: queues, call types, policies, reasons, dispositions, forms, checklists.
 *
 * <p>Start at {@link Catalogs}, which answers with one immutable {@link Catalog}. Every change is a new version with a
 * stable code and a renameable label; codes are stored elsewhere, labels never. Uses {@code governance} for the trail; owns
 * the tables {@code catalog_version} and {@code catalog_item}.
 */
@NullMarked
package org.afterword.catalog;

import org.jspecify.annotations.NullMarked;
