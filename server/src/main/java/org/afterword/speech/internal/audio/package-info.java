/** Sound out of files: {@link org.afterword.speech.internal.audio.Audio} reads them piece by piece, as the recognizers want it. */
@NullMarked
package org.afterword.speech.internal.audio;

import org.jspecify.annotations.NullMarked;
