package org.afterword.wrapup.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Complexity;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.ApprovedBy;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes the data of {@code wrapup.*} events: everything that readers of the log need, so that they look nowhere else. */
final class Announcer {
    private final Catalog catalog;

    /** @param catalog as it is now; read once for however many are announced together */
    Announcer(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * What the gate did stands in the event that tells of it: what a leg asked for, what holds, who was let go and why.
     *
     * @param partOf     the wrap-up that it was split off, of the same leg; null for the first one
     * @param alsoKnownAs the id under which the contact was opened by hand, where it turned out to be a switch's call
     * @param continues  the contact that this one continues: the same customer came again
     * @param units      of its agent's capacity that the leg takes while it is on
     * @param heldUnits  that the wrap-up keeps now
     * @param heldBefore that other wrap-ups kept as the leg began; of a leg that begins, else null
     * @param dueAt      when a record that is owed is due
     * @param owner      who owes it: {@code agent}, {@code colleague} or {@code backOffice}
     * @param assignee   the colleague who was given the record
     * @param release    once, in the event that lets the agent go or corrects when it was; else null
     * @param approvedBy stands only in what leaves, as {@code record} does: completed and revised
     */
    record Data(
            WrapUpId wrapUpId,
            @Nullable WrapUpId partOf,
            InteractionId interactionId,
            @Nullable InteractionId alsoKnownAs,
            @Nullable InteractionId continues,
            String legId,
            AgentId agentId,
            WrapUpStatus status,
            long sequence,
            @Nullable Instant deadline,
            @Nullable Instant dueAt,
            @Nullable String owner,
            @Nullable AgentId assignee,
            int units,
            int heldUnits,
            @Nullable Integer heldBefore,
            @Nullable Release release,
            Figures figures,
            @Nullable JsonNode record,
            @Nullable JsonNode provenance,
            @Nullable Long version,
            @Nullable Integer revision,
            @Nullable Map<String, Object> policy,
            @Nullable ApprovedBy approvedBy) {}

    /**
     * What figures are made from; times of a leg that is on, or of a window that is open, are absent.
     *
     * @param contactId the first of the contacts that continue each other; absent where it is itself
     * @param customerKey of {@link InteractionDetails.Customer}; absent where nobody knows who it is
     * @param unattended true where a policy approved the record, also after a person amended it; else absent
     */
    record Figures(
            @Nullable String team,
            @Nullable String queue,
            @Nullable String campaign,
            Channel channel,
            @Nullable Direction direction,
            @Nullable String callType,
            @Nullable Complexity complexity,
            @Nullable String disposition,
            @Nullable String mode,
            Instant legStartedAt,
            @Nullable Instant legEndedAt,
            double talkSeconds,
            double holdSeconds,
            @Nullable Instant openedAt,
            @Nullable Instant releasedAt,
            @Nullable Instant closedAt,
            @Nullable Instant deadline,
            @Nullable Double acwSeconds,
            double overrunSeconds,
            int extensionCount,
            boolean deferred,
            boolean cut,
            int keptParts,
            int editedParts,
            @Nullable String draftSource,
            @Nullable Double compliance,
            WrapUp.@Nullable NoContact noContact,
            boolean notStarted,
            double systemWaitSeconds,
            boolean firstPart,
            @Nullable InteractionId contactId,
            @Nullable String customerKey,
            @Nullable Boolean unattended) {}

    /**
     * @param begins  whether this event tells that the leg began
     * @param release what this event tells of it; null = nothing
     * @param record  what is stored of it, where it goes along; only what a person confirmed of it, or a policy approved, leaves
     */
    Data data(
            WrapUp wrapUp,
            Agent agent,
            InteractionDetails details,
            boolean begins,
            @Nullable Release release,
            @Nullable StoredRecord record,
            Instant now) {
        @Nullable RecordView leaving = record == null ? null : record.view().approved();
        WrapUpState.@Nullable Deferred owed =
                wrapUp.state() instanceof WrapUpState.Deferred deferred && !AfterCallRules.isNotStarted(wrapUp)
                        ? deferred
                        : null;
        return new Data(
                wrapUp.id(),
                wrapUp.partOf(),
                wrapUp.interaction(),
                wrapUp.interaction().equals(wrapUp.byHand()) ? null : wrapUp.byHand(),
                wrapUp.contact().continues(),
                wrapUp.leg().legId(),
                wrapUp.agent(),
                wrapUp.status(),
                wrapUp.sequence(),
                wrapUp.deadline(),
                owed == null ? null : owed.dueAt(),
                owed == null ? null : owed.owner().code(),
                wrapUp.assignee(),
                wrapUp.legUnits(),
                wrapUp.state().holds() ? wrapUp.heldUnits() : 0,
                begins ? agent.heldUnitsAt(wrapUp.span().startedAt()) : null,
                release,
                figures(wrapUp, agent, details, now),
                leaving == null ? null : leaving.record(),
                leaving == null ? null : leaving.provenance(),
                record == null ? null : record.version(),
                record == null ? null : record.revision(),
                record == null || wrapUp.policy() == null ? null : PolicyView.of(wrapUp.policy(), wrapUp.filled()),
                record == null ? null : ApprovedBy.of(wrapUp).orElse(null));
    }

    private Figures figures(WrapUp wrapUp, Agent agent, InteractionDetails details, Instant now) {
        String callType =
                PolicyChoice.shownCallType(catalog, details, wrapUp.choice().callType());
        Instant ended = wrapUp.openedAt();
        Duration acw = wrapUp.acwTime();
        WrapUp.Result result = wrapUp.result();
        Duration whole = Duration.between(wrapUp.span().startedAt(), ended == null ? now : ended);
        return new Figures(
                agent.profile().team(),
                details.queue(),
                details.campaign(),
                wrapUp.channel(),
                details.direction(),
                callType,
                wrapUp.choice().escalated()
                        ? Complexity.HIGH
                        : catalog.findCallType(callType)
                                .map(CallType::complexity)
                                .orElse(null),
                result == null ? null : result.disposition(),
                wrapUp.policy() == null ? null : wrapUp.policy().mode().name(),
                wrapUp.span().startedAt(),
                ended,
                seconds(whole.minus(wrapUp.span().held())),
                seconds(wrapUp.span().held()),
                ended,
                wrapUp.state().releasedAt(),
                closedAt(wrapUp.state()),
                wrapUp.deadline(),
                acw == null ? null : seconds(acw),
                overrunSeconds(wrapUp),
                wrapUp.extensions(),
                wrapUp.wasDeferred(),
                wrapUp.cut(),
                result == null ? 0 : result.keptParts(),
                result == null ? 0 : result.editedParts(),
                result == null ? null : result.draftSource(),
                result == null ? null : result.compliance(),
                noContact(wrapUp),
                AfterCallRules.isNotStarted(wrapUp),
                seconds(WindowClock.systemWait(wrapUp)),
                !wrapUp.isPart(),
                wrapUp.contact().began(),
                details.customer() == null ? null : details.customer().key(),
                result == null || result.unattended() == null ? null : true);
    }

    private static WrapUp.@Nullable NoContact noContact(WrapUp wrapUp) {
        if (RejoinRules.isContinued(wrapUp)) {
            return WrapUp.NoContact.CONTINUED;
        }
        return wrapUp.result() == null ? null : wrapUp.result().noContact();
    }

    private static @Nullable Instant closedAt(WrapUpState state) {
        return switch (state) {
            case WrapUpState.Preparing p -> null;
            case WrapUpState.Open o -> null;
            case WrapUpState.Overdue o -> null;
            case WrapUpState.Deferred d -> null;
            case WrapUpState.Completed c -> c.confirmedAt();
            case WrapUpState.Expired e -> e.releasedAt();
        };
    }

    /** How long the agent was held past the deadline. */
    private static double overrunSeconds(WrapUp wrapUp) {
        Instant released = wrapUp.state().releasedAt();
        Instant deadline = wrapUp.deadline();
        return wrapUp.isPart() || released == null || deadline == null || !released.isAfter(deadline)
                ? 0
                : seconds(Duration.between(deadline, released));
    }

    private static double seconds(Duration duration) {
        return duration.isNegative() ? 0 : duration.toMillis() / 1000.0;
    }
}
