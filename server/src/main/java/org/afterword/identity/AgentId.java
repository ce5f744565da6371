package org.afterword.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/** An agent's id, kept as the switch gives it. */
public record AgentId(@JsonValue String value) implements Comparable<AgentId> {
    public AgentId {
        if (value == null || value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("an agent id must have 1 to 200 characters");
        }
    }

    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
