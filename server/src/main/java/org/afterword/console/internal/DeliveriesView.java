package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What left, or is to leave, for other systems; newest first.
 *
 * @param states the lists there are: all, and one for each state
 * @param more   address of the next page; null at the end
 */
public record DeliveriesView(
        List<Page.Link> states, List<Row> rows, @Nullable String more) {

    /** How far a delivery is. */
    public enum State {
        WAITING("Waiting", Icon.STATE_OFFLINE, "still"),
        RETRYING("Trying again", Icon.RETRY, "attention"),
        DELIVERED("Delivered", Icon.SIGN_CONFIRMED, "good"),
        FAILED("Gave up", Icon.WARNING, "late");

        private final String word;
        private final Icon icon;
        private final String hue;

        State(String word, Icon icon, String hue) {
            this.word = word;
            this.icon = icon;
            this.hue = hue;
        }

        static State of(Delivery delivery) {
            return switch (delivery.state()) {
                case PENDING -> delivery.attempts().isEmpty() ? WAITING : RETRYING;
                case DELIVERED -> DELIVERED;
                case FAILED -> FAILED;
            };
        }

        public String word() {
            return word;
        }

        public Icon icon() {
            return icon;
        }

        public String hue() {
            return hue;
        }
    }

    /** @param subject what is delivered, as the event's type says it */
    public record Row(
            String id,
            String target,
            String subject,
            @Nullable String interactionId,
            State state,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable String lastError) {

        static Row of(Delivery delivery) {
            return new Row(
                    delivery.id(),
                    delivery.connectorId(),
                    delivery.eventType(),
                    delivery.interactionId(),
                    State.of(delivery),
                    delivery.attempts().size(),
                    delivery.createdAt(),
                    delivery.nextAttemptAt(),
                    delivery.lastError());
        }
    }
}
