package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time in which an agent is offered nothing although it carries nothing. It takes no units, and is no after-call work. It
 * begins once nothing holds the agent, and ends by itself, by the agent, by a sign-out, or by a contact that a switch forces on
 * it; then it does not go on later.
 *
 * @param cause   what it was given for, as the event log says it
 * @param given   when; with kind and leg it tells one from another
 * @param length  how long it is at most
 * @param after   the leg that it follows; null where it follows none
 * @param due     from when on it can begin; null while that is when {@code after} no longer holds the agent
 * @param endedAt when the agent ended it, or its time was found to be over; null before
 */
public record Rest(
        Kind kind,
        String cause,
        Instant given,
        Duration length,
        @Nullable LegKey after,
        @Nullable Instant due,
        @Nullable Instant endedAt) {

    /** None is longer, so that the legs and facts that it goes by are still apart. */
    public static final Duration LONGEST = Duration.ofMinutes(15);

    public enum Kind {
        /** A moment for oneself after a contact. Others are shown that the agent is not ready, and no more. */
        RECOVERY(null, Duration.ofHours(24)),
        /** Because the agent was too busy for too long. */
        OCCUPANCY("OCCUPANCY_GUARD", Duration.ZERO),
        /** To finish records that the agent owes, while its queue is calm. Ends once none is owed. */
        OWED_WORK("PROTECTED_TIME", Duration.ofHours(8));

        private final @Nullable String shownReason;
        private final Duration remembered;

        Kind(@Nullable String shownReason, Duration remembered) {
            this.shownReason = shownReason;
            this.remembered = remembered;
        }

        /** Why the agent is not ready, as others are shown it; null where that is nobody else's business. */
        public @Nullable String shownReason() {
            return shownReason;
        }

        /** How long one that is over stays known: what caps look back to. */
        Duration remembered() {
            return remembered;
        }
    }

    /**
     * When a rest is, as its agent's legs and facts tell now.
     *
     * @param interval null while something holds the agent, and of a rest that never was
     * @param isOver   it has ended, or will never begin
     */
    public record Time(@Nullable Interval interval, boolean isOver) {
        static final Time NEVER = new Time(null, true);
        static final Time AWAITED = new Time(null, false);

        /** It begins as soon as nothing holds the agent any more. */
        public boolean isAwaited() {
            return interval == null && !isOver;
        }

        /** It is in force, or awaited. */
        public boolean keepsWorkAway(Instant now) {
            return !isOver && (interval == null || now.isBefore(interval.until()));
        }

        /** It has begun, and nothing but the time ends it as far as is known. */
        public boolean runs() {
            return interval != null && !isOver;
        }
    }

    public Rest {
        if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a rest of %s is none; it is up to %s".formatted(length, LONGEST));
        }
        if (after == null && due == null) {
            throw new IllegalArgumentException("a rest follows a leg, or begins at some time");
        }
        given = given.truncatedTo(ChronoUnit.MILLIS); // as JSON keeps it, since it is part of what it is told by
    }

    /** After a leg of the agent's, as soon as that no longer holds it. */
    public static Rest after(LegKey leg, Kind kind, String cause, Instant given, Duration length) {
        return new Rest(kind, cause, given, length, leg, null, null);
    }

    /** The same, where its leg holds the agent no longer: it begins no earlier than it was given. */
    public Rest fromWhenGiven() {
        return dueAt(given);
    }

    /** From now on, or as soon as nothing holds the agent. */
    public static Rest from(Instant now, Kind kind, String cause, Duration length) {
        return new Rest(kind, cause, now, length, null, now, null);
    }

    /** Tells it from all others of its agent. */
    public String id() {
        return "%s %s %s".formatted(kind, given, after == null ? "" : after);
    }

    Rest following(LegKey leg) {
        return new Rest(kind, cause, given, length, leg, due, endedAt);
    }

    Rest dueAt(Instant time) {
        return new Rest(kind, cause, given, length, after, time, endedAt);
    }

    Rest endedAt(Instant time) {
        return new Rest(kind, cause, given, length, after, due, time);
    }
}
