package org.afterword.stream.internal;

import java.time.Instant;
import java.util.List;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventPosition;
import org.afterword.platform.Json;
import tools.jackson.databind.node.ObjectNode;

/** One server-sent event as it goes over the wire. */
record Frame(EventPosition position, String text) {
    /** A comment that keeps proxies from closing a quiet connection. */
    static final String HEARTBEAT = ":\n\n";

    /**
     * An event of the log. Records stay out of it: whoever wants one reads it from the wrap-up, with the rights that it takes,
     * and the stream says when that is worth while.
     */
    static Frame of(DomainEvent event) {
        ObjectNode data = Json.object().put("subject", event.subject());
        if (event.interactionId() != null) {
            data.put("interactionId", event.interactionId());
        }
        data.set("at", Json.tree(event.at()));
        if (event.data() instanceof ObjectNode members) {
            data.setAll(members.deepCopy().without(List.of("record", "provenance", "policy")));
        }
        return of(event.position(), event.type(), data);
    }

    /** The listener stands at {@code position}; what comes next comes after it. */
    static Frame ready(EventPosition position, Instant serverTime) {
        return control("ready", position, serverTime);
    }

    /** What lies before {@code position} is lost to this listener, who has to load anew what it shows. */
    static Frame reset(EventPosition position, Instant serverTime) {
        return control("reset", position, serverTime);
    }

    private static Frame control(String type, EventPosition position, Instant serverTime) {
        ObjectNode data = Json.object().put("position", position.toString());
        data.set("serverTime", Json.tree(serverTime));
        return of(position, type, data);
    }

    private static Frame of(EventPosition position, String type, ObjectNode data) {
        return new Frame(position, "id: %s\nevent: %s\ndata: %s\n\n".formatted(position, type, Json.write(data)));
    }
}
