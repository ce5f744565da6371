/**
 * The command line: {@code serve}, {@code demo} and what else {@code ./afterword --help} lists.
 *
 * <p>Start at {@link Cli}. Uses {@code platform} and, for what a command does, the front doors of the modules; nobody uses it.
 */
@NullMarked
package org.afterword.cli;

import org.jspecify.annotations.NullMarked;
