/**
 * What is learned from confirmed records: which code a contact gets, as a model that starts from the catalog's words and bends
 * them to how this tenant decides ({@code docs/drafts.md}). Knows nothing of storage.
 */
@NullMarked
package org.afterword.drafting.internal.learning;

import org.jspecify.annotations.NullMarked;
