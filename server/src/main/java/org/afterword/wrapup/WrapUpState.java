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

    /** The window holds; {@code deadline} already includes extensions and credits and is null where the policy has none. */
    record Open(@Nullable Instant deadline) implements WrapUpState {}

    /** The window is gone, the agent is still held. */
    record Overdue(Instant deadline) implements WrapUpState {}

    /** The agent is released; the record is still owed. {@code cut}: the deadline did it, not a person. */
    record Deferred(Instant releasedAt, Instant dueAt, Owner owner, String reason, boolean cut)
            implements WrapUpState {}

    /**
     * A person confirmed the record.
     *
     * @param deadline  of the window it was confirmed in, which a reopening gives back; null where there was none
     * @param finalAt   until then it can be reopened
     * @param isFinal   the reopening time is over, the record has gone out
     * @param deferred  it was owed before
     */
    record Completed(
            Instant releasedAt,
            @Nullable Instant deadline,
            Instant confirmedAt,
            Instant finalAt,
            boolean isFinal,
            boolean deferred)
            implements WrapUpState {}

    /** Closed by policy with what there was. {@code cut}: the deadline did it. */
    record Expired(Instant releasedAt, String reason, boolean cut) implements WrapUpState {}

    /** Who owes a deferred record. */
    enum Owner {
        AGENT,
        BACK_OFFICE
    }
}
