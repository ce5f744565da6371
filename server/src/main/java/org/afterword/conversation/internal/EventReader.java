package org.afterword.conversation.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.ContactEvent.Envelope;
import org.afterword.conversation.internal.Reading.Readable;
import org.afterword.conversation.internal.Reading.Unreadable;
import org.afterword.governance.Redactor;
import org.afterword.platform.ClockLead;
import org.afterword.platform.Json;
import org.afterword.platform.Storable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads CloudEvents in structured form: redacts them, checks their attributes, makes them typed. The words of a turn are left
 * as they are, since what is forbidden in them depends on the turns around: {@link TurnRedaction} comes next.
 */
public final class EventReader {
    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final List<String> ATTRIBUTES =
            List.of("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "dataschema");
    private static final int LONGEST_ATTRIBUTE = 500;
    private static final int DEEPEST = 32;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final Redactor redactor;
    private final ClockLead lead;

    public EventReader(Redactor redactor) {
        this(redactor, ClockLead.NONE);
    }

    /** @param lead added to the times that senders give, which go by clocks outside */
    EventReader(Redactor redactor, ClockLead lead) {
        this.redactor = redactor;
        this.lead = lead;
    }

    /** What keeps this from being a CloudEvent at all; null where nothing does. */
    static @Nullable String fault(JsonNode event) {
        if (!event.isObject()) {
            return "an event must be a JSON object";
        }
        for (String name : REQUIRED) {
            JsonNode value = event.path(name);
            if (!value.isString() || value.asString().isEmpty()) {
                return name + ": must be a text, is " + (value.isMissingNode() ? "missing" : "empty or something else");
            }
        }
        return event.path("specversion").asString().equals("1.0") ? null : "specversion: must be \"1.0\"";
    }

    /** Makes an event of what it is called and what it says. */
    private interface Typing {
        ContactEvent of(String type, @Nullable String subject, Envelope envelope, Members data);
    }

    /** @param event in structured form; is used up */
    public Reading read(int index, JsonNode event, Instant receivedAt) {
        return read(index, event, receivedAt, EventReader::told, lead.get());
    }

    /** As {@link #read}, for what the product itself says that a person did, by its own clock. */
    public Reading readByHand(JsonNode event, Instant receivedAt) {
        return read(0, event, receivedAt, ContactEvents::byHand, Duration.ZERO);
    }

    /** What comes from outside. */
    private static ContactEvent told(String type, @Nullable String subject, Envelope envelope, Members data) {
        if (envelope.source().equals(ByHand.SOURCE)) {
            throw new Refusal("source: '%s' is for what people do by hand".formatted(ByHand.SOURCE));
        }
        return ContactEvents.of(type, subject, envelope, data);
    }

    private Reading read(int index, JsonNode event, Instant receivedAt, Typing typing, Duration lead) {
        if (!(event instanceof ObjectNode plain)) {
            ObjectNode shown = Json.object().put("data", Redactor.withoutDigits(Members.shown(event)));
            return unreadable(index, "an event must be a JSON object", shown);
        }
        ATTRIBUTES.stream().filter(name -> plain.path(name).isNull()).forEach(plain::remove);
        String badBytes = EventBytes.decode(plain);
        if (!Trees.isWithin(plain, DEEPEST)) {
            plain.removeIf(JsonNode::isContainer);
            Storable.make(plain);
            return unreadable(index, "it is nested deeper than %d levels".formatted(DEEPEST), (ObjectNode)
                    redactor.redact(plain));
        }
        Storable.make(plain);
        String words = takeWords(plain);
        var redacted = (ObjectNode) redactor.redact(plain);
        try {
            if (badBytes != null) {
                throw new Refusal(badBytes);
            }
            return readable(index, redacted, words, receivedAt, typing, lead);
        } catch (Refusal refusal) {
            if (words != null) {
                redacted.withObjectProperty("data").put("text", Redactor.withoutDigits(words));
            }
            return unreadable(index, refusal.reason(), redacted);
        }
    }

    private static Readable readable(
            int index, ObjectNode event, @Nullable String words, Instant receivedAt, Typing typing, Duration lead) {
        String fault = fault(event);
        if (fault != null) {
            throw new Refusal(fault);
        }
        String source = id(event, "source");
        String id = id(event, "id");
        String type = text(event, "type");
        String subject = event.path("subject").isMissingNode() ? null : id(event, "subject");
        ObjectNode data = data(event);
        var envelope = new Envelope(source, id, time(event, receivedAt, lead), receivedAt);
        ObjectNode whole = words == null ? data : data.deepCopy().put("text", words);
        ContactEvent typed = typing.of(type, subject, envelope, new Members("data", whole));
        String content = type
                + '\n'
                + subject
                + '\n'
                + event.path("time")
                + '\n'
                + data
                + '\n'
                + (words == null ? "" : Redactor.withoutDigits(words));
        event.set("data", data);
        return new Readable(index, EventKey.of(source, id), EventKey.hash(content), typed, event);
    }

    private Unreadable unreadable(int index, String reason, ObjectNode event) {
        JsonNode source = event.path("source");
        JsonNode id = event.path("id");
        EventKey key = source.isString() && id.isString()
                ? EventKey.of(source.asString(), id.asString())
                : EventKey.ofText(event.toString());
        return new Unreadable(index, key, redactor.redact(reason), event);
    }

    /** Takes the words of a turn out of its data: they are never redacted, hashed or stored on their own. */
    private static @Nullable String takeWords(ObjectNode event) {
        if (!event.path("type").asString("").equals(ContactEvents.SAID)
                || !(event.path("data") instanceof ObjectNode data)
                || !data.hasNonNull("text")) {
            return null;
        }
        JsonNode text = data.remove("text");
        if (!text.isString()) {
            data.putArray("text").add(Redactor.UNDECIDED);
            return null;
        }
        return text.asString();
    }

    private static Instant time(ObjectNode event, Instant receivedAt, Duration lead) {
        JsonNode time = event.path("time");
        if (time.isMissingNode()) {
            return receivedAt;
        }
        try {
            Instant instant =
                    OffsetDateTime.parse(time.asString("")).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw Refusal.of("time", "between the years 1970 and 9998, was " + Members.shown(time));
            }
            return instant.plus(lead);
        } catch (DateTimeException e) {
            throw Refusal.of("time", "as 2026-03-31T09:00:00.000Z (RFC 3339), was " + Members.shown(time));
        }
    }

    private static ObjectNode data(ObjectNode event) {
        String contentType = event.path("datacontenttype").isMissingNode() ? null : text(event, "datacontenttype");
        if (!isJson(contentType)) {
            throw Refusal.of("datacontenttype", "JSON, was \"%s\"".formatted(contentType));
        }
        JsonNode data = event.path("data");
        if (data.isMissingNode() || data.isNull()) {
            return Json.object();
        }
        if (!(data instanceof ObjectNode object)) {
            throw Refusal.of("data", "a JSON object, was " + Members.shown(data));
        }
        return object;
    }

    /** JSON is meant where nothing is said. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals("application/json") || type.equals("text/json") || type.endsWith("+json");
    }

    private static String id(ObjectNode event, String name) {
        String id = text(event, name);
        Members.checkId(name, id);
        return id;
    }

    private static String text(ObjectNode event, String name) {
        return Members.asText(name, event.path(name), name.equals("subject") ? Members.LONGEST_ID : LONGEST_ATTRIBUTE);
    }
}
