package org.afterword.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.afterword.program.ProgramFolder;

/**
 * 10,000 windows that end in the same moment: how late each deadline takes effect, from when it was due until that was announced on the
 * stream. Once with the server up, and once with a server that is killed before and comes back after all of them were due.
 */
final class Deadlines {
    static final int WINDOWS = 10_000;

    /** The window of the queue {@code travel} in the demo's catalog; its wrap-ups are deferred when it ends. */
    private static final Duration WINDOW = Duration.ofSeconds(60);

    /** What a window gets at most for the time that the server was down; the setting's default. */
    private static final Duration MOST_CREDIT = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BATCH = 500;

    /**
     * @param late  one for each window
     * @param times how often a deadline took effect, over all windows
     */
    record Figures(Latencies late, int windows, int times) {}

    private final String name;
    private final Map<String, Integer> effective = new ConcurrentHashMap<>();
    private final AtomicInteger times = new AtomicInteger();
    private final Latencies late = new Latencies();
    private volatile Instant due = Instant.MAX;

    private Deadlines(String name) {
        this.name = name;
    }

    static Figures whileUp(Server server) throws IOException, InterruptedException {
        var deadlines = new Deadlines("up");
        try (var _ = Announcements.listen(server.client(), deadlines::heard)) {
            deadlines.due = deadlines.open(server.client()).plus(WINDOW);
            return deadlines.await();
        }
    }

    /** @param server is closed */
    static Figures afterAKill(Path checkout, ProgramFolder folder, Server server)
            throws IOException, InterruptedException {
        var deadlines = new Deadlines("down");
        Instant began;
        String position;
        try (var heard = Announcements.listen(server.client(), _ -> {})) {
            began = deadlines.open(server.client());
            position = heard.position();
        }
        server.process().kill();
        Instant killed = Instant.now();
        Duration credit = Duration.between(killed, began.plus(WINDOW));
        if (credit.isNegative() || credit.compareTo(MOST_CREDIT) > 0) {
            throw new IOException(
                    "opening %,d windows took too long: %s".formatted(WINDOWS, Duration.between(began, killed)));
        }
        // as long as the windows had to go, they get again; a little later nothing is left of them
        Instant over = began.plus(WINDOW).plus(credit);
        while (Instant.now().isBefore(over)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), over).toNanos());
        }
        try (var again = Server.start(checkout, folder)) {
            deadlines.due = Instant.now();
            try (var _ = Announcements.resume(again.client(), position, deadlines::heard)) {
                return deadlines.await();
            }
        }
    }

    private void heard(Announcements.Heard heard) {
        if (heard.type().equals("wrapup.deferred") && heard.interaction().startsWith(name)) {
            times.incrementAndGet();
            if (effective.merge(heard.wrapUp(), 1, Integer::sum) == 1) {
                late.record(Duration.between(due, Instant.now()));
            }
        }
    }

    /** Opens the windows; answers when their calls ended, which is the same moment for all. */
    private Instant open(Client client) throws IOException, InterruptedException {
        Instant ended = Instant.now();
        Instant began = ended.minusSeconds(60);
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            String byAgent = "{\"agentId\":\"%s-agent-%d\"}".formatted(name, i);
            batch.add(event(
                    i, "started", began, "{\"channel\":\"voice\",\"direction\":\"inbound\",\"queue\":\"travel\"}"));
            batch.add(event(i, "connected", began.plusSeconds(1), byAgent));
            batch.add(event(i, "ended", ended, "{\"endedBy\":\"customer\"}"));
            if (batch.size() >= BATCH - 3 || i == WINDOWS - 1) {
                client.send(batch);
                batch.clear();
            }
        }
        return ended;
    }

    private String event(int contact, String type, Instant at, String data) {
        return "{\"specversion\":\"1.0\",\"source\":\"/benchmarks\",\"id\":\"%1$s-%2$d/%3$s\",\"type\":\"interaction.%3$s\",\"subject\":\"%1$s-%2$d\",\"time\":\"%4$s\",\"data\":%5$s}"
                .formatted(name, contact, type, at, data);
    }

    private Figures await() {
        long end = System.nanoTime() + WINDOW.plus(PATIENCE).toNanos();
        while (effective.size() < WINDOWS && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        // a second time would follow soon
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        return new Figures(late, effective.size(), times.get());
    }
}
