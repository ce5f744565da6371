package org.afterword.wrapup;

import java.time.Instant;
import java.util.List;
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

    /** The agent is at it: the window is open, or over and the agent still held. */
    default boolean runs() {
        return this instanceof Open || this instanceof Overdue;
    }

    /** The agent is kept from being offered work: a window runs, or its record is confirmed and its policy lets nobody go sooner. */
    default boolean holds() {
        return runs() || (this instanceof Completed completed && completed.releasedAt == null);
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
     * @param parts  the required parts that are owed, as JSON pointers; empty = whatever is missing
     */
    record Deferred(
            Instant releasedAt,
            Instant dueAt,
            Owner owner,
            Cause cause,
            @Nullable String reason,
            List<String> parts) implements WrapUpState {
        public Deferred {
            parts = List.copyOf(parts);
        }

        public Deferred(Instant releasedAt, Instant dueAt, Owner owner, Cause cause) {
            this(releasedAt, dueAt, owner, cause, null, List.of());
        }

        /** Why it is owed, as people read it. */
        public String told() {
            return reason == null ? cause.code : reason;
        }
    }

    /**
     * A person confirmed the record.
     *
     * @param releasedAt null while the agent is held to the deadline, since its policy allows no early exit
     * @param finalAt    until then it can be reopened
     * @param isFinal    the reopening time is over, the record has gone out
     */
    record Completed(@Nullable Instant releasedAt, Instant confirmedAt, Instant finalAt, boolean isFinal)
            implements WrapUpState {
        public Completed released(Instant at) {
            return new Completed(at, confirmedAt, finalAt, isFinal);
        }

        /** The reopening time is over. */
        public Completed closed() {
            return new Completed(releasedAt, confirmedAt, finalAt, true);
        }
    }

    /** Closed with what there was. */
    record Expired(Instant releasedAt, String reason) implements WrapUpState {}

    /** Who owes a deferred record. */
    enum Owner {
        /** Whose leg it was. */
        AGENT,
        /** {@link WrapUp#assignee}, to whom a supervisor gave it. */
        COLLEAGUE,
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
        REOPENED("reopened"),
        /** Its policy asks for no after-call work, but the record was begun. */
        BEGUN("begun"),
        /** Nobody has begun it, and its policy asks for none; the agent may still ask for a window. Owed by nobody. */
        UNASKED("unasked");

        private final String code;

        Cause(String code) {
            this.code = code;
        }
    }
}
