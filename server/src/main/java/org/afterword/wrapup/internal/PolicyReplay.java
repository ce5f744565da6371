package org.afterword.wrapup.internal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.afterword.catalog.CatalogVersion;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpPolicy;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpState.Completed;
import org.afterword.wrapup.WrapUpState.Deferred;
import org.afterword.wrapup.WrapUpState.Expired;
import org.afterword.wrapup.WrapUpState.Open;
import org.afterword.wrapup.WrapUpState.Overdue;
import org.afterword.wrapup.WrapUpState.Preparing;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What would have become of past wrap-ups under other policies, from the arguments alone. Each is looked at by itself: that
 * its agent would have been free sooner or later changes nothing of what came after.
 *
 * <p>Before anything is said of a wrap-up, it is replayed under the policy that it had. Only where that gives what happened
 * is it judged; of the others it is said why not. What nobody can know, such as how long a record would have taken that
 * its deadline cut, is told by its bounds.
 */
final class PolicyReplay {
    /** How long after its time a deadline may have taken effect; what waited longer waited for a downtime of ours. */
    static final Duration LONGEST_LAG = Duration.ofSeconds(5);

    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final WindowReplay windows;
    private final CatalogVersion proposed;
    private final Duration longestLag;

    /**
     * @param proposed   the catalog with the policies to be tried
     * @param longestLag how long after its time a deadline may have taken effect
     */
    PolicyReplay(AfterCallRules rules, CatalogVersion proposed, Duration longestLag) {
        this.windows = new WindowReplay(rules);
        this.proposed = proposed;
        this.longestLag = longestLag;
    }

    /** How a wrap-up ended for its agent. */
    enum Ending {
        /** No window held the agent. */
        NOT_HELD("notHeld"),
        CONFIRMED("confirmed"),
        /** A person put it off. */
        DEFERRED("deferred"),
        SIGNED_OUT("signedOut"),
        /** A supervisor closed it. */
        ENDED("ended"),
        DEFERRED_AT_DEADLINE("deferredAtDeadline"),
        EXPIRED_AT_DEADLINE("expiredAtDeadline"),
        /** Nothing that is known would have ended it. */
        OPEN_ENDED("openEnded");

        private final String code;

        Ending(String code) {
            this.code = code;
        }

        /** As the API names it. */
        @JsonValue
        String code() {
            return code;
        }
    }

    /**
     * @param held    for how long its agent was kept from other work; null where nothing that is known would have ended it
     * @param overdue its agent was held beyond the deadline
     * @param owed    the record was owed when the agent was free
     */
    record Outcome(@Nullable Duration held, Ending ending, boolean overdue, boolean owed) {
        static Outcome of(WindowReplay.Ran ran) {
            WrapUp wrapUp = ran.wrapUp();
            if (wrapUp == null) {
                return new Outcome(Duration.ZERO, Ending.NOT_HELD, false, false);
            }
            boolean owed = wrapUp.state() instanceof Deferred;
            return ran.opened() && wrapUp.heldUnits() > 0
                    ? new Outcome(wrapUp.acwTime(), ending(wrapUp), ran.overdue(), owed)
                    : new Outcome(Duration.ZERO, Ending.NOT_HELD, false, owed);
        }

        private static Ending ending(WrapUp wrapUp) {
            return switch (wrapUp.state()) {
                case Open o -> Ending.OPEN_ENDED;
                case Overdue o -> Ending.OPEN_ENDED;
                case Completed c -> c.releasedAt() == null ? Ending.OPEN_ENDED : Ending.CONFIRMED;
                case Expired e -> wrapUp.cut() ? Ending.EXPIRED_AT_DEADLINE : Ending.ENDED;
                case Deferred d ->
                    switch (d.cause()) {
                        case DEADLINE -> Ending.DEFERRED_AT_DEADLINE;
                        case SIGNED_OUT -> Ending.SIGNED_OUT;
                        case CHOSEN, REOPENED -> Ending.DEFERRED;
                        case LATE, SPLIT, BEGUN, UNASKED -> Ending.NOT_HELD;
                    };
                case Preparing p -> throw new IllegalStateException("the leg of %s is over".formatted(wrapUp.id()));
            };
        }

        boolean isHeld() {
            return ending != Ending.NOT_HELD;
        }

        /** What its deadline did, which may be nothing. */
        @Nullable
        Ending timedOut() {
            return switch (ending) {
                case DEFERRED_AT_DEADLINE, EXPIRED_AT_DEADLINE -> ending;
                case NOT_HELD, CONFIRMED, DEFERRED, SIGNED_OUT, ENDED, OPEN_ENDED -> overdue ? Ending.OPEN_ENDED : null;
            };
        }
    }

