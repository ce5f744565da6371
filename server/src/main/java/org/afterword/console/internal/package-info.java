/** Page controllers, the view records that the templates are compiled against, and the glue between both. */
@NullMarked
package org.afterword.console.internal;

import org.jspecify.annotations.NullMarked;
