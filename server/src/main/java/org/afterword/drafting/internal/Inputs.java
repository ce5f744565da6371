package org.afterword.drafting.internal;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Queue;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.Transcript;
import org.afterword.drafting.DraftInput;
import org.jspecify.annotations.Nullable;

/** What drafting goes by, from what conversation keeps. */
public final class Inputs {
    private Inputs() {}

    public static DraftInput of(Transcript transcript, ZoneId zone, Catalog catalog, Instant now) {
        InteractionDetails details = transcript.details();
        InteractionDetails.Customer customer = details.customer();
        Instant started = transcript.startedAt() == null ? now : transcript.startedAt();
        return new DraftInput(
                new DraftInput.Contact(
                        details.channelOrVoice().name().toLowerCase(Locale.ROOT),
                        details.direction() == null
                                ? null
                                : details.direction().name().toLowerCase(Locale.ROOT),
                        details.queue(),
                        details.campaign(),
                        details.callType() != null
                                ? details.callType()
                                : catalog.findQueue(details.queue())
                                        .map(Queue::defaultCallType)
                                        .orElse(null),
                        customer == null ? null : customer.id(),
                        customer == null ? null : customer.name(),
                        customer == null ? null : customer.phone(),
                        customer == null ? null : customer.email(),
                        customer == null ? null : customer.address()),
                transcript.turns().stream()
                        .map(turn -> new DraftInput.Turn(
                                turn.number(),
                                DraftInput.Speaker.valueOf(turn.speaker().name()),
                                turn.text(),
                                turn.saidAt(),
                                turn.startSeconds(),
                                turn.endSeconds(),
                                turn.language()))
                        .toList(),
                transcript.actions().stream()
                        .map(action -> new DraftInput.DesktopAction(
                                action.id(),
                                action.name(),
                                texts(action.parameters()),
                                texts(action.result()),
                                action.doneAt()))
                        .toList(),
                transcript.endedAt() != null,
                zone,
                started.atZone(zone).toLocalDate(),
                catalog);
    }

    private static Map<String, String> texts(@Nullable Map<String, Object> values) {
        var texts = new LinkedHashMap<String, String>();
        if (values != null) {
            values.forEach((name, value) -> {
                if (value != null) {
                    texts.put(name, value.toString());
                }
            });
        }
        return texts;
    }
}
