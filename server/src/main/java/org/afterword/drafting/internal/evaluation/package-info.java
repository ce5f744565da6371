/**
 * How good drafts are: labelled contacts, published sets brought into their form, and what drafts of them are worth
 * ({@code docs/evaluation.md}). The front door is {@code org.afterword.drafting.Evaluation}.
 */
@NullMarked
package org.afterword.drafting.internal.evaluation;

import org.jspecify.annotations.NullMarked;
