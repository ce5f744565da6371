package org.afterword.speech.internal;

import java.time.Instant;
import java.util.Locale;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.Speaker;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What was recognized as events, such as a switch that transcribes by itself would send. */
final class SaidEvents {
    static final String SOURCE = "/speech";

    /** @param startSeconds from the start of the recording; {@code language} null = not known */
    record Said(
            int turn,
            Speaker speaker,
            String text,
            double startSeconds,
            double endSeconds,
            boolean isFinal,
            @Nullable String language) {}

    private SaidEvents() {}

    /** @param id with {@link #SOURCE} the key by which it is known when it comes again */
    static JsonNode of(String id, InteractionId interaction, Instant time, Said said) {
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", SOURCE)
                .put("type", "interaction.said")
                .put("subject", interaction.value());
        event.set("time", Json.tree(time));
        ObjectNode data = event.putObject("data")
                .put("turn", said.turn)
                .put("speaker", said.speaker.name().toLowerCase(Locale.ROOT))
                .put("text", said.text)
                .put("startSeconds", said.startSeconds)
                .put("endSeconds", said.endSeconds)
                .put("final", said.isFinal);
        if (said.language != null) {
            data.put("language", said.language);
        }
        return event;
    }
}
