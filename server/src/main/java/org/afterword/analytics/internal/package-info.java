/** Events to facts, facts to rows, rows to JSON and CSV. */
@NullMarked
package org.afterword.analytics.internal;

import org.jspecify.annotations.NullMarked;
