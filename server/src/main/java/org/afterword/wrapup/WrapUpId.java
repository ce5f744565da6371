package org.afterword.wrapup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/** Names one wrap-up; keeps its value from the beginning of the leg to the last revision. */
public record WrapUpId(@JsonValue String value) implements Comparable<WrapUpId> {
    private static final int LONGEST = 100;

    public WrapUpId {
        if (value == null || value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException("a wrap-up id must have 1 to %d characters".formatted(LONGEST));
        }
    }

    /** Empty for what cannot be an id, so that it is none of any wrap-up. */
    public static Optional<WrapUpId> find(String text) {
        return text.isBlank() || text.length() > LONGEST ? Optional.empty() : Optional.of(new WrapUpId(text));
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