    /** What can be said of one wrap-up. */
    sealed interface Verdict {
        /** Its policy would have been the same in every setting, and so all that came of it. */
        record Same(Duration held) implements Verdict {}

        /**
         * @param before  as it went
         * @param least   as it would have gone, where what is not known ended as soon as it could
         * @param most    and where it took as long as it could; equal to {@code least} where all is known
         * @param own     the policy that it had
         * @param other   the policy that it would have had; null where there would be no wrap-up
         * @param missing required parts that its confirmed record does not have, and did not need
         */
        record Judged(
                Outcome before,
                Outcome least,
                Outcome most,
                WrapUpPolicy own,
                @Nullable WrapUpPolicy other,
                List<String> missing)
                implements Verdict {
            boolean isCensored() {
                return !least.equals(most);
            }

            /** It would have gone otherwise, or may have. */
            boolean differs() {
                return !before.equals(least) || !before.equals(most) || !missing.isEmpty();
            }
        }

        enum NotJudged implements Verdict {
            /** It still holds its agent. */
            STILL_HELD("stillHeld"),
            /** What is known of its contact and its agent today would not have chosen the policy that it had. */
            KNOWN_OTHERWISE("knownOtherwise"),
            /** Replayed under the policy that it had, it does not give what happened. */
            NOT_EXPLAINED("notExplained"),
            /** A downtime of ours was credited, and how much of another window it would have taken is not known. */
            OUTAGE("outage"),
            /** Whether one more record could be owed depends on how many were, which nobody kept. */
            DEBT_UNKNOWN("debtUnknown");

            private final String code;

            NotJudged(String code) {
                this.code = code;
            }

            /** As the API names it. */
            String code() {
                return code;
            }
        }
    }

    /** As it would have opened under the proposed policies. */
    WindowReplay.Opened opened(PastWrapUp past) {
        return windows.opened(past, proposed);
    }

    /** Whether what was confirmed has to be known to judge it. */
    static boolean asksForRecord(WindowReplay.Opened opened) {
        PastWrapUp past = opened.past();
        WrapUp wrapUp = past.wrapUp();
        boolean confirmed = wrapUp.state() instanceof Completed
                && (wrapUp.result() == null || wrapUp.result().noContact() == null);
        return confirmed
                && past.isReleased()
                && opened.policy()
                        .filter(other -> asksOtherwise(wrapUp.fixedPolicy(), other))
                        .isPresent();
    }

    private static boolean asksOtherwise(WrapUpPolicy own, WrapUpPolicy other) {
        return !other.requiredParts().equals(own.requiredParts())
                || !other.requiredWhen().equals(own.requiredWhen());
    }

    /** @param record what was confirmed; null where nobody asked for that, or it is gone */
    Verdict judge(WindowReplay.Opened opened, @Nullable ObjectNode record) {
        PastWrapUp past = opened.past();
        if (!past.isReleased()) {
            return Verdict.NotJudged.STILL_HELD;
        }
        WrapUpPolicy own = past.wrapUp().fixedPolicy();
        if (opened.policy()
                .filter(other -> other.settings().equals(own.settings()))
                .isPresent()) {
            return new Verdict.Same(held(past));
        }
        WindowReplay.Opened again = windows.opened(past, past.own());
        if (!again.policy().equals(Optional.of(own))) {
            return Verdict.NotJudged.KNOWN_OTHERWISE;
        }
        Explanation found = explanation(again);
        return found == null ? Verdict.NotJudged.NOT_EXPLAINED : judged(opened, record, found);
    }

    private static Duration held(PastWrapUp past) {
        Duration time = past.wrapUp().acwTime();
        return time == null || past.wrapUp().heldUnits() == 0 ? Duration.ZERO : time;
    }

    private Verdict judged(WindowReplay.Opened opened, @Nullable ObjectNode record, Explanation found) {
        PastWrapUp past = opened.past();
        WrapUpPolicy own = past.wrapUp().fixedPolicy();
        WrapUpPolicy other = opened.policy().orElse(null);
        List<String> missing = other == null || record == null ? List.of() : missing(record, own, other);
        boolean taken = other == null || (isConfirmedInTime(past) ? missing.isEmpty() : !defersOtherwise(own, other));
        WindowReplay.Ran least = windows.run(opened, found.assumed());
        boolean allKnown = least.known() && taken && !WindowReplay.hasKeys(past);
        WindowReplay.Ran most = allKnown
                ? least
                : windows.run(opened, found.assumed().longest(found.assumed().owed(), taken));
        if (other != null
                && !Objects.equals(
                        other.settings().deferralCap(), own.settings().deferralCap())
                && dependsOnDebt(opened, found.assumed(), taken)) {
            return Verdict.NotJudged.DEBT_UNKNOWN;
        }
        boolean credited = past.wrapUp().credits().stream()
                .anyMatch(credit -> credit.kind().equals("outage"));
        if (credited && !Objects.equals(deadline(least), deadline(found.ran()))) {
            return Verdict.NotJudged.OUTAGE;
        }
        return new Verdict.Judged(Outcome.of(found.ran()), Outcome.of(least), Outcome.of(most), own, other, missing);
    }

