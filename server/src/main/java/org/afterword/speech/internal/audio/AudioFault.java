package org.afterword.speech.internal.audio;

import java.io.IOException;

/** A file that cannot be heard: damaged, or of a form that is not read. The message says which, for the person who looks after it. */
public final class AudioFault extends IOException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final boolean mayGrow;

    AudioFault(String message) {
        this(message, false);
    }

    private AudioFault(String message, boolean mayGrow) {
        super(message);
        this.reason = message;
        this.mayGrow = mayGrow;
    }

    AudioFault(String message, Throwable cause) {
        super(message, cause);
        this.reason = message;
        this.mayGrow = false;
    }

    /** There is less than there should be. */
    static AudioFault cutOff(String message) {
        return new AudioFault(message, true);
    }

    /** The message. */
    public String reason() {
        return reason;
    }

    /** Whether the file may only not be written to its end yet. */
    public boolean mayGrow() {
        return mayGrow;
    }
}
