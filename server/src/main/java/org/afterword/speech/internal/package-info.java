/** The work at recordings and its API; recognizers; settings. */
@NullMarked
package org.afterword.speech.internal;

import org.jspecify.annotations.NullMarked;
