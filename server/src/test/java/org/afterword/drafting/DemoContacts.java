package org.afterword.drafting;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Queue;
import org.afterword.catalog.internal.CatalogDocument;
import org.afterword.catalog.internal.CatalogDocument.Notation;
import org.afterword.demo.internal.Conversation;
import org.afterword.demo.internal.DemoData;
import org.afterword.demo.internal.Truth;
import org.afterword.drafting.DraftInput.Contact;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;

/** The conversations that ship with the demo as input of drafts, with what their records should hold. */
final class DemoContacts {
    record DemoContact(DraftInput input, Truth truth) {}

    /** When these talks are taken to be; most of them were written for that time. */
    private static final LocalDate DAY = LocalDate.of(2019, 3, 1);

    private static final Instant START = DAY.atTime(9, 0).toInstant(ZoneOffset.UTC);

    private DemoContacts() {}

    static List<DemoContact> all() {
        Catalog catalog = CatalogDocument.read(DemoData.catalog().getBytes(StandardCharsets.UTF_8), Notation.YAML);
        Map<String, Truth> truths = DemoData.truths();
        return DemoData.conversations().stream()
                .map(conversation -> of(conversation, truths.getOrDefault(conversation.id(), NOTHING), catalog))
                .toList();
    }

    static DemoContact of(Conversation conversation, Truth truth, Catalog catalog) {
        return new DemoContact(input(conversation, catalog), truth);
    }

    /** As if people had confirmed these with what their records should hold. */
    static ConfirmedExamples confirmed(List<DemoContact> contacts, DraftingEngine engine) {
        return new ConfirmedExamples(contacts.stream()
                .map(contact -> new ConfirmedExamples.Example(
                        engine.fingerprint(contact.input()),
                        contact.truth().disposition(),
                        contact.truth().reasons(),
                        List.of()))
                .toList());
    }

    private static final Truth NOTHING = new Truth("none", "none", List.of(), "none", "none", Map.of());

    private static DraftInput input(Conversation conversation, Catalog catalog) {
        List<Turn> turns = IntStream.range(0, conversation.turns().size())
                .mapToObj(i -> turn(i, conversation.turns().get(i)))
                .toList();
        List<DesktopAction> actions = IntStream.range(0, conversation.actions().size())
                .mapToObj(i -> action(i, conversation.actions().get(i)))
                .toList();
        String callType = catalog.findQueue(conversation.queue())
                .map(Queue::defaultCallType)
                .orElse(null);
        var contact = new Contact("voice", "inbound", conversation.queue(), null, callType, null, null);
        return new DraftInput(contact, turns, actions, true, ZoneOffset.UTC, DAY, catalog);
    }

    private static Turn turn(int number, Conversation.Turn turn) {
        Speaker speaker = turn.speaker() == Conversation.Speaker.AGENT ? Speaker.AGENT : Speaker.CUSTOMER;
        return new Turn(
                number, speaker, turn.text(), at(turn.startSeconds()), turn.startSeconds(), turn.endSeconds(), null);
    }

    private static DesktopAction action(int number, Conversation.DesktopAction action) {
        return new DesktopAction(
                "action-" + number, action.name(), action.parameters(), Map.of(), at(action.atSeconds()));
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }
}
