package org.afterword.delivery.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.afterword.delivery.Approval;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as other systems get it.
 *
 * @param id         position in the event log
 * @param approvedBy who let the record out; null if it holds none
 * @param body       a structured CloudEvent 1.0
 */
record OutgoingEvent(
        String id,
        Instant at,
        String type,
        @Nullable String wrapUpId,
        @Nullable String interactionId,
        @Nullable Approval approvedBy,
        String body) {
    /** Events that are sent for their record. */
    static final Set<String> WITH_RECORD = Set.of("wrapup.completed", "wrapup.revised");

    /** Everything that a webhook can ask for. */
    static final Set<String> TYPES = Set.of(
            "wrapup.opened",
            "wrapup.split",
            "wrapup.completed",
            "wrapup.deferred",
            "wrapup.debt-overdue",
            "wrapup.expired",
            "wrapup.revised",
            "agent.state-changed",
            "gate.leaked");

    /** Nothing if the event is there for its record and nobody approved that; other events go without theirs. */
    static Optional<OutgoingEvent> of(DomainEvent event) {
        JsonNode claimed = event.data().path("approvedBy");
        Approval approvedBy = Approval.find(
                        claimed.path("kind").asString(null), claimed.path("id").asString(null))
                .orElse(null);
        if (approvedBy == null && WITH_RECORD.contains(event.type())) {
            return Optional.empty();
        }
        ObjectNode data = ((ObjectNode) event.data()).deepCopy();
        if (approvedBy == null) {
            data.remove("record");
            data.remove("provenance");
        }
        if (data.get("figures") instanceof ObjectNode figures) {
            figures.remove("customerKey"); // for our own reports
        }
        return Optional.of(new OutgoingEvent(
                event.position().toString(),
                event.at(),
                event.type(),
                data.path("wrapUpId").asString(null),
                event.interactionId(),
                approvedBy,
                Json.write(cloudEvent(event, data))));
    }

    private static ObjectNode cloudEvent(DomainEvent event, ObjectNode data) {
        ObjectNode cloudEvent = Json.object()
                .put("specversion", "1.0")
                .put("id", event.position().toString())
                .put("source", "/t/" + event.tenant())
                .put("type", event.type())
                .put("subject", event.subject());
        cloudEvent.set("time", Json.tree(event.at()));
        cloudEvent.put("datacontenttype", "application/json");
        // the order in which things happened, whatever the order of arrival: of one contact, one wrap-up, one agent
        cloudEvent.put("sequence", event.position().sortable());
        cloudEvent.set("data", data);
        return cloudEvent;
    }
}
