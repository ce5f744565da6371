package org.afterword.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One contact after another and nothing beside them: the last words and the end come together, and the draft is awaited. */
final class QuietFloor {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Growing(String interaction, CountDownLatch drafted) {}

    private final Client client;
    private final Deck deck;
    private final AtomicReference<@Nullable Growing> growing = new AtomicReference<>();
    private final HangUps hangUps;

    private QuietFloor(Client client, List<Conversation> conversations) {
        this.client = client;
        this.deck = new Deck("quiet", conversations, 1000);
        this.hangUps = new HangUps(client, _ -> {});
    }

    static HangUps measure(Client client, List<Conversation> conversations, int warmUp, int measured)
            throws IOException, InterruptedException {
        var floor = new QuietFloor(client, conversations);
        try (var _ = Announcements.listen(client, floor::heard)) {
            for (int i = 0; i < warmUp + measured; i++) {
                floor.play(floor.deck.next(), i >= warmUp);
            }
        }
        return floor.hangUps;
    }

    private void heard(Announcements.Heard heard) {
        Growing now = growing.get();
        if (now != null && heard.isDraft() && now.interaction.equals(heard.interaction())) {
            now.drafted.countDown();
        }
        hangUps.heard(heard);
    }

    private void play(Contact contact, boolean counts) throws IOException, InterruptedException {
        Instant began = Instant.now().minusMillis(Math.round(contact.seconds() * 1000));
        List<String> events = contact.steps().stream()
                .map(step -> contact.eventOfContactSince(began, step))
                .toList();
        int last = lastWords(contact);
        var now = new Growing(contact.id(), new CountDownLatch(1));
        growing.set(now);
        client.send(events.subList(0, last));
        if (!now.drafted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("contact %s has no draft after %s".formatted(contact.id(), PATIENCE));
        }
        hangUps.hungUp(contact, counts);
        client.send(events.subList(last, events.size()));
        if (hangUps.await(PATIENCE) > 0) {
            throw new IOException("contact %s has no finished draft after %s".formatted(contact.id(), PATIENCE));
        }
    }

    private static int lastWords(Contact contact) {
        for (int i = contact.steps().size() - 1; i >= 0; i--) {
            if (contact.steps().get(i).type().equals("said")) {
                return i;
            }
        }
        throw new IllegalArgumentException("nothing is said in " + contact.id());
    }
}
