/**
 * Transcript to draft: what was said and done becomes the record as the machine proposes it, each statement with its evidence.
 *
 * <p>Start at {@link DraftingEngine}, which turns a {@link DraftInput} into a {@link Draft}; {@link DraftCheck} is what any
 * text has to pass, whoever wrote it. Announces nothing and owns no tables. Uses {@code catalog} as its vocabulary. A pure
 * layer: no clock, no database, no network, and the same input always gives the same draft.
 */
@NullMarked
package org.afterword.drafting;

import org.jspecify.annotations.NullMarked;
