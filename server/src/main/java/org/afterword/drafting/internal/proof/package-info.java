/**
 * What drafts are worth: who sees them ({@link org.afterword.drafting.internal.proof.Draw}), what became of each of their parts
 * ({@link org.afterword.drafting.internal.proof.Comparison}), and how much a part may do by itself
 * ({@link org.afterword.drafting.internal.proof.GradeRules}). Decision 0035.
 */
@NullMarked
package org.afterword.drafting.internal.proof;

import org.jspecify.annotations.NullMarked;
