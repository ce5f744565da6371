@NullMarked
package org.afterword.governance;

import org.jspecify.annotations.NullMarked;
