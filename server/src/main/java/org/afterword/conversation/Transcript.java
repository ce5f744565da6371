package org.afterword.conversation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one interaction: what was said, done and recorded. Redacted.
 *
 * @param startedAt  when the first event of its course happened; null where only words came so far
 * @param endedAt    when it ended; null while it is on. Words may come later still
 * @param turns      by number
 * @param actions    by time
 * @param recordings by time
 */
public record Transcript(
        InteractionId interaction,
        InteractionDetails details,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        List<Turn> turns,
        List<DesktopAction> actions,
        List<Recording> recordings) {

    public Transcript {
        turns = List.copyOf(turns);
        actions = List.copyOf(actions);
        recordings = List.copyOf(recordings);
    }

    /**
     * What one speaker said at a time.
     *
     * @param startSeconds from the start of the interaction or its recording
     * @param isFinal      false while the transcription may still replace it
     */
    public record Turn(
            int number,
            Speaker speaker,
            String text,
            @Nullable AgentId agent,
            Instant saidAt,
            @Nullable Double startSeconds,
            @Nullable Double endSeconds,
            boolean isFinal,
            @Nullable String language) {}

    /** What the agent did in another system; {@code id} is the id of the event that told of it. */
    public record DesktopAction(
            String id,
            String name,
            Map<String, Object> parameters,
            @Nullable Map<String, Object> result,
            @Nullable AgentId agent,
            Instant doneAt) {}

    /** Exactly one of {@code file}, relative to the tenant's folder of recordings, and {@code url} is there. */
    public record Recording(
            @Nullable String file, @Nullable String url, Map<Integer, Speaker> channels, Instant recordedAt) {}
}
