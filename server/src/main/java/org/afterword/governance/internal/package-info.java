/** What stands behind the front door of governance. */
@NullMarked
package org.afterword.governance.internal;

import org.jspecify.annotations.NullMarked;
