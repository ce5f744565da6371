/** The parts of the benchmarks that need no server. */
@NullMarked
package org.afterword.benchmarks;

import org.jspecify.annotations.NullMarked;
