package org.afterword.benchmarks;

import java.io.IOException;
import java.net.URI;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * As many events as the server takes: connectors send requests, each as soon as the one before it is answered. Every connector has
 * 40 contacts at a time, which take turns, so that what it sends is as mixed as the events of a floor are.
 */
final class Flood {
    private static final int CONTACTS_AT_A_TIME = 40;
    private static final int AGENTS = 6000;

    /**
     * How the events come.
     *
     * @param name        begins the ids of its contacts and agents
     * @param connections each with a connector of its own
     * @param batch       events in a request
     */
    record Shape(String name, int connections, int batch) {}

    /**
     * @param requests from sending a request to its answer
     * @param hungUp   contacts that ended while it was measured
     * @param drafted  finished drafts that were announced meanwhile
     */
    record Figures(
            double eventsPerSecond,
            double seconds,
            Latencies requests,
            long hungUp,
            long drafted,
            boolean cutOff,
            Server.Use use) {
        double events() {
            return eventsPerSecond * seconds;
        }
    }

    private final Shape shape;
    private final URI server;
    private final List<Conversation> conversations;
    private final Latencies requests = new Latencies();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder hungUp = new LongAdder();
    private final LongAdder drafted = new LongAdder();
    private final AtomicLong left;
    private volatile boolean counting;
    private volatile boolean over;

    private Flood(Server server, Shape shape, List<Conversation> conversations, long most) {
        this.shape = shape;
        this.server = server.process().address();
        this.conversations = conversations;
        this.left = new AtomicLong(most);
    }

    static Figures measure(
            Server server, Shape shape, List<Conversation> conversations, Duration warmUp, Duration measured)
            throws IOException, InterruptedException, ExecutionException {
        var flood = new Flood(server, shape, conversations, Long.MAX_VALUE);
        try (var announcements = Announcements.listen(server.client(), flood::heard);
                var threads = Executors.newFixedThreadPool(shape.connections)) {
            List<Future<Void>> connectors = flood.begin(threads::submit);
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
                    seconds,
                    flood.requests,
                    flood.hungUp.sum(),
                    flood.drafted.sum(),
                    announcements.wasCutOff(),
                    use);
        }
    }

    /** Sends {@code events} events, which have to be a multiple of the batch, and measures nothing. */
    static void send(Server server, Shape shape, List<Conversation> conversations, long events)
            throws InterruptedException, ExecutionException {
        var flood = new Flood(server, shape, conversations, events);
        try (var threads = Executors.newFixedThreadPool(shape.connections)) {
            for (Future<Void> connector : flood.begin(threads::submit)) {
                connector.get();
            }
        }
    }

    private interface Starter {
        Future<Void> start(Callable<Void> connector);
    }

    private List<Future<Void>> begin(Starter starter) {
        List<Future<Void>> connectors = new ArrayList<>();
        for (int i = 0; i < shape.connections; i++) {
            connectors.add(
                    starter.start(connector(new Deck(shape.name + i, conversations, AGENTS / shape.connections))));
        }
        return connectors;
    }

    private void heard(Announcements.Heard heard) {
        if (counting && heard.isFinishedDraft()) {
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
            try (var connection = new Connection(server)) {
                while (!over && left.addAndGet(-shape.batch) >= 0) {
                    int ended = 0;
                    List<String> batch = new ArrayList<>(shape.batch);
                    while (batch.size() < shape.batch) {
                        Talking contact =
                                talking.size() < CONTACTS_AT_A_TIME ? new Talking(deck.next()) : talking.removeFirst();
                        batch.add(contact.nextEvent());
                        if (contact.isOver()) {
                            ended++;
                        } else {
                            talking.addLast(contact);
                        }
                    }
                    send(connection, batch, ended);
                }
            }
            return null;
        };
    }

    private void send(Connection connection, List<String> batch, int ended) throws IOException {
        long sentAt = System.nanoTime();
        connection.send(batch);
        if (counting) {
            requests.recordSince(sentAt);
            accepted.add(batch.size());
            hungUp.add(ended);
        }
    }
}
