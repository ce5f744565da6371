@NullMarked
package org.afterword.conversation;

import org.jspecify.annotations.NullMarked;
