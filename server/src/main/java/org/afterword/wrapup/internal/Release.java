package org.afterword.wrapup.internal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.jspecify.annotations.Nullable;

/** That a wrap-up let its agent go, or was found to have done so at another time. */
record Release(Instant at, Reason reason) {
    enum Reason {
        /** A person confirmed the record. */
        CONFIRMED("confirmed"),
        /** A person put the record off. */
        DEFERRED("deferred"),
        DEADLINE("deadline"),
        SIGNED_OUT("signedOut"),
        /** A supervisor let the agent go. */
        OVERRIDE("override"),
        /** The contact went on in the next one. */
        CONTINUED("continued"),
        /** No window opened: too late, or by policy. */
        NOT_HELD("notHeld");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** As the event log names it. */
        @JsonValue
        String code() {
            return code;
        }
    }

    /**
     * What {@code deed} changed about it; null if nothing, and of a part, which holds nobody. An agent who stayed for what was split off is let go by that.
     *
     * @param situation with the other wrap-ups of the leg
     */
    static @Nullable Release between(@Nullable WrapUp before, WrapUp after, Situation situation, Deed deed) {
        Instant at = after.state().releasedAt();
        boolean known = before != null && Objects.equals(at, before.state().releasedAt());
        if (at == null || known || after.isPart()) {
            return null;
        }
        boolean stayed =
                before != null && before.state().holds() && !before.state().runs();
        WrapUp last = stayed
                ? situation.partsOf(after).stream()
                        .filter(part -> at.equals(part.state().releasedAt()))
                        .findFirst()
                        .orElse(after)
                : after;
        return new Release(at, reason(last, at, deed));
    }

    private static Reason reason(WrapUp wrapUp, Instant at, Deed deed) {
        if (deed.isOverrideOf(wrapUp.id())) {
            return Reason.OVERRIDE;
        }
        return switch (wrapUp.state()) {
            case WrapUpState.Deferred deferred ->
                switch (deferred.cause()) {
                    case CHOSEN -> Reason.DEFERRED;
                    case DEADLINE -> Reason.DEADLINE;
                    case SIGNED_OUT -> Reason.SIGNED_OUT;
                    case REOPENED -> Reason.CONFIRMED;
                    case LATE, BEGUN, UNASKED, SPLIT -> Reason.NOT_HELD;
                };
            case WrapUpState.Completed completed -> {
                if (!completed.confirmedAt().isBefore(at)) {
                    yield Reason.CONFIRMED;
                }
                // its policy held the agent until the deadline, unless the agent left before
                Instant deadline = wrapUp.deadline();
                yield deadline == null || at.isBefore(deadline) ? Reason.SIGNED_OUT : Reason.DEADLINE;
            }
            case WrapUpState.Expired expired ->
                wrapUp.cut() ? Reason.DEADLINE : RejoinRules.isContinued(wrapUp) ? Reason.CONTINUED : Reason.NOT_HELD;
            case WrapUpState.Preparing p -> throw isHeld(wrapUp);
            case WrapUpState.Open o -> throw isHeld(wrapUp);
            case WrapUpState.Overdue o -> throw isHeld(wrapUp);
        };
    }

    private static IllegalStateException isHeld(WrapUp wrapUp) {
        return new IllegalStateException("wrap-up %s has released nobody".formatted(wrapUp.id()));
    }
}
