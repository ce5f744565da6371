package org.afterword.conversation;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** CloudEvents in structured form, each with an id of its own. */
public final class AnEvent {
    /** A released backup holds events that an earlier run of this made. */
    private static final String RUN = UUID.randomUUID() + "-";

    private static final AtomicInteger IDS = new AtomicInteger();

    private AnEvent() {}

    /** @param data as JSON, where single quotes stand for double ones */
    public static ObjectNode of(String type, String subject, String time, String data) {
        return Json.object()
                .put("specversion", "1.0")
                .put("id", RUN + IDS.incrementAndGet())
                .put("source", "/pbx")
                .put("type", type)
                .put("subject", subject)
                .put("time", time)
                .set("data", Json.read(data.replace('\'', '"')));
    }

    public static ObjectNode said(String interaction, int turn, String speaker, String text) {
        ObjectNode event = of("interaction.said", interaction, "2026-03-02T08:59:%02dZ".formatted(turn), "{}");
        ((ObjectNode) event.get("data"))
                .put("turn", turn)
                .put("speaker", speaker)
                .put("text", text);
        return event;
    }

    /** The same event, as a sender repeats it. */
    public static JsonNode again(ObjectNode event) {
        return event.deepCopy();
    }
}
