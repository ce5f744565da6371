package org.afterword.analytics.internal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What one {@code wrapup.*} event says about its wrap-up.
 *
 * @param sequence grows with each event of the interaction
 * @param revision how often the confirmed record was amended; null = it is not confirmed
 */
record WrapUpFact(
        String wrapUpId,
        String interactionId,
        String legId,
        String agentId,
        String status,
        long sequence,
        @Nullable Integer revision,
        Figures figures) {

    /**
     * All that reports count; null is not known, or not yet.
     *
     * @param noContact  why there was nothing to record; null where there was a contact
     * @param notStarted its policy left it to the agent, who did not begin it
     * @param firstPart  false for what a person split off the leg's wrap-up
     * @param contactId  the first of the contacts that continue each other; null where it is itself
     * @param customerKey by which the same customer is known again, personal data like the record; null where nobody knows who it is
     */
    record Figures(
            @Nullable String team,
            @Nullable String queue,
            @Nullable String campaign,
            @Nullable String channel,
            @Nullable String direction,
            @Nullable String callType,
            @Nullable String complexity,
            @Nullable String disposition,
            @Nullable String mode,
            @Nullable Instant legStartedAt,
            @Nullable Instant legEndedAt,
            @Nullable Double talkSeconds,
            @Nullable Double holdSeconds,
            @Nullable Instant openedAt,
            @Nullable Instant releasedAt,
            @Nullable Instant closedAt,
            @Nullable Instant deadline,
            @Nullable Double acwSeconds,
            @Nullable Double overrunSeconds,
            int extensionCount,
            boolean deferred,
            boolean cut,
            @Nullable Double documentationSeconds,
            @Nullable Double checkingSeconds,
            int keptParts,
            int editedParts,
            @Nullable String draftSource,
            @Nullable Double compliance,
            @Nullable String noContact,
            @Nullable Boolean notStarted,
            @Nullable Double systemWaitSeconds,
            @Nullable Boolean firstPart,
            @Nullable String contactId,
            @Nullable String customerKey) {
        Figures {
            if (acwSeconds != null && acwSeconds < 0) {
                throw new IllegalArgumentException("acwSeconds (%s) is negative".formatted(acwSeconds));
            }
            if (compliance != null && !(compliance >= 0 && compliance <= 1)) {
                throw new IllegalArgumentException("compliance (%s) is not from 0 to 1".formatted(compliance));
            }
        }
    }

    WrapUpFact {
        requireNonNull(wrapUpId, "wrapUpId");
        requireNonNull(interactionId, "interactionId");
        requireNonNull(legId, "legId");
        requireNonNull(agentId, "agentId");
        requireNonNull(status, "status");
        requireNonNull(figures, "figures");
    }

    /** Throws {@link JacksonException} if the event lacks what every one of its kind has, or has what cannot be. */
    static WrapUpFact of(DomainEvent event) {
        return Json.mapper().treeToValue(event.data(), WrapUpFact.class);
    }

    /** When the leg ended, of the one wrap-up that a leg is counted by; null of others, and while it is on. */
    @Nullable
    Instant countedAt() {
        return isOfEndedLeg() && !Boolean.FALSE.equals(figures.firstPart()) ? figures.legEndedAt() : null;
    }

    /** Legs that are still on are no facts yet. */
    boolean isOfEndedLeg() {
        return figures.legStartedAt() != null && figures.legEndedAt() != null;
    }
}
