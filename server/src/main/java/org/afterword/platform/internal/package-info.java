/** What stands behind the front door of the platform. */
@NullMarked
package org.afterword.platform.internal;

import org.jspecify.annotations.NullMarked;
