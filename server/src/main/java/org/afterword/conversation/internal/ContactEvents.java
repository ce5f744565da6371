package org.afterword.conversation.internal;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.ContactEvent.Envelope;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.conversation.Speaker;
import org.afterword.identity.AgentId;
import org.afterword.platform.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.node.ObjectNode;

/** Makes typed events of redacted data, one type of the API after the other. */
final class ContactEvents {
    static final int LONGEST_TEXT = 20_000;
    private static final int LONGEST_VALUE = 2_000;
    private static final int MOST_TURNS = 1_000_000;
    private static final double LONGEST_SECONDS = 1e7;
    private static final int LARGEST_COUNT = 1_000_000;
    private static final int LARGEST_CAPACITY = 100;
    private static final int MOST_CHANNELS = 16;

    static final String SAID = "interaction.said";

    static final String OPENED = "interaction.opened";
    static final String CLOSED = "interaction.closed";

    private enum EndedBy {
        AGENT,
        CUSTOMER,
        SYSTEM
    }

    private enum TransferKind {
        BLIND,
        ATTENDED
    }

    private enum AppState {
        FOCUS,
        WAITING
    }

    private ContactEvents() {}

    /** @throws Refusal if the type is unknown or a value does not fit it */
    static ContactEvent of(String type, @Nullable String subject, Envelope envelope, Members data) {
        int dot = type.indexOf('.');
        return switch (dot < 0 ? "" : type.substring(0, dot)) {
            case "interaction" ->
                ofInteraction(type, envelope, new InteractionId(subject(type, subject, "interaction")), data);
            case "agent" -> ofAgent(type, envelope, new AgentId(subject(type, subject, "agent")), data);
            case "desktop" -> ofDesktop(type, envelope, new AgentId(subject(type, subject, "agent")), data);
            case "queue" -> ofQueue(type, envelope, subject(type, subject, "queue"), data);
            default -> throw unknown(type);
        };
    }

    /** What people tell of contacts by hand. No sender outside can: it names who did it, for the trail. */
    static ContactEvent byHand(String type, @Nullable String subject, Envelope envelope, Members data) {
        var interaction = new InteractionId(subject(type, subject, "interaction"));
        return switch (type) {
            case OPENED ->
                new ContactEvent.Opened(
                        envelope,
                        interaction,
                        data.requiredAgent("agentId"),
                        openedAs(data),
                        data.requiredText("by", Members.LONGEST_NAME));
            case CLOSED ->
                new ContactEvent.Closed(
                        envelope,
                        interaction,
                        data.requiredAgent("agentId"),
                        data.requiredText("by", Members.LONGEST_NAME));
            default -> throw unknown(type);
        };
    }

    private static InteractionDetails openedAs(Members data) {
        data.requiredOneOf("channel", Channel.class);
        data.requiredOneOf("direction", Direction.class);
        return details(data);
    }

    private static ContactEvent ofAgent(String type, Envelope envelope, AgentId agent, Members data) {
        return switch (type) {
            case "agent.signed-in" ->
                new ContactEvent.AgentSignedIn(
                        envelope,
                        agent,
                        data.text("name", Members.LONGEST_NAME),
                        data.id("team"),
                        data.text("site", Members.LONGEST_NAME),
                        data.texts("skills", Members.LONGEST_ID),
                        data.wholeNumber("capacity", 1, LARGEST_CAPACITY),
                        date("data.since", data.text("since", Members.LONGEST_NAME)),
                        data.text("level", Members.LONGEST_NAME));
            case "agent.ready" -> new ContactEvent.AgentReady(envelope, agent);
            case "agent.not-ready" -> new ContactEvent.AgentNotReady(envelope, agent, reason(data));
            case "agent.signed-out" -> new ContactEvent.AgentSignedOut(envelope, agent, reason(data));
            default -> throw unknown(type);
        };
    }

