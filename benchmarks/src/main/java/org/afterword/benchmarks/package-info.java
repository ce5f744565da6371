/**
 * How fast and how large the packaged program is, measured from outside over its public API. Start at {@link
 * org.afterword.benchmarks.Benchmarks}; docs/benchmarks.md says what the figures mean.
 */
@NullMarked
package org.afterword.benchmarks;

import org.jspecify.annotations.NullMarked;
