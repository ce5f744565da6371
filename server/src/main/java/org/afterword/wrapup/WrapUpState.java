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

    /**
     * The agent is kept from being offered work: a window runs, or it is done with and the agent stays, since the policy lets
     * nobody go sooner, or for what was split off.
     */
    default boolean holds() {
        return !(this instanceof Preparing) && releasedAt() == null;
    }

    /**
     * When the agent was released; null while it is held, or before the leg ended. Of what was split off: when it stopped to
     * keep the agent.
     */
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

    /** The same, with the agent released then; null = the agent stays. */
    default WrapUpState released(@Nullable Instant at) {
        return switch (this) {
            case Preparing p -> p;
            case Open o -> o;
            case Overdue o -> o;
            case Deferred d -> new Deferred(at, d.dueAt, d.owner, d.cause, d.reason, d.parts);
            case Completed c -> new Completed(at, c.confirmedAt, c.finalAt, c.isFinal);
            case Expired e -> new Expired(at, e.reason);
        };
    }

    /** The leg is on; the record can be prepared. */
    record Preparing() implements WrapUpState {}

    /** The window holds, until {@link WrapUp#deadline} if its policy has one. */
    record Open() implements WrapUpState {}

    /** The deadline has passed, the agent is still held. */
    record Overdue() implements WrapUpState {}

    /**
     * The record is still owed.
     *
     * @param releasedAt null while the agent stays for what was split off
     * @param reason in the words of who deferred it; null where nobody gave one
     * @param parts  the required parts that are owed, as JSON pointers; empty = whatever is missing
     */
    record Deferred(
            @Nullable Instant releasedAt,
            Instant dueAt,
            Owner owner,
            Cause cause,
            @Nullable String reason,
            List<String> parts)
            implements WrapUpState {
        public Deferred {
            parts = List.copyOf(parts);
        }

        public Deferred(@Nullable Instant releasedAt, Instant dueAt, Owner owner, Cause cause) {
            this(releasedAt, dueAt, owner, cause, null, List.of());
        }

        /** Why it is owed, as people read it. */
        public String told() {
            return reason == null ? cause.code : reason;
        }
    }

    /**
     * A person confirmed the record, or a policy approved it.
     *
     * @param releasedAt null while the agent is held to the deadline, since its policy allows no early exit, and while it stays
     *     for what was split off
     * @param finalAt    until then it can be reopened
     * @param isFinal    the reopening time is over, the record has gone out
     */
    record Completed(@Nullable Instant releasedAt, Instant confirmedAt, Instant finalAt, boolean isFinal)
            implements WrapUpState {
        /** The reopening time is over. */
        public Completed closed() {
            return new Completed(releasedAt, confirmedAt, finalAt, true);
        }
    }

    /**
     * Closed with what there was.
     *
     * @param releasedAt null while the agent stays for what was split off
     */
    record Expired(@Nullable Instant releasedAt, String reason) implements WrapUpState {}

    /** Who owes a deferred record. */
    enum Owner {
        /** Whose leg it was. */
        AGENT("agent"),
        /** {@link WrapUp#assignee}, to whom a supervisor gave it. */
        COLLEAGUE("colleague"),
        BACK_OFFICE("backOffice");

        private final String code;

        Owner(String code) {
            this.code = code;
        }

        /** As the API names it. */
        public String code() {
            return code;
        }
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
        /** It was split off a record that was owed. */
        SPLIT("split"),
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
