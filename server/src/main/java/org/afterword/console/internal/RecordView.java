package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is kept of one interaction. */
public record RecordView(
        String interactionId,
        String customer,
        Icon channel,
        List<String> facts,
        Instant startedAt,
        @Nullable Instant endedAt,
        List<Leg> legs,
        PanelView.Transcript transcript) {

    /**
     * One agent's part: its wrap-up, its record and where that went.
     *
     * @param approval that a policy let it out, as a sentence; null where a person confirmed it
     */
    public record Leg(
            String wrapUpId,
            String agent,
            String phase,
            @Nullable Instant openedAt,
            @Nullable Instant completedAt,
            @Nullable String approval,
            @Nullable String acw,
            List<Part> parts,
            List<Sealed> sealed,
            List<Delivery> deliveries) {}

    /** A sensitive field whose value the reader may ask for. */
    public record Sealed(String field, String label) {}

    /** @param by who set the value last; empty for the machine */
    public record Part(
            String label,
            List<String> values,
            Mark mark,
            String by,
            @Nullable Instant at) {}

    public record Delivery(
            String target,
            DeliveriesView.State state,
            int attempts,
            @Nullable Instant at,
            @Nullable String error) {}
}
