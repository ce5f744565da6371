/**
 * Tests of the packaged program from outside.
 *
 * <p>Start at {@link org.afterword.program.AfterwordProcess}, the program as it runs at its users', and
 * {@link org.afterword.e2e.Visitor}, a person at a browser.
 */
@NullMarked
package org.afterword.e2e;

import org.jspecify.annotations.NullMarked;
