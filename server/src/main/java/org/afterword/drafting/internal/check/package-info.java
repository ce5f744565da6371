/**
 * Whether a statement is so: what it says exactly ({@link org.afterword.drafting.internal.check.Facts}), what it says at all
 * ({@link org.afterword.drafting.internal.check.Support}), and whether it judges somebody
 * ({@link org.afterword.drafting.internal.check.Judgments}). The front doors are {@code DraftCheck} and {@code StatementCheck}.
 */
@NullMarked
package org.afterword.drafting.internal.check;

import org.jspecify.annotations.NullMarked;
