@NullMarked
package org.afterword.conversation.internal;

import org.jspecify.annotations.NullMarked;
