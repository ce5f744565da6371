/**
 * Where somebody speaks in a recording. {@link org.afterword.speech.internal.voice.Stretches} goes through it, and cuts it where nobody
 * does; {@link org.afterword.speech.internal.voice.Voices} makes of a stretch what each speaker says at a time.
 */
@NullMarked
package org.afterword.speech.internal.voice;

import org.jspecify.annotations.NullMarked;
