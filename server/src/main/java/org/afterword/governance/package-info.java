/**
 * What may be kept, and the proof of what was done.
 *
 * <p>Start at {@link Redactor}, which everything from outside passes before it is stored.
 */
@NullMarked
package org.afterword.governance;

import org.jspecify.annotations.NullMarked;
