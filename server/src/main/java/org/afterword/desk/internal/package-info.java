/** Storage and HTTP edge of the desk. */
@NullMarked
package org.afterword.desk.internal;

import org.jspecify.annotations.NullMarked;
