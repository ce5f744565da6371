package org.afterword.demo.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One recorded conversation as the demo replays it. What it was really about is kept apart, in {@link Truth}.
 *
 * @param seconds   how long the talk lasts, from connect to hang-up
 * @param recording name of the two-channel file (0 agent, 1 customer) that goes with it; null = words only
 */
public record Conversation(
        String id,
        String queue,
        Customer customer,
        List<Turn> turns,
        List<DesktopAction> actions,
        double seconds,
        @Nullable String recording) {
    public Conversation {
        turns = List.copyOf(turns);
        actions = List.copyOf(actions);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("conversation '%s' has no turns".formatted(id));
        }
    }

    public record Customer(String id, String name, String phone) {}

    /** What one side said; seconds count from the connect, and two sides may overlap. */
    public record Turn(Speaker speaker, String text, double startSeconds, double endSeconds) {}

    /** What the agent did in another system at {@code atSeconds}. */
    public record DesktopAction(String name, Map<String, String> parameters, double atSeconds) {}

    public enum Speaker {
        @JsonProperty("customer")
        CUSTOMER,
        @JsonProperty("agent")
        AGENT
    }
}
