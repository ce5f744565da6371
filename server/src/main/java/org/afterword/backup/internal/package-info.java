/** How backups are written, checked and loaded. */
@NullMarked
package org.afterword.backup.internal;

import org.jspecify.annotations.NullMarked;
