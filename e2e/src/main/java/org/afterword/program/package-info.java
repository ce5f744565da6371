/**
 * The packaged program as a process of its own, for those who look at it from outside: the tests of this module, and the
 * benchmarks. Start at {@link org.afterword.program.AfterwordProcess}.
 */
@NullMarked
package org.afterword.program;

import org.jspecify.annotations.NullMarked;
