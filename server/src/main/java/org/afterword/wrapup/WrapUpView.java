package org.afterword.wrapup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Complexity;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A wrap-up as the API and the pages show it. {@code record} holds what is stored and, where nobody touched a part, what
 * the draft proposes; {@code provenance} tells them apart. {@code version} is the record's alone: the ETag.
 *
 * @param partOf     the wrap-up that it was split off, of the same leg; null for the first one
 * @param manual     a person opened the contact by hand
 * @param alsoKnownAs the id under which it was opened by hand, where it turned out to be a switch's call
 * @param continues  the contact that this one continues: the same customer came again, or a person said so
 * @param startedAt  beginning of the leg
 * @param openedAt   end of the leg; null while it is on
 * @param clockStopped the agent calls or consults somebody out of it, so the deadline does not come nearer
 * @param systemWaitSeconds how long its agent waited for our own systems
 * @param requiredParts JSON pointers to what its policy asks for, of a record that says what this one does
 * @param owner      who owes it: {@code agent}, {@code colleague} ({@code assignee}) or {@code backOffice}; null where nobody does
 * @param assignee   who was given the record of this leg; null = nobody
 * @param approvedBy who confirmed the record last, or the policy that approved it; null before
 * @param owedParts  JSON pointers to the required parts that were put off; empty = whatever is missing
 * @param draftId    changes with what the draft proposes; a completion can name the one that was seen
 * @param serverTime when this was read, for countdowns that do not trust the reader's clock
 */
public record WrapUpView(
        WrapUpId id,
        InteractionId interactionId,
        String legId,
        @Nullable WrapUpId partOf,
        AgentId agentId,
        Channel channel,
        @Nullable Direction direction,
        @Nullable String queue,
        @Nullable String campaign,
        @Nullable String callType,
        @Nullable Complexity complexity,
        InteractionDetails.@Nullable Customer customer,
        boolean manual,
        List<InteractionId> alsoKnownAs,
        @Nullable InteractionId continues,
        WrapUpStatus status,
        @Nullable Map<String, Object> policy,
        Instant startedAt,
        @Nullable Instant openedAt,
        @Nullable Instant deadline,
        boolean clockStopped,
        List<Credit> credits,
        int extensionsLeft,
        @Nullable Instant releasedAt,
        @Nullable Instant completedAt,
        @Nullable ApprovedBy approvedBy,
        @Nullable Instant reopenableUntil,
        @Nullable Instant dueAt,
        @Nullable String owner,
        @Nullable AgentId assignee,
        @Nullable String reason,
        @Nullable Double acwSeconds,
        double systemWaitSeconds,
        WrapUp.@Nullable NoContact noContact,
        List<String> requiredParts,
        List<String> owedParts,
        ObjectNode record,
        ObjectNode provenance,
        @Nullable JsonNode draft,
        @Nullable String draftId,
        long version,
        int revision,
        Instant serverTime) {

    /** Time added to the window. */
    public record Credit(
            String kind,
            double seconds,
            Instant at,
            @Nullable String reason) {}
}
