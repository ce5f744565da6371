package org.afterword.speech;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What became of one recording.
 *
 * @param file           below the tenant's folder of recordings; null where the recording is at an address
 * @param url            the address; null where it is a file
 * @param reason         why it is in this state, or what went wrong the last time; null if all is well
 * @param recognizer     who recognized the words last; null before there were any
 * @param doneSeconds    how much of it has been worked through
 * @param totalSeconds   how long it is; null while that is not known
 * @param turns          that went into the transcript
 * @param unreliable     utterances that were left out, since the recognizer was not sure that they are speech
 * @param speechSeconds  in which somebody speaks; this and the next two of what has been worked through
 * @param silenceSeconds of quiet between 2 and 30 s long
 * @param holdSeconds    of quiet of 30 s and more: on hold, as far as a recording can tell
 * @param failures       in a row
 * @param nextAttemptAt  when it is tried again after a failure; null if that is not planned
 */
public record Transcription(
        String id,
        String interactionId,
        @Nullable String file,
        @Nullable String url,
        State state,
        @Nullable String reason,
        @Nullable String recognizer,
        double doneSeconds,
        @Nullable Double totalSeconds,
        int turns,
        int unreliable,
        double speechSeconds,
        double silenceSeconds,
        double holdSeconds,
        int failures,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt) {

    public enum State {
        /** Its turn will come. */
        WAITING,
        RUNNING,
        DONE,
        /** Given up, and left to a person. */
        FAILED,
        /** There is nothing to do, as its reason says. */
        SKIPPED,
        /** No recognizer was configured when it came. */
        UNCONFIGURED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a person can have it tried again. */
        public boolean isStuck() {
            return switch (this) {
                case FAILED, UNCONFIGURED -> true;
                case WAITING, RUNNING, DONE, SKIPPED -> false;
            };
        }

        /** Throws {@link IllegalArgumentException} that names the value if there is no such state. */
        public static State parse(String code) {
            return Arrays.stream(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no state '%s', only %s"
                            .formatted(
                                    code,
                                    Arrays.stream(values()).map(State::code).collect(Collectors.joining(", ")))));
        }
    }

    /**
     * Which ones to list, newest first; null does not narrow.
     *
     * @param before the last one of the page before
     * @param limit  at most this many
     */
    public record Filter(
            @Nullable State state,
            @Nullable String interactionId,
            @Nullable String before,
            int limit) {}
}
