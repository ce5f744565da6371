/**
 * Audio to transcript: what was recorded, or is being said, becomes turns of the contact.
 *
 * <p>Start at {@link Transcriptions} for what became of recordings, and at {@link Transcriber} for who recognizes speech. Hears of
 * recordings in the transaction that stores them, and works at them as due work; the words go in by
 * {@link org.afterword.conversation.EventIntake}, redacted like all others. Uses {@code conversation} and {@code governance}; owns the
 * table {@code transcription}. How it works: {@code docs/speech.md}.
 */
@NullMarked
package org.afterword.speech;

import org.jspecify.annotations.NullMarked;
