/** What stands behind the front door of conversation. */
@NullMarked
package org.afterword.conversation.internal;

import org.jspecify.annotations.NullMarked;
