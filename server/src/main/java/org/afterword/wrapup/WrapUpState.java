package org.afterword.wrapup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a wrap-up stands. {@link Completed} (once final) and {@link Expired} are the ends. */
public sealed interface WrapUpState {

    default WrapUpStatus status() {
        return switch (this) {
            case Preparing p -> WrapUpStatus.PREPARING;
            case Open o -> WrapUpStatus.OPEN;
            case Overdue o -> WrapUpStatus.OVERDUE;
            case Deferred d -> WrapUpStatus.DEFERRED;
            case Completed c -> WrapUpStatus.COMPLETED;
            case Expired e -> WrapUpStatus.EXPIRED;
        };
    }

    /** The agent is kept from being offered work. */
    default boolean holds() {
        return this instanceof Open || this instanceof Overdue;
    }

    /** When the agent was released; null while it is held, or before the leg ended. */
    default @Nullable Instant releasedAt() {
        return switch (this) {
            case Preparing p -> null;
            case Open o -> null;
            case Overdue o -> null;
            case Deferred d -> d.releasedAt;
            case Completed c -> c.releasedAt;
            case Expired e -> e.releasedAt;
        };
    }

    /** The leg is on; the record can be prepared. */
    record Preparing() implements WrapUpState {}

    /** The window holds, until {@link WrapUp#deadline} if its policy has one. */
    record Open() implements WrapUpState {}

    /** The deadline has passed, the agent is still held. */
    record Overdue() implements WrapUpState {}

    /**
     * The agent is released; the record is still owed.
     *
     * @param reason in the words of who deferred it; null where nobody gave one
     */
    record Deferred(
            Instant releasedAt,
            Instant dueAt,
            Owner owner,
            Cause cause,
            @Nullable String reason) implements WrapUpState {
        /** Why it is owed, as people read it. */
        public String told() {
            return reason == null ? cause.code : reason;
        }
    }

    /**
     * A person confirmed the record.
     *
     * @param finalAt until then it can be reopened
     * @param isFinal the reopening time is over, the record has gone out
     */
    record Completed(Instant releasedAt, Instant confirmedAt, Instant finalAt, boolean isFinal)
            implements WrapUpState {}

    /** Closed with what there was. */
    record Expired(Instant releasedAt, String reason) implements WrapUpState {}

    /** Who owes a deferred record. */
    enum Owner {
        AGENT,
        BACK_OFFICE
    }

    /** What made a record owed. */
    enum Cause {
        /** A person put it off. */
        CHOSEN("chosen"),
        DEADLINE("deadline"),
        SIGNED_OUT("signedOut"),
        /** Its leg became known too late for a window. */
        LATE("late"),
        REOPENED("reopened");

        private final String code;

        Cause(String code) {
            this.code = code;
        }
    }
}
