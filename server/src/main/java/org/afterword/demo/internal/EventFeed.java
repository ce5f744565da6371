package org.afterword.demo.internal;

import java.time.Instant;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends CloudEvents to the product, as a connector does. */
final class EventFeed {
    private final ApiClient.Session api;
    private final WallClock clock;

    EventFeed(ApiClient.Session api, WallClock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** @param id unique among the demo's events, so that a repeated one counts once */
    void send(String id, String type, String subject, JsonNode data) throws InterruptedException {
        Instant now = clock.now();
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", "/demo")
                .put("type", type)
                .put("subject", subject)
                .put("time", now.toString())
                .put("datacontenttype", "application/json");
        event.set("data", data);
        var answer = Refused.unlessOk(
                type, api.postEvents(Json.mapper().createArrayNode().add(event)));
        if (answer.body().path("rejected").size() > 0) {
            throw new Refused(type, answer);
        }
    }

    /** For events that can come many times for one subject. */
    void sendNow(String type, String subject, JsonNode data) throws InterruptedException {
        send("%s/%s/%d".formatted(subject, type, clock.now().toEpochMilli()), type, subject, data);
    }
}
