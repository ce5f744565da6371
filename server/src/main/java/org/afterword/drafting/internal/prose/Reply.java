package org.afterword.drafting.internal.prose;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of one call, as far as the next step depends on it. Reasons never hold what the other side or a customer said. */
sealed interface Reply {

    /** How many tokens it took, as the endpoint counts them; local ones often do not tell. */
    record Tokens(long input, long output) {}

    /** JSON, as the model gave it: still to be held against what was asked for. */
    record Content(JsonNode json, @Nullable Tokens tokens) implements Reply {}

    /** Its end is missing. */
    record CutOff(@Nullable Tokens tokens) implements Reply {}

    /** Not what was asked for; {@code fault} is told to the model once. */
    record Unusable(String fault, @Nullable Tokens tokens) implements Reply {}

    /** The model would not, or the endpoint's filter would not let it. */
    record Refused(String reason, @Nullable Tokens tokens) implements Reply {}

    /** More than the model can read. */
    record TooLong() implements Reply {}

    /**
     * Not now.
     *
     * @param after what the other side asked for; null if it asked for nothing
     * @param busy  it has too much to do, rather than being broken
     */
    record Later(@Nullable Duration after, boolean busy, String reason) implements Reply {}

    /** Nobody answered: it was never asked. */
    record Unreached(String reason) implements Reply {}

    /** The answer did not come in time; what it took nobody knows. */
    record Slow() implements Reply {}

    /** The answer did not come whole; what it took nobody knows. */
    record Lost(String reason) implements Reply {}

    /** The account is used up: asking again is of no use until a person does something. */
    record OutOfQuota() implements Reply {}

    /** Will not work however often it is tried, until a person changes something. */
    record Rejected(String reason) implements Reply {}

    /** As it is counted. */
    default String code() {
        return switch (this) {
            case Content _ -> "content";
            case CutOff _ -> "cutOff";
            case Unusable _ -> "unusable";
            case Refused _ -> "refused";
            case TooLong _ -> "tooLong";
            case Later _ -> "later";
            case Unreached _ -> "unreached";
            case Slow _ -> "slow";
            case Lost _ -> "lost";
            case OutOfQuota _ -> "outOfQuota";
            case Rejected _ -> "rejected";
        };
    }

    /** What the endpoint says that it took; null where it does not say, or was never asked. */
    default @Nullable Tokens told() {
        return switch (this) {
            case Content(var json, var tokens) -> tokens;
            case CutOff(var tokens) -> tokens;
            case Unusable(var fault, var tokens) -> tokens;
            case Refused(var reason, var tokens) -> tokens;
            default -> null;
        };
    }
}
