package org.afterword.delivery.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended, as far as the next step depends on it. Reasons never hold customer data. */
sealed interface Outcome {
    /** It is in, now or since an earlier attempt. */
    record Delivered() implements Outcome {}

    /**
     * Not now.
     *
     * @param after what the other side asked for; null if it asked for nothing
     */
    record Retry(@Nullable Duration after, String reason) implements Outcome {
        Retry(String reason) {
            this(null, reason);
        }
    }

    /** The other side does not know us: worth one more try with credentials read anew. */
    record Reauthenticate(String reason) implements Outcome {}

    /** Will not work however often it is tried, until a person changes something. */
    record Permanent(String reason) implements Outcome {}

    /** As the attempt is stored. */
    default String code() {
        return switch (this) {
            case Delivered() -> "delivered";
            case Retry(var after, var reason) -> "retry";
            case Reauthenticate(var reason) -> "reauthenticate";
            case Permanent(var reason) -> "permanent";
        };
    }

    /** What went wrong; null if nothing did. */
    default @Nullable String problem() {
        return switch (this) {
            case Delivered() -> null;
            case Retry(var after, var reason) -> reason;
            case Reauthenticate(var reason) -> reason;
            case Permanent(var reason) -> reason;
        };
    }
}
