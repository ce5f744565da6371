/** One reader of the log for each tenant that somebody listens to, and a bounded queue for each listener. */
@NullMarked
package org.afterword.stream.internal;

import org.jspecify.annotations.NullMarked;
