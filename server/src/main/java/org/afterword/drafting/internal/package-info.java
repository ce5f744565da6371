/** How drafts are made; the front door is {@code org.afterword.drafting}. */
@NullMarked
package org.afterword.drafting.internal;

import org.jspecify.annotations.NullMarked;
