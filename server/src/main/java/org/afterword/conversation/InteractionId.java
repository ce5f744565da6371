package org.afterword.conversation;

import com.fasterxml.jackson.annotation.JsonValue;

/** An interaction's id, kept as the switch gives it. */
public record InteractionId(@JsonValue String value) implements Comparable<InteractionId> {
    public InteractionId {
        if (value == null || value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("an interaction id must have 1 to 200 characters");
        }
    }

    @Override
    public int compareTo(InteractionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
