package org.afterword.conversation.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes CloudEvents 1.0 out of HTTP requests: structured, batched and binary mode (CloudEvents HTTP Protocol Binding 1.0.2).
 * An event in binary mode comes out in structured form as well. How long a body may be is seen to for all requests alike.
 */
final class CloudEventRequests {
    static final int MOST_EVENTS = 5_000;

    private static final String BATCH = "application/cloudevents-batch";
    private static final String STRUCTURED = "application/cloudevents";
    private static final JsonMapper JSON = Json.mapper();

    /** Reads one event of several; whether something follows that should not is seen to here. */
    private static final ObjectReader EVENTS =
            JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @param batched the sender sent a list: one bad event does not spoil the request */
    record Received(List<JsonNode> events, boolean batched) {}

    private CloudEventRequests() {}

    /**
     * @param body of the request
     * @throws ProblemException if the request holds no CloudEvents, too much of them, or in a form we do not know
     */
    static Received read(HttpServletRequest request, InputStream body) throws IOException {
        String contentType = mediaType(request.getContentType());
        if (contentType.startsWith(BATCH)) {
            requireJson(contentType);
            return new Received(readList(body), true);
        }
        if (contentType.startsWith(STRUCTURED)) {
            requireJson(contentType);
            return new Received(List.of(checked(readOne(body))), false);
        }
        return new Received(List.of(checked(readBinary(request, contentType, body))), false);
    }

    private static List<JsonNode> readList(InputStream body) {
        List<JsonNode> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw notCloudEvent("A batch must be a JSON array of events.");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (events.size() == MOST_EVENTS) {
                    throw tooLarge();
                }
                events.add(EVENTS.readTree(parser));
            }
            requireEnd(parser);
        } catch (JacksonException e) {
            throw notJson(e);
        }
        return events;
    }

    private static JsonNode readOne(InputStream body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonNode event = EVENTS.readTree(parser);
            if (event == null) {
                throw notCloudEvent("The body is empty.");
            }
            requireEnd(parser);
            return event;
        } catch (JacksonException e) {
            throw notJson(e);
        }
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw notCloudEvent("The body goes on after the end of its JSON.");
        }
    }

    private static ObjectNode readBinary(HttpServletRequest request, String contentType, InputStream body)
            throws IOException {
        ObjectNode event = Json.object();
        for (String header : Collections.list(request.getHeaderNames())) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.equals("ce-datacontenttype")) {
                throw notCloudEvent("ce-datacontenttype must not be sent: Content-Type says it in binary mode.");
            }
            if (name.startsWith("ce-")) {
                event.put(name.substring(3), HeaderValue.decode(name, String.valueOf(request.getHeader(header))));
            }
        }
        if (event.isEmpty()) {
            throw contentType.isEmpty() || EventReader.isJson(contentType)
                    ? notCloudEvent(
                            "There are no ce- headers, and the content type names no CloudEvents: application/cloudevents+json is one event, application/cloudevents-batch+json a list.")
                    : unsupported(contentType);
        }
        byte[] data = body.readAllBytes();
        if (!contentType.isEmpty()) {
            event.put("datacontenttype", contentType);
        }
        if (data.length > 0) {
            event.set("data", json(data));
        }
        return event;
    }

    /** What is no JSON stays a text, and is refused as such where the event is read. */
    private static JsonNode json(byte[] data) {
        try {
            return JSON.readTree(data);
        } catch (JacksonException e) {
            return JSON.getNodeFactory().stringNode(new String(data, StandardCharsets.UTF_8));
        }
    }

    private static JsonNode checked(JsonNode event) {
        String fault = EventReader.fault(event);
        if (fault != null) {
            throw notCloudEvent("Not a CloudEvent: %s.".formatted(fault));
        }
        return event;
    }

    private static String mediaType(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static void requireJson(String contentType) {
        if (!contentType.equals(BATCH + "+json") && !contentType.equals(STRUCTURED + "+json")) {
            throw unsupported(contentType);
        }
    }

    private static ProblemException unsupported(String contentType) {
        return new ProblemException(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "Content type '%s' is not understood; send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers with JSON."
                        .formatted(contentType));
    }

    private static ProblemException notCloudEvent(String detail) {
        return new ProblemException(ProblemType.NOT_A_CLOUD_EVENT, detail);
    }

    /** Says where, not what: the place may hold a card number. */
    private static ProblemException notJson(JacksonException e) {
        var place = e.getLocation();
        return notCloudEvent(
                place == null
                        ? "The body is not JSON."
                        : "The body is not JSON: see line %d, column %d."
                                .formatted(place.getLineNr(), place.getColumnNr()));
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                ProblemType.TOO_LARGE, "A request takes at most %d events; send several.".formatted(MOST_EVENTS));
    }
}
