/** The commands, and how the program starts, stops and says why it could not. */
@NullMarked
package org.afterword.cli.internal;

import org.jspecify.annotations.NullMarked;
