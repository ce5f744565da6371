package org.afterword.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one connector.
 *
 * @param id            the same over all attempts
 * @param approvedBy    who let the record out; null for events without one
 * @param nextAttemptAt null once nothing is planned
 * @param attempts      oldest first
 */
public record Delivery(
        String id,
        String connectorId,
        String eventType,
        @Nullable String wrapUpId,
        @Nullable String interactionId,
        State state,
        @Nullable Approval approvedBy,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant deliveredAt,
        @Nullable String lastError,
        List<Attempt> attempts) {

    public enum State {
        PENDING,
        DELIVERED,
        FAILED;

        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Throws {@link IllegalArgumentException} that names the value if there is no such state. */
        public static State parse(String code) {
            for (State state : values()) {
                if (state.code().equals(code)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(
                    "there is no state '%s', only pending, delivered and failed".formatted(code));
        }
    }

    /**
     * One try.
     *
     * @param outcome delivered, retry, reauthenticate or permanent; null while it runs, and for good if the process died
     * @param reason  what the other side said; null if all was well
     */
    public record Attempt(
            int number,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String reason) {}

    /**
     * Which deliveries to list, newest first; null does not narrow.
     *
     * @param before the last delivery of the page before
     * @param limit  at most this many
     */
    public record Filter(
            @Nullable State state,
            @Nullable String wrapUpId,
            @Nullable String before,
            int limit) {}

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    public Delivery with(List<Attempt> attempts) {
        return new Delivery(
                id,
                connectorId,
                eventType,
                wrapUpId,
                interactionId,
                state,
                approvedBy,
                createdAt,
                nextAttemptAt,
                deliveredAt,
                lastError,
                attempts);
    }
}
