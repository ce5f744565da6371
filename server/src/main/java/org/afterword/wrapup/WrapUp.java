package org.afterword.wrapup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * The after-call work of one leg, without the record's content.
 *
 * @param span       the leg as the facts tell it
 * @param legUnits   units the leg takes while it is on
 * @param heldUnits  units the wrap-up keeps while it {@link WrapUpState#holds()}; 0 before its policy is fixed
 * @param policy     null while the leg is on
 * @param started    a person put something into the record
 * @param extensions how often it was extended
 * @param credits    time added to the window, with the reason
 * @param result     what the confirmed record says for the figures; null before
 * @param sequence   grows with every change that is announced
 */
public record WrapUp(
        WrapUpId id,
        LegSpan span,
        Channel channel,
        int legUnits,
        int heldUnits,
        @Nullable WrapUpPolicy policy,
        WrapUpState state,
        boolean started,
        int extensions,
        List<Credit> credits,
        @Nullable Result result,
        long sequence) {

    /** @param kind {@code extension}, {@code outage} or {@code override} */
    public record Credit(
            String kind,
            Duration length,
            Instant at,
            @Nullable String reason) {}

    /**
     * What a confirmed record says for the figures.
     *
     * @param compliance share of the checklist that is ticked, 0 to 1; null where there is no checklist
     * @param keptParts  parts confirmed as they were drafted
     * @param editedParts parts that were drafted and changed
     */
    public record Result(
            @Nullable String disposition,
            @Nullable Double compliance,
            int keptParts,
            int editedParts,
            @Nullable String draftSource) {}

    public WrapUp {
        credits = List.copyOf(credits);
        if (state.holds() && policy == null) {
            throw new IllegalArgumentException("wrap-up %s holds without a policy".formatted(id));
        }
    }

    public static WrapUp preparing(WrapUpId id, LegSpan span, Channel channel, int legUnits) {
        return new WrapUp(
                id, span, channel, legUnits, 0, null, new WrapUpState.Preparing(), false, 0, List.of(), null, 0);
    }

    public LegKey leg() {
        return span.key();
    }

    public InteractionId interaction() {
        return span.key().interaction();
    }

    public AgentId agent() {
        return span.agent();
    }

    public WrapUpStatus status() {
        return state.status();
    }

    /** When the window opened: the end of the leg. Null while it is on. */
    public @Nullable Instant openedAt() {
        return span.endedAt();
    }

    public @Nullable Instant deadline() {
        return switch (state) {
            case WrapUpState.Open open -> open.deadline();
            case WrapUpState.Overdue overdue -> overdue.deadline();
            case WrapUpState.Completed completed -> completed.deadline();
            default -> null;
        };
    }

    /** From the end of the leg to the release of the agent; null while it is held. */
    public @Nullable Duration acwTime() {
        Instant released = state.releasedAt();
        Instant ended = span.endedAt();
        if (released == null || ended == null) {
            return null;
        }
        Duration time = Duration.between(ended, released);
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** The fixed policy; throws {@link IllegalStateException} while the leg is on. */
    public WrapUpPolicy fixedPolicy() {
        if (policy == null) {
            throw new IllegalStateException("wrap-up %s has no policy before its window opens".formatted(id));
        }
        return policy;
    }

    public WrapUp withState(WrapUpState newState) {
        return new WrapUp(
                id,
                span,
                channel,
                legUnits,
                heldUnits,
                policy,
                newState,
                started,
                extensions,
                credits,
                result,
                sequence);
    }

    public WrapUp withSpan(LegSpan newSpan, Channel newChannel, int newLegUnits) {
        return new WrapUp(
                id,
                newSpan,
                newChannel,
                newLegUnits,
                heldUnits,
                policy,
                state,
                started,
                extensions,
                credits,
                result,
                sequence);
    }

    /** Fixes the policy, and with it the units that are kept. */
    public WrapUp under(WrapUpPolicy fixed) {
        return new WrapUp(
                id,
                span,
                channel,
                legUnits,
                fixed.heldUnits(legUnits),
                fixed,
                state,
                started,
                extensions,
                credits,
                result,
                sequence);
    }

    public WrapUp markStarted() {
        return new WrapUp(
                id, span, channel, legUnits, heldUnits, policy, state, true, extensions, credits, result, sequence);
    }

    public WrapUp credited(Credit credit) {
        var all = new ArrayList<>(credits);
        all.add(credit);
        int count = credit.kind().equals("extension") ? extensions + 1 : extensions;
        return new WrapUp(id, span, channel, legUnits, heldUnits, policy, state, started, count, all, result, sequence);
    }

    public WrapUp withResult(Result confirmed) {
        return new WrapUp(
                id,
                span,
                channel,
                legUnits,
                heldUnits,
                policy,
                state,
                started,
                extensions,
                credits,
                confirmed,
                sequence);
    }

    public WrapUp withSequence(long next) {
        return new WrapUp(
                id, span, channel, legUnits, heldUnits, policy, state, started, extensions, credits, result, next);
    }
}
