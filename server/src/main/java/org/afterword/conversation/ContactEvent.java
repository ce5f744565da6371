package org.afterword.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * An event from outside, read and redacted: what {@code POST /api/v1/events} takes, as types. Texts in it have passed the
 * redaction rules.
 */
public sealed interface ContactEvent {

    /** How long after its own time an event may still hold, release or open something. */
    Duration LATENESS_BOUND = Duration.ofMinutes(15);

    Envelope envelope();

    /**
     * Who sent it and when.
     *
     * @param source     with {@code id} the key by which a repeated event is known
     * @param time       when it happened, as the sender says
     * @param receivedAt when it came in, by the database's clock
     */
    record Envelope(String source, String id, Instant time, Instant receivedAt) {
        /** When it happened as far as we believe it: never later than it came in. */
        public Instant effectiveTime() {
            return time.isAfter(receivedAt) ? receivedAt : time;
        }

        /** Too old to hold, release or open anything; it only corrects figures. */
        public boolean late() {
            return Duration.between(effectiveTime(), receivedAt).compareTo(LATENESS_BOUND) > 0;
        }
    }

    default Instant at() {
        return envelope().effectiveTime();
    }

    /** About one agent. */
    sealed interface OfAgent extends ContactEvent {
        AgentId agent();
    }

    /** About one interaction. */
    sealed interface OfInteraction extends ContactEvent {
        InteractionId interaction();
    }

    /** Begins, holds, ends, offers or describes legs: what moves the desk. */
    sealed interface OfLeg extends OfInteraction {}

    /** Every part that is not null replaces what was known of the agent. */
    record AgentSignedIn(
            Envelope envelope,
            AgentId agent,
            @Nullable String name,
            @Nullable String team,
            @Nullable String site,
            @Nullable List<String> skills,
            @Nullable Integer capacity,
            @Nullable LocalDate hired,
            @Nullable String level)
            implements OfAgent {}

    record AgentReady(Envelope envelope, AgentId agent) implements OfAgent {}

    record AgentNotReady(
            Envelope envelope, AgentId agent, @Nullable String reason) implements OfAgent {}

    record AgentSignedOut(
            Envelope envelope, AgentId agent, @Nullable String reason) implements OfAgent {}

    /** {@code seconds} of an application having the focus, or of waiting for it. */
    record DesktopApp(
            Envelope envelope,
            AgentId agent,
            String name,
            boolean waiting,
            double seconds,
            @Nullable InteractionId interaction)
            implements OfAgent {}

    record Started(Envelope envelope, InteractionId interaction, InteractionDetails details) implements OfLeg {}

    record Updated(Envelope envelope, InteractionId interaction, InteractionDetails details) implements OfLeg {}

    record Offered(
            Envelope envelope,
            InteractionId interaction,
            AgentId agent,
            @Nullable String reason) implements OfLeg {}

    record Missed(
            Envelope envelope,
            InteractionId interaction,
            AgentId agent,
            @Nullable String reason) implements OfLeg {}

    record Connected(
            Envelope envelope,
            InteractionId interaction,
            AgentId agent,
            @Nullable String legId,
            LegRole role) implements OfLeg {}

    /**
     * A person opened the contact by hand, since no switch had told of it: its agent is in it from then on.
     *
     * @param by who did, as the trail names them
     */
    record Opened(Envelope envelope, InteractionId interaction, AgentId agent, InteractionDetails details, String by)
            implements OfLeg {}

    /** A person says that a contact which was opened by hand is over for its agent. */
    record Closed(Envelope envelope, InteractionId interaction, AgentId agent, String by) implements OfLeg {}

    record Held(
            Envelope envelope,
            InteractionId interaction,
            @Nullable AgentId agent,
            @Nullable String legId) implements OfLeg {}

    record Resumed(
            Envelope envelope,
            InteractionId interaction,
            @Nullable AgentId agent,
            @Nullable String legId) implements OfLeg {}

    record Transferred(
            Envelope envelope,
            InteractionId interaction,
            AgentId agent,
            @Nullable String legId,
            boolean attended,
            @Nullable AgentId toAgent,
            @Nullable String toQueue)
            implements OfLeg {}

    record Left(
            Envelope envelope,
            InteractionId interaction,
            AgentId agent,
            @Nullable String legId) implements OfLeg {}

    record Ended(
            Envelope envelope,
            InteractionId interaction,
            @Nullable String endedBy) implements OfLeg {}

    record Abandoned(
            Envelope envelope,
            InteractionId interaction,
            @Nullable String reason) implements OfLeg {}

    /** An outbound attempt that never connected. */
    record Failed(
            Envelope envelope,
            InteractionId interaction,
            @Nullable AgentId agent,
            @Nullable String reason) implements OfLeg {}

    record Said(
            Envelope envelope,
            InteractionId interaction,
            int turn,
            Speaker speaker,
            String text,
            @Nullable AgentId agent,
            @Nullable Double startSeconds,
            @Nullable Double endSeconds,
            boolean isFinal,
            @Nullable String language)
            implements OfInteraction {
        public Said withText(String redacted) {
            return new Said(
                    envelope, interaction, turn, speaker, redacted, agent, startSeconds, endSeconds, isFinal, language);
        }
    }

    /** What the agent did in another system; {@code parameters} and {@code result} are redacted. */
    record ActionDone(
            Envelope envelope,
            InteractionId interaction,
            String name,
            Map<String, Object> parameters,
            @Nullable Map<String, Object> result,
            @Nullable AgentId agent)
            implements OfInteraction {}

    /** Exactly one of {@code file} and {@code url} is there. */
    record Recorded(
            Envelope envelope,
            InteractionId interaction,
            @Nullable String file,
            @Nullable String url,
            Map<Integer, Speaker> channels)
            implements OfInteraction {}

    /** A disposition that was set in another system. */
    record Disposed(Envelope envelope, InteractionId interaction, AgentId agent, String code)
            implements OfInteraction {}

    record Rated(
            Envelope envelope,
            InteractionId interaction,
            double score,
            double scale,
            @Nullable String comment) implements OfInteraction {}

    record QueueStatus(
            Envelope envelope,
            String queue,
            int waiting,
            double longestWaitSeconds,
            @Nullable Double serviceLevel) implements ContactEvent {}
}