    private static ContactEvent ofDesktop(String type, Envelope envelope, AgentId agent, Members data) {
        if (!type.equals("desktop.app")) {
            throw unknown(type);
        }
        String interaction = data.id("interactionId");
        return new ContactEvent.DesktopApp(
                envelope,
                agent,
                data.requiredText("name", Members.LONGEST_NAME),
                data.requiredOneOf("state", AppState.class) == AppState.WAITING,
                data.requiredNumber("seconds", 0, LONGEST_SECONDS),
                interaction == null ? null : new InteractionId(interaction));
    }

    private static ContactEvent ofQueue(String type, Envelope envelope, String queue, Members data) {
        if (!type.equals("queue.status")) {
            throw unknown(type);
        }
        return new ContactEvent.QueueStatus(
                envelope,
                queue,
                data.requiredWholeNumber("waiting", 0, LARGEST_COUNT),
                data.requiredNumber("longestWaitSeconds", 0, LONGEST_SECONDS),
                data.number("serviceLevel", 0, 100));
    }

    private static ContactEvent ofInteraction(String type, Envelope envelope, InteractionId interaction, Members data) {
        return switch (type) {
            case "interaction.started" -> new ContactEvent.Started(envelope, interaction, details(data));
            case "interaction.updated" -> new ContactEvent.Updated(envelope, interaction, details(data));
            case "interaction.offered" ->
                new ContactEvent.Offered(envelope, interaction, data.requiredAgent("agentId"), reason(data));
            case "interaction.missed" ->
                new ContactEvent.Missed(envelope, interaction, data.requiredAgent("agentId"), reason(data));
            case "interaction.connected" -> connected(envelope, interaction, data);
            case "interaction.held" ->
                new ContactEvent.Held(envelope, interaction, data.agent("agentId"), data.id("legId"));
            case "interaction.resumed" ->
                new ContactEvent.Resumed(envelope, interaction, data.agent("agentId"), data.id("legId"));
            case SAID -> said(envelope, interaction, data);
            case "interaction.action" -> action(envelope, interaction, data);
            case "interaction.recorded" -> recorded(envelope, interaction, data);
            case "interaction.transferred" -> transferred(envelope, interaction, data);
            case "interaction.left" ->
                new ContactEvent.Left(envelope, interaction, data.requiredAgent("agentId"), data.id("legId"));
            case "interaction.ended" -> new ContactEvent.Ended(envelope, interaction, endedBy(data));
            case "interaction.abandoned" -> new ContactEvent.Abandoned(envelope, interaction, reason(data));
            case "interaction.failed" ->
                new ContactEvent.Failed(envelope, interaction, data.agent("agentId"), reason(data));
            case "interaction.disposed" ->
                new ContactEvent.Disposed(
                        envelope, interaction, data.requiredAgent("agentId"), data.requiredId("code"));
            case "interaction.rated" -> rated(envelope, interaction, data);
            default -> throw unknown(type);
        };
    }

    private static ContactEvent connected(Envelope envelope, InteractionId interaction, Members data) {
        LegRole role = data.oneOf("role", LegRole.ofEvents());
        return new ContactEvent.Connected(
                envelope,
                interaction,
                data.requiredAgent("agentId"),
                data.id("legId"),
                role == null ? LegRole.PRIMARY : role);
    }

    private static ContactEvent said(Envelope envelope, InteractionId interaction, Members data) {
        return new ContactEvent.Said(
                envelope,
                interaction,
                data.requiredWholeNumber("turn", 0, MOST_TURNS),
                data.requiredOneOf("speaker", Speaker.class),
                data.requiredText("text", LONGEST_TEXT),
                data.agent("agentId"),
                data.number("startSeconds", 0, LONGEST_SECONDS),
                data.number("endSeconds", 0, LONGEST_SECONDS),
                data.flag("final", true),
                data.text("language", Members.LONGEST_ID));
    }

