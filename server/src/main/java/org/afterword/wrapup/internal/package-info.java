/** Rules, storage and HTTP edge of wrap-ups. */
@NullMarked
package org.afterword.wrapup.internal;

import org.jspecify.annotations.NullMarked;
