package org.afterword.conversation.internal;

import java.util.Base64;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Data that a CloudEvent carries as bytes. Nothing stays base64: a card number could hide in it. */
final class EventBytes {
    private static final String MEMBER = "data_base64";

    private EventBytes() {}

    /** Puts the JSON that {@code data_base64} holds in place of it; says what is wrong where it holds none. */
    static @Nullable String decode(ObjectNode event) {
        if (!event.has(MEMBER)) {
            return null;
        }
        String base64 = event.remove(MEMBER).asString("");
        if (event.has("data")) {
            return "data_base64: must not stand beside data";
        }
        try {
            JsonNode json = Json.mapper().readTree(Base64.getDecoder().decode(base64));
            if (json.isMissingNode()) {
                return "data_base64: must hold JSON";
            }
            event.set("data", json);
            return null;
        } catch (IllegalArgumentException e) {
            return "data_base64: must be base64";
        } catch (JacksonException e) {
            return "data_base64: must hold JSON";
        }
    }
}
