package org.afterword.analytics.internal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What one {@code agent.state-changed} event says: since when an agent has been in a state. */
record StateChange(
        String agentId,
        @Nullable String team,
        String state,
        @Nullable String reason,
        Instant since) {
    StateChange {
        requireNonNull(agentId, "agentId");
        requireNonNull(state, "state");
        requireNonNull(since, "since");
    }

    /** Throws {@link JacksonException} if the event lacks what every one of its kind has. */
    static StateChange of(DomainEvent event) {
        return Json.mapper().treeToValue(event.data(), StateChange.class);
    }

    /**
     * What holds after an agent's changes were announced in this order. Each says how it has been since its time, whatever
     * was said before about that time; nothing is said about the time before the first.
     */
    static List<StateInterval> settle(List<StateChange> announced) {
        var settled = new ArrayList<StateChange>();
        for (StateChange change : announced) {
            settled.removeIf(earlier -> !earlier.since.isBefore(change.since));
            settled.add(change);
        }
        var intervals = new ArrayList<StateInterval>();
        for (int i = 0; i < settled.size(); i++) {
            intervals.add(settled.get(i).until(i + 1 < settled.size() ? settled.get(i + 1).since : null));
        }
        return intervals;
    }

    private StateInterval until(@Nullable Instant end) {
        return new StateInterval(agentId, team, state, reason, since, end);
    }
}
