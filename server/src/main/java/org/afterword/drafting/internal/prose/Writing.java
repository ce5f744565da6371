package org.afterword.drafting.internal.prose;

import org.jspecify.annotations.Nullable;

/**
 * How it ended that a model was asked for prose.
 *
 * @param reason  why there is none, said of the model as "it"; null where there is
 * @param written null where there is none
 * @param contact what it was given; its numbers are those of {@code written}
 * @param calls   how many it took
 */
record Writing(
        Outcome outcome,
        @Nullable String reason,
        @Nullable Written written,
        OutgoingContact contact,
        int calls,
        Spent spent) {

    /** In the words of the API. */
    enum Outcome {
        /** What it wrote stands in the draft, all of it or some. */
        USED("used"),
        /** It wrote nothing that stands. */
        UNSUPPORTED("unsupported"),
        INVALID("invalid"),
        CUT_OFF("cutOff"),
        REFUSED("refused"),
        TOO_LONG("tooLong"),
        SLOW("slow"),
        UNREACHABLE("unreachable"),
        /** It has too much to do. */
        BUSY("busy"),
        /** It answered that something is broken. */
        FAILING("failing"),
        USED_UP("usedUp"),
        REJECTED("rejected"),
        BUDGET("budget"),
        /** It did not work lately, and was not asked. */
        RESTING("resting");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        /** Whether it is the endpoint that does not work, rather than what it answered. */
        boolean isFailure() {
            return switch (this) {
                case SLOW, UNREACHABLE, BUSY, FAILING, REJECTED -> true;
                default -> false;
            };
        }
    }
}
