package org.afterword.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * 2,000 agents at work: each event is a request of its own and is sent when it is due, whether or not those before it are
 * answered; its latency counts from when it was due. When an agent has the draft, the agent reads it and confirms.
 */
final class BusyFloor {
    static final int AGENTS = 2000;
    static final double TURNS_PER_SECOND = 130;

    private static final double LONGEST_CONTACT_SECONDS = 200;
    private static final int HISTORY_BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * @param requests from when it was due to the answer, of single events
     * @param failed   how often which request went wrong
     * @param patches  corrections of a record, from sending one to the answer
     * @param disk     what the disk took by itself meanwhile
     * @param memory   what server and database held at the end of each minute that counts
     * @param missing  hang-ups whose draft was not there a minute after the end
     */
    record Figures(
            double eventsPerSecond,
            double turnsPerSecond,
            double contactsPerSecond,
            Latencies requests,
            Map<String, Integer> failed,
            HangUps hangUps,
            Latencies patches,
            Latencies disk,
            List<Server.Use> memory,
            int missing,
            int confirmed,
            int refused,
            boolean cutOff,
            Server.Use use) {}

    private final Server server;
    private final Client client;
    private final Timeline timeline;
    private final Agents agents;
    private final HangUps hangUps;
    private final Latencies requests = new Latencies();
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();
    private final List<Server.Use> memory = new CopyOnWriteArrayList<>();
    private int events;
    private int turns;
    private int contacts;

    private BusyFloor(Server server, List<Conversation> conversations) {
        this.server = server;
        this.client = server.client();
        this.timeline = timeline(conversations);
        this.agents = new Agents(client);
        this.hangUps = new HangUps(client, agents);
    }

    static Timeline timeline(List<Conversation> conversations) {
        double turns = conversations.stream()
                .mapToInt(conversation -> conversation.turns().size())
                .average()
                .orElseThrow();
        return new Timeline(
                new Deck("busy", conversations, AGENTS),
                TURNS_PER_SECOND / turns,
                -LONGEST_CONTACT_SECONDS,
                new Random(7));
    }

    static Figures measure(Server server, List<Conversation> conversations, Duration warmUp, Duration measured)
            throws IOException, InterruptedException {
        var floor = new BusyFloor(server, conversations);
        try (var agents = floor.agents;
                var disk = Disk.probe(server.folder());
                var announcements = Announcements.listen(floor.client, floor.hangUps::heard)) {
            Timeline.Due first = floor.sendHistory();
            Server.Use use = floor.play(first, disk, seconds(warmUp), seconds(warmUp) + seconds(measured));
            int missing = floor.hangUps.await(PATIENCE);
            double length = seconds(measured);
            return new Figures(
                    floor.events / length,
                    floor.turns / length,
                    floor.contacts / length,
                    floor.requests,
                    Map.copyOf(floor.failed),
                    floor.hangUps,
                    agents.patches,
                    disk.writes(),
                    List.copyOf(floor.memory),
                    missing,
                    agents.confirmed(),
                    agents.refused(),
                    announcements.wasCutOff(),
                    use);
        }
    }

    /** What happened before zero comes in batches; answers the first that did not. */
    private Timeline.Due sendHistory() throws IOException, InterruptedException {
        Instant zero = Instant.now();
        List<String> batch = new ArrayList<>();
        Timeline.Due due = timeline.next();
        while (due.seconds() < 0) {
            batch.add(due.contact().event(due.step(), zero.plusMillis(Math.round(due.seconds() * 1000))));
            if (batch.size() == HISTORY_BATCH) {
                client.send(batch);
                batch.clear();
            }
            due = timeline.next();
        }
        if (!batch.isEmpty()) {
            client.send(batch);
        }
        return due;
    }

    /** Answers what was used from {@code warm} on. */
    private Server.Use play(Timeline.Due first, Disk disk, double warm, double end) throws IOException {
        Instant zero = Instant.now();
        long zeroNanos = System.nanoTime();
        CompletableFuture<Server.Use> before = new CompletableFuture<>();
        double nextMinute = warm + 60;
        for (Timeline.Due due = first; due.seconds() < end; due = timeline.next()) {
            long dueNanos = zeroNanos + Math.round(due.seconds() * 1e9);
            while (System.nanoTime() < dueNanos) {
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
            boolean counts = due.seconds() >= warm;
            if (counts && events == 0) {
                before.completeAsync(this::use);
                disk.count();
            }
            if (due.seconds() >= nextMinute) {
                nextMinute += 60;
                CompletableFuture.runAsync(() -> memory.add(use()));
            }
            send(due, zero.plusMillis(Math.round(due.seconds() * 1000)), dueNanos, counts);
        }
        return server.use().since(before.join());
    }

    private void send(Timeline.Due due, Instant at, long dueNanos, boolean counts) {
        if (due.isHangUp()) {
            hangUps.hungUp(due.contact(), counts);
        }
        if (counts) {
            events++;
            turns += due.step().type().equals("said") ? 1 : 0;
            contacts += due.isHangUp() ? 1 : 0;
        }
        var _ = client.send(due.contact().event(due.step(), at)).thenAccept(fault -> {
            if (counts) {
                requests.recordSince(dueNanos);
                fault.ifPresent(what -> failed.merge(what, 1, Integer::sum));
            }
        });
    }

    private Server.Use use() {
        try {
            return server.use();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
