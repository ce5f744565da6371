package org.afterword.console.internal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of records, newest first.
 *
 * @param title  what the list holds, in words
 * @param states the lists there are: all, and one for each state
 * @param more   address of the next page; null at the end
 */
public record RecordsView(
        String title,
        List<Page.Link> states,
        List<Row> rows,
        @Nullable String more) {
    public record Row(
            String interactionId,
            String customer,
            Icon channel,
            String agent,
            String queue,
            Instant openedAt,
            String phase,
            @Nullable String acw,
            String summary) {}
}
