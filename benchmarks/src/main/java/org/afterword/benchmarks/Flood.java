package org.afterword.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * As many events as the server takes: a few connectors send batches, each as soon as the one before it is answered. Every
 * connector has 40 contacts at a time, which take turns, so that a batch is as mixed as those of a floor are.
 */
final class Flood {
    static final int CONNECTORS = 4;
    static final int BATCH = 100;

    private static final int CONTACTS_AT_A_TIME = 40;
    private static final int AGENTS_OF_A_CONNECTOR = 1500;

    /**
     * @param batches    from sending a batch to its answer
     * @param hungUp     contacts that ended while it was measured
     * @param drafted    finished drafts that were announced meanwhile
     */
    record Figures(
            double eventsPerSecond, Latencies batches, long hungUp, long drafted, boolean cutOff, Server.Use use) {}

    private final Client client;
    private final List<Conversation> conversations;
    private final Latencies batches = new Latencies();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder hungUp = new LongAdder();
    private final LongAdder drafted = new LongAdder();
    private volatile boolean counting;
    private volatile boolean over;

    private Flood(Client client, List<Conversation> conversations) {
        this.client = client;
        this.conversations = conversations;
    }

    static Figures measure(Server server, List<Conversation> conversations, Duration warmUp, Duration measured)
            throws IOException, InterruptedException, ExecutionException {
        var flood = new Flood(server.client(), conversations);
        try (var announcements = Announcements.listen(server.client(), flood::heard);
                var threads = Executors.newFixedThreadPool(CONNECTORS)) {
            List<Future<Void>> connectors = new ArrayList<>();
            for (int i = 0; i < CONNECTORS; i++) {
                connectors.add(
                        threads.submit(flood.connector(new Deck("flood" + i, conversations, AGENTS_OF_A_CONNECTOR))));
            }
            Thread.sleep(warmUp);
            Server.Use before = server.use();
            long began = System.nanoTime();
            flood.counting = true;
            Thread.sleep(measured);
            flood.counting = false;
            double seconds = (System.nanoTime() - began) / 1e9;
            Server.Use use = server.use().since(before);
            flood.over = true;
            for (Future<Void> connector : connectors) {
                connector.get();
            }
            return new Figures(
                    flood.accepted.sum() / seconds,
                    flood.batches,
                    flood.hungUp.sum(),
                    flood.drafted.sum(),
                    announcements.wasCutOff(),
                    use);
        }
    }

    private void heard(Announcements.DraftChanged draft) {
        if (counting && draft.ready()) {
            drafted.increment();
        }
    }

    private static final class Talking {
        final Contact contact;
        final Instant began;
        int next;

        Talking(Contact contact) {
            this.contact = contact;
            this.began = Instant.now().minusMillis(Math.round(contact.seconds() * 1000));
        }

        boolean isOver() {
            return next == contact.steps().size();
        }

        String nextEvent() {
            return contact.eventOfContactSince(began, contact.steps().get(next++));
        }
    }

    private Callable<Void> connector(Deck deck) {
        return () -> {
            Deque<Talking> talking = new ArrayDeque<>();
            while (!over) {
                int ended = 0;
                List<String> batch = new ArrayList<>(BATCH);
                while (batch.size() < BATCH) {
                    Talking contact =
                            talking.size() < CONTACTS_AT_A_TIME ? new Talking(deck.next()) : talking.removeFirst();
                    batch.add(contact.nextEvent());
                    if (contact.isOver()) {
                        ended++;
                    } else {
                        talking.addLast(contact);
                    }
                }
                send(batch, ended);
            }
            return null;
        };
    }

    private void send(List<String> batch, int ended) throws IOException, InterruptedException {
        long sentAt = System.nanoTime();
        client.send(batch);
        if (counting) {
            batches.recordSince(sentAt);
            accepted.add(batch.size());
            hungUp.add(ended);
        }
    }
}