    private boolean dependsOnDebt(WindowReplay.Opened opened, WindowReplay.Assumed found, boolean taken) {
        int many = WindowReplay.OWES_MORE_THAN_ALLOWED;
        return !outcome(opened, found.owing(0)).equals(outcome(opened, found.owing(many)))
                || !outcome(opened, found.longest(0, taken)).equals(outcome(opened, found.longest(many, taken)));
    }

    private Outcome outcome(WindowReplay.Opened opened, WindowReplay.Assumed assumed) {
        return Outcome.of(windows.run(opened, assumed));
    }

    private static @Nullable Instant deadline(WindowReplay.Ran ran) {
        return ran.wrapUp() == null ? null : ran.wrapUp().deadline();
    }

    /** What a confirmed record lacks under the other policy, and not under its own. */
    private static List<String> missing(ObjectNode record, WrapUpPolicy own, WrapUpPolicy other) {
        List<String> before = RecordCheck.missing(record, own);
        return RecordCheck.missing(record, other).stream()
                .filter(part -> !before.contains(part))
                .toList();
    }

    private static boolean isConfirmedInTime(PastWrapUp past) {
        return past.wrapUp().state() instanceof Completed completed
                && !completed.confirmedAt().isAfter(past.released());
    }

    /** Something that an agent put off might have had to be filled in first: what the record said then is not known. */
    private static boolean defersOtherwise(WrapUpPolicy own, WrapUpPolicy other) {
        List<String> parts = other.settings().deferrableParts();
        return parts != null
                && (asksOtherwise(own, other) || !parts.equals(own.settings().deferrableParts()));
    }

    /** How its own policy gives what happened, and what has to be taken for granted for that. */
    private record Explanation(WindowReplay.Assumed assumed, WindowReplay.Ran ran) {}

    /**
     * Null where nothing gives what happened. A worker may have come to a deadline a little late, or a person have been a
     * little quicker than the worker; and an agent may have owed as many records as its policy allows.
     */
    private @Nullable Explanation explanation(WindowReplay.Opened own) {
        PastWrapUp past = own.past();
        boolean capped = past.wrapUp().fixedPolicy().settings().deferralCap() != null;
        for (int owed : capped ? new int[] {0, WindowReplay.OWES_MORE_THAN_ALLOWED} : new int[] {0}) {
            var onTime = new WindowReplay.Assumed(false, Duration.ZERO, owed, true);
            var found = new Explanation(onTime, windows.run(own, onTime));
            for (Duration lag : lags(past, found.ran())) {
                if (!lag.isZero()) {
                    var late = new WindowReplay.Assumed(false, lag, owed, true);
                    found = new Explanation(late, windows.run(own, late));
                }
                if (gives(found.ran(), past)) {
                    return found;
                }
            }
        }
        return null;
    }

    /** How late a deadline may have taken effect, by when its agent was released. */
    private List<Duration> lags(PastWrapUp past, WindowReplay.Ran onTime) {
        Instant released =
                onTime.wrapUp() == null ? null : onTime.wrapUp().state().releasedAt();
        Duration lag = released == null ? Duration.ZERO : Duration.between(released, past.released());
        return lag.isPositive() && lag.compareTo(longestLag) <= 0
                ? List.of(Duration.ZERO, lag, lag.plus(A_MOMENT))
                : List.of(Duration.ZERO);
    }

    private static boolean gives(WindowReplay.Ran ran, PastWrapUp past) {
        WrapUp wrapUp = past.wrapUp();
        WrapUp again = ran.wrapUp();
        // of who has left, the deadline goes on moving
        boolean left = wrapUp.state() instanceof Deferred owed && owed.cause() == Cause.SIGNED_OUT;
        return again != null
                && ran.known()
                && again.cut() == wrapUp.cut()
                && again.extensions() == wrapUp.extensions()
                && same(again.state().releasedAt(), past.released())
                && (left || same(again.deadline(), wrapUp.deadline()));
    }

    private static boolean same(@Nullable Instant a, @Nullable Instant b) {
        return a == null || b == null
                ? Objects.equals(a, b)
                : Duration.between(a, b).abs().compareTo(WindowReplay.SAME) <= 0;
    }
}
