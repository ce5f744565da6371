package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.analytics.GateFigures;
import org.jspecify.annotations.Nullable;

/**
 * The floor as it is now.
 *
 * @param groups agents by state; within a group the longest in its state first
 * @param wall   for a screen on the wall: larger, no controls
 */
public record FloorView(Headline headline, List<Group> groups, boolean wall) {

    /**
     * The big figures.
     *
     * @param longest       the agent who is longest in after-call work; null if nobody is
     * @param gateToday     how tight the gate was, since midnight
     * @param owed          records owed by anybody
     * @param owedOverdue   those of them past their due time
     */
    public record Headline(
            List<Count> byState, @Nullable Longest longest, GateFigures gateToday, long owed, long owedOverdue) {}

    public record Count(StateSign state, long agents) {}

    public record Longest(String agentId, String name, Instant since) {}

    public record Group(StateSign state, List<Agent> agents) {}

    /** @param window of the wrap-up that ends last; null if none holds the agent */
    public record Agent(
            String id,
            String name,
            @Nullable String team,
            StateSign state,
            @Nullable String reason,
            Instant since,
            @Nullable WindowView window) {}

    /** The side sheet of one agent. */
    public record Sheet(Agent agent, int load, int capacity, List<Line> contacts, List<Line> owed) {}

    /**
     * @param interactionId where the record can be read; null while there is none
     * @param isOverdue     it should have been done by {@code at}
     */
    public record Line(
            String title,
            String detail,
            Instant at,
            @Nullable String interactionId,
            boolean isOverdue) {}
}
