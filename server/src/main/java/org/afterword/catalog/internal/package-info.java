/** The catalog's tables, its documents in YAML and JSON, and its part of the API. */
@NullMarked
package org.afterword.catalog.internal;

import org.jspecify.annotations.NullMarked;
