/**
 * Transcript to draft: what was said and done becomes the record as the machine proposes it, each statement with its evidence.
 *
 * <p>Start at {@link DraftingEngine}, which turns a {@link DraftInput} into a {@link Draft}; {@link DraftCheck} is what any
 * text has to pass, whoever wrote it. Both are pure: no clock, no database, no network, and the same input always gives the
 * same draft. Due work around them reads contacts and keeps drafts ({@link Drafts}). Announces that a draft changed; uses
 * {@code wrapup}, {@code conversation} and {@code catalog}; owns the tables {@code draft}, {@code confirmed_example},
 * {@code learned_model}, {@code model_draft}, {@code language_model}, {@code language_model_use}, {@code draft_rollout},
 * {@code draft_outcome}, {@code draft_agreement}, {@code draft_unattended}, {@code disposition_confusion} and {@code draft_grade}. How it works and how good
 * it is: {@code docs/drafts.md}; how that is measured: {@link Evaluation}; what it is worth to people: {@link DraftProof}.
 */
@NullMarked
package org.afterword.drafting;

import org.jspecify.annotations.NullMarked;