    private static ContactEvent action(Envelope envelope, InteractionId interaction, Members data) {
        Map<String, Object> parameters = values(data.objectNode("parameters"));
        return new ContactEvent.ActionDone(
                envelope,
                interaction,
                data.requiredText("name", Members.LONGEST_NAME),
                parameters == null ? Map.of() : parameters,
                values(data.objectNode("result")),
                data.agent("agentId"));
    }

    private static ContactEvent recorded(Envelope envelope, InteractionId interaction, Members data) {
        String file = data.text("file", LONGEST_VALUE);
        String url = data.text("url", LONGEST_VALUE);
        if ((file == null) == (url == null)) {
            throw new Refusal("data: must have either file or url");
        }
        if (file != null && !RecordingFiles.isInside(file)) {
            throw Refusal.of("data.file", "a path below the tenant's folder of recordings, without '..'");
        }
        if (url != null && !url.toLowerCase(Locale.ROOT).startsWith("https://")) {
            throw Refusal.of("data.url", "an https address");
        }
        return new ContactEvent.Recorded(envelope, interaction, file, url, channels(data));
    }

    private static Map<Integer, Speaker> channels(Members data) {
        Map<Integer, Speaker> channels = new TreeMap<>();
        data.textByName("channels", Members.LONGEST_ID).forEach((channel, speaker) -> {
            if (!channel.matches("\\d{1,2}") || Integer.parseInt(channel) >= MOST_CHANNELS) {
                throw Refusal.of("data.channels", "named by channel number, 0 to " + (MOST_CHANNELS - 1));
            }
            channels.put(Integer.valueOf(channel), Members.asOneOf("data.channels." + channel, speaker, Speaker.class));
        });
        return channels;
    }

    private static ContactEvent transferred(Envelope envelope, InteractionId interaction, Members data) {
        return new ContactEvent.Transferred(
                envelope,
                interaction,
                data.requiredAgent("agentId"),
                data.id("legId"),
                data.requiredOneOf("kind", TransferKind.class) == TransferKind.ATTENDED,
                data.agent("toAgentId"),
                data.id("toQueue"));
    }

    private static ContactEvent rated(Envelope envelope, InteractionId interaction, Members data) {
        return new ContactEvent.Rated(
                envelope,
                interaction,
                data.requiredNumber("score", -LARGEST_COUNT, LARGEST_COUNT),
                data.requiredNumber("scale", 0, LARGEST_COUNT),
                data.text("comment", LONGEST_TEXT));
    }

    private static InteractionDetails details(Members data) {
        Members customer = data.object("customer");
        return new InteractionDetails(
                data.oneOf("channel", Channel.class),
                data.oneOf("direction", Direction.class),
                data.id("queue"),
                data.id("campaign"),
                data.id("client"),
                data.id("callType"),
                customer == null ? null : customer(customer),
                data.textByName("attributes", LONGEST_VALUE));
    }

    private static Customer customer(Members customer) {
        return new Customer(
                customer.id("id"),
                customer.text("name", Members.LONGEST_NAME),
                customer.text("phone", Members.LONGEST_NAME),
                customer.text("email", Members.LONGEST_NAME),
                customer.text("address", Members.LONGEST_NAME));
    }

    private static @Nullable String endedBy(Members data) {
        EndedBy by = data.oneOf("endedBy", EndedBy.class);
        return by == null ? null : by.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String reason(Members data) {
        return data.text("reason", Members.LONGEST_NAME);
    }

    private static @Nullable LocalDate date(String place, @Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.of(place, "a date as 2026-03-31, was \"%s\"".formatted(text));
        }
    }

    private static @Nullable Map<String, Object> values(@Nullable ObjectNode object) {
        return object == null ? null : Json.mapper().convertValue(object, new TypeReference<Map<String, Object>>() {});
    }

    private static String subject(String type, @Nullable String subject, String what) {
        if (subject == null) {
            throw Refusal.of("subject", "the id of the %s for %s, is missing".formatted(what, type));
        }
        Members.checkId("subject", subject);
        return subject;
    }

    private static Refusal unknown(String type) {
        return new Refusal("type: '%s' is not known".formatted(type));
    }
}
