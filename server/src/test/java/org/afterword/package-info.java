/** The whole program under test: {@link org.afterword.ApiServer} starts it, the rest talks to it as its users do. */
@NullMarked
package org.afterword;

import org.jspecify.annotations.NullMarked;
