package org.afterword.wrapup;

import com.fasterxml.jackson.annotation.JsonValue;

/** Names one wrap-up; keeps its value from the beginning of the leg to the last revision. */
public record WrapUpId(@JsonValue String value) implements Comparable<WrapUpId> {
    public WrapUpId {
        if (value == null || value.isBlank() || value.length() > 100) {
            throw new IllegalArgumentException("a wrap-up id must have 1 to 100 characters");
        }
    }

    @Override
    public int compareTo(WrapUpId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
