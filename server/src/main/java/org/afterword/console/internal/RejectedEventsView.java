package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that came in and could not be taken, newest first. */
public record RejectedEventsView(List<Row> rows, @Nullable String more) {
    /** @param body what came, redacted */
    public record Row(
            String id, Instant receivedAt, String type, String source, String eventId, String reason, String body) {}
}
