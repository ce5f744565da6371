/** Throws generated rubbish at the whole program over HTTP. Start at {@link org.afterword.fuzz.FuzzTest}. */
@org.jspecify.annotations.NullMarked
package org.afterword.fuzz;
