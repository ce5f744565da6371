package org.afterword.speech;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Recognizes speech. May be asked by several threads; answers within a time of its own, and does not throw. */
public interface Transcriber {
    /** Samples of one channel a second in what it is given. */
    int RATE = 16_000;

    /** Which recognizer this is, as it is kept with what it recognized. */
    String name();

    Answer transcribe(Utterance utterance);

    /**
     * What one speaker says at a time, up to half a minute.
     *
     * @param samples  one channel of 16 bits at {@link #RATE}; nobody changes them
     * @param language as ISO 639-1 has it; null = the recognizer finds out
     */
    record Utterance(short[] samples, @Nullable String language) {}

    sealed interface Answer {
        /** What kind of answer it is, as figures name it. */
        String code();

        /**
         * What was said.
         *
         * @param text       empty where there are no words in it
         * @param language   as ISO 639-1 has it; null = the recognizer does not say
         * @param unreliable the recognizer itself doubts it, or repeats itself; such words are left out
         */
        record Heard(String text, @Nullable String language, boolean unreliable) implements Answer {
            @Override
            public String code() {
                return "heard";
            }
        }

        /** Not now. {@code after} is when the recognizer wants to be asked again; null = it does not say. */
        record Later(@Nullable Duration after, String reason) implements Answer {
            @Override
            public String code() {
                return "later";
            }
        }

        /** Not at all, until a person has changed something. */
        record Never(String reason) implements Answer {
            @Override
            public String code() {
                return "never";
            }
        }
    }
}
