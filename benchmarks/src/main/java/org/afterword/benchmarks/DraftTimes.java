package org.afterword.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.afterword.benchmarks.Contact.Step;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long one draft takes with nothing beside it, by what the program says of each ({@code draft.millis}): of short and of long
 * contacts that are over, and after each turn of contacts that are on. The program keeps what sentences mean; so that none was said before,
 * each sentence of a contact gets a word that only this contact has.
 */
final class DraftTimes {
    static final int SHORT_WORDS = 40;
    static final int LONG_WORDS = 1500;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern SENTENCE_END = Pattern.compile("[.?!]+(?=\\s|$)|(?<![.?!])$");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of each kind, the first of which do not count: the program is compiled meanwhile. */
    private final int contacts;

    private final Client client;
    private final List<Conversation> conversations;
    private final BlockingQueue<Announcements.Heard> heard = new ArrayBlockingQueue<>(10_000);

    private DraftTimes(Client client, List<Conversation> conversations, int contacts) {
        this.client = client;
        this.conversations = conversations;
        this.contacts = contacts;
    }

    /** @param turns of contacts that are on, by the draft that has the turn as its last one */
    record Figures(Latencies brief, Latencies extensive, Latencies turns) {}

    static Figures measure(Client client, List<Conversation> conversations, int contacts)
            throws IOException, InterruptedException, ExecutionException {
        var times = new DraftTimes(client, conversations, contacts);
        try (var _ = Announcements.listen(client, times.heard::add)) {
            return new Figures(
                    times.finished("brief", SHORT_WORDS), times.finished("extensive", LONG_WORDS), times.growing());
        }
    }

    private Latencies finished(String name, int words) throws IOException, InterruptedException, ExecutionException {
        var millis = new Latencies();
        for (int i = 0; i < 2 * contacts; i++) {
            Contact contact = contact(name, i, said(name.charAt(0) + "" + i, ofWords(i, words)));
            Instant began = Instant.now().minusMillis(Math.round(contact.seconds() * 1000));
            client.send(contact.steps().stream()
                    .map(step -> contact.eventOfContactSince(began, step))
                    .toList());
            Duration took = drafted(contact, contact.conversation().turns().size(), true);
            if (i >= contacts) {
                millis.record(took);
            }
        }
        return millis;
    }

    private Latencies growing() throws IOException, InterruptedException, ExecutionException {
        var millis = new Latencies();
        for (int i = 0; i < contacts; i++) {
            Contact contact = contact("growing", i, said("g" + i, conversations.get(i % conversations.size())));
            Instant began = Instant.now().minusMillis(Math.round(contact.seconds() * 1000));
            int turns = 0;
            for (Step step : contact.steps()) {
                client.send(List.of(contact.eventOfContactSince(began, step)));
                if (step.type().equals("said")) {
                    turns++;
                    millis.record(drafted(contact, turns, false));
                }
            }
            drafted(contact, turns, true);
        }
        return millis;
    }

    private static Contact contact(String name, int number, Conversation conversation) {
        return Contact.of("%s-%d".formatted(name, number), "%s-agent-%d".formatted(name, number), conversation, false);
    }

    private static Conversation said(String word, Conversation conversation) {
        List<Conversation.Turn> turns = conversation.turns().stream()
                .map(turn -> new Conversation.Turn(
                        turn.speaker(),
                        JSON.writeValueAsString(SENTENCE_END
                                .matcher(JSON.readTree(turn.text()).asString())
                                .replaceAll(" " + word + "$0")),
                        turn.startSeconds(),
                        turn.endSeconds()))
                .toList();
        return new Conversation(
                conversation.id(),
                conversation.queue(),
                conversation.customer(),
                turns,
                conversation.actions(),
                conversation.seconds(),
                conversation.truth());
    }

    /** The turns of one conversation, and of those after it as far as they are needed, until there are so many words. */
    private Conversation ofWords(int first, int words) {
        Conversation base = conversations.get(first % conversations.size());
        var turns = new ArrayList<Conversation.Turn>();
        int said = 0;
        double seconds = 0;
        for (int i = first; said < words; i++) {
            double offset = seconds;
            for (Conversation.Turn turn :
                    conversations.get(i % conversations.size()).turns()) {
                if (said < words) {
                    turns.add(new Conversation.Turn(
                            turn.speaker(), turn.text(), offset + turn.startSeconds(), offset + turn.endSeconds()));
                    said += JSON.readTree(turn.text()).asString().split("\\s+").length;
                    seconds = offset + turn.endSeconds();
                }
            }
        }
        return new Conversation(base.id(), base.queue(), base.customer(), turns, List.of(), seconds + 1, base.truth());
    }

    /** How long the draft took that has read so many turns; waits for it. */
    private Duration drafted(Contact contact, int turns, boolean isOver)
            throws IOException, InterruptedException, ExecutionException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Announcements.Heard one = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (one != null && one.isDraft() && one.interaction().equals(contact.id())) {
                JsonNode draft = JSON.readTree(client.get("/api/v1/wrap-ups/" + one.wrapUp())
                                .get()
                                .body())
                        .path("draft");
                if (draft.path("turns").asInt(0) >= turns
                        && (!isOver || draft.path("status").asString("").equals("ready"))) {
                    return Duration.ofMillis(draft.path("millis").asLong());
                }
            }
        }
        throw new IOException("contact %s has no draft of %d turns after %s".formatted(contact.id(), turns, PATIENCE));
    }
}
