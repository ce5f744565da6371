package org.afterword.desk;

import org.afterword.conversation.InteractionId;

/** Names one agent's part of an interaction. {@code legId} is unique within the interaction. */
public record LegKey(InteractionId interaction, String legId) implements Comparable<LegKey> {
    public LegKey {
        if (legId == null || legId.isBlank() || legId.length() > 300) {
            throw new IllegalArgumentException("a leg id must have 1 to 300 characters");
        }
    }

    @Override
    public int compareTo(LegKey other) {
        int order = interaction.compareTo(other.interaction);
        return order != 0 ? order : legId.compareTo(other.legId);
    }

    @Override
    public String toString() {
        return interaction + "/" + legId;
    }
}
