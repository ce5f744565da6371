package org.afterword.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event that was set aside, redacted.
 *
 * @param id       names it here; not the event's own id, which is {@code eventId}
 * @param reason   what was wrong with it the last time
 * @param attempts how often it was tried
 * @param event    in structured form
 */
public record RejectedEvent(
        String id,
        Instant receivedAt,
        @Nullable String source,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String subject,
        String reason,
        int attempts,
        JsonNode event) {}
