/**
 * A language model that writes the prose of drafts, where a tenant has set one up: off unless an administrator says otherwise.
 *
 * <p>Start at {@link ProseWork}. {@link Writer} asks within deadline and budgets; {@link Dialect} knows how each kind of endpoint is
 * spoken to; {@link OutgoingContact} is all that leaves; {@link Judgment} lets through what stands. The draft of the built-in engine
 * is always there first, and stays wherever the model has nothing that is better founded.
 */
@NullMarked
package org.afterword.drafting.internal.prose;

import org.jspecify.annotations.NullMarked;
