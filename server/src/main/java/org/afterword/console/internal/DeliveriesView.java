package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What left, or is to leave, for other systems; newest first.
 *
 * @param counts how many are in each state
 */
public record DeliveriesView(
        List<Count> counts, List<Row> rows, @Nullable String more) {

    /** How far a delivery is. */
    public enum State {
        WAITING("Waiting", Icon.STATE_OFFLINE, "still"),
        RETRYING("Trying again", Icon.STATE_RECOVERY, "attention"),
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

    public record Count(State state, long deliveries) {}

    public record Row(
            String id,
            String target,
            String subject,
            @Nullable String interactionId,
            State state,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable String lastError) {}
}
