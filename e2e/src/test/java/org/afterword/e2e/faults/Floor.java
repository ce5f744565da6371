package org.afterword.e2e.faults;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A floor at work: calls come in at random, are routed by the program's own reservations, talked through, held, shared and
 * handed on; agents then write their records, or do not. Connectors send what happens in batches, some of it late or twice.
 */
final class Floor implements AutoCloseable {
    static final String SOURCE = "/faults";

    private static final int LANES = 8;
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    /**
     * @param meanTalk of a call; the time between two calls follows from it, so that nearly all agents are busy
     */
    record Size(int agents, Duration meanTalk) {
        /** 2,000 agents and a mean handle time of 300 s; {@code -Dtests.agents=N} takes fewer. */
        static Size full() {
            return new Size(Integer.getInteger("tests.agents", 2000), Duration.ofSeconds(270));
        }

        /** As much happens in little time, with few people. */
        static Size small() {
            return new Size(60, Duration.ofSeconds(40));
        }

        double callsPerSecond() {
            return agents / (meanTalk.toSeconds() + 30.0);
        }

        /** At the beginning, so many are in a call. */
        int busy() {
            return (int) (agents * 0.9);
        }
    }

    private final Api api;
    private final Ledger ledger;
    private final Gate gate;
    private final Size size;
    private final long seed;
    private final List<Lane> lanes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger afterCalls = new AtomicInteger();
    private volatile boolean closing;
    private volatile boolean clocksAgree = true;

    Floor(Api api, Ledger ledger, Size size, long seed) {
        this.api = api;
        this.ledger = ledger;
        this.gate = new Gate(ledger);
        this.size = size;
        this.seed = seed;
        this.lanes =
                IntStream.range(0, LANES).mapToObj(_ -> new Lane(api, ledger)).toList();
    }

    /** The program's clock may differ from ours from now on: when it will end a window, we cannot tell. */
    void clocksDiffer() {
        clocksAgree = false;
    }

    /** Declares the work, has the records sent to {@code receiver}, and signs the agents in; most of them are in a call. */
    void open(Receiver receiver) {
        require(api.clear("PUT", "/api/v1/catalog", CATALOG));
        require(api.clear("POST", "/api/v1/webhooks", """
                        {"url": "%s", "events": ["wrapup.completed", "wrapup.deferred", "wrapup.expired"]}""".formatted(receiver.url())));
        lanes.forEach(threads::execute);
        var events = new ArrayList<CompletableFuture<Void>>();
        Instant now = Instant.now();
        for (int i = 0; i < size.agents(); i++) {
            String agent = "agent" + Words.of(i);
            events.add(send("in-" + agent, "agent.signed-in", agent, now.minusSeconds(60), "{}", i));
            events.add(send("ready-" + agent, "agent.ready", agent, now.minusSeconds(59), "{}", i));
        }
        CompletableFuture.allOf(events.toArray(CompletableFuture[]::new)).join();
        for (int i = 0; i < size.busy(); i++) {
            String agent = "agent" + Words.of(i);
            threads.execute(() -> play(call -> call.goOn(agent)));
        }
    }

    /** From now on calls come in. */
    void start() {
        threads.execute(() -> {
            try {
                var random = new Random(seed);
                while (!closing) {
                    Api.pause(exponential(random, 1 / size.callsPerSecond()));
                    threads.execute(() -> play(Call::comeIn));
                }
            } catch (Api.Ended e) {
                // the test is over
            }
        });
        threads.execute(() -> {
            try {
                while (!closing) {
                    Api.pause(ASK_EVERY);
                    ask();
                }
            } catch (Api.Ended e) {
                // the test is over
            }
        });
    }

    /** Calls stay as they are, nothing new comes; what was begun after a call is finished. */
    void closeDoors(BooleanSupplier patient) {
        closing = true;
        while (patient.getAsBoolean()
                && (afterCalls.get() > 0 || !lanes.stream().allMatch(Lane::isIdle))) {
            Api.pause(Duration.ofMillis(100));
        }
        if (afterCalls.get() > 0 || !lanes.stream().allMatch(Lane::isIdle)) {
            ledger.violated("%d agents could not finish their after-call work, %d of %d events are not taken"
                    .formatted(
                            afterCalls.get(),
                            ledger.sent().size() - ledger.accepted().size(),
                            ledger.sent().size()));
        }
    }

    /** What a run must have seen at least; far less than what such a floor does within a minute, also on a slow machine. */
    Books.Least leastHappened() {
        int some = Math.max(1, size.agents() / 200);
        return new Books.Least(some, some, size.agents() >= 1000 ? 1 : 0);
    }

    int calls() {
        return calls.get();
    }

    /** How many agents the program has named as free, each of them checked. */
    long named() {
        return gate.questions();
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the load does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whom the gate lets through, asked now and then. */
    private void ask() {
        long askedAt = System.nanoTime();
        try {
            Api.Answer answer = api.once("GET", "/api/v1/routing/eligible?channel=voice&queue=own", null);
            if (answer.isOk()) {
                for (JsonNode agent : answer.body().path("items")) {
                    gate.named(agent.path("agentId").asString(), askedAt, "the list of the eligible");
                }
            }
        } catch (IOException e) {
            // nobody was named
        }
    }

    private interface Part {
        void of(Call call);
    }

    private void play(Part part) {
        try {
            part.of(new Call(calls.incrementAndGet()));
        } catch (Api.Ended e) {
            // the test is over
        } catch (RuntimeException e) {
            ledger.violated("the test itself failed: " + e);
        }
    }

    private CompletableFuture<Void> send(String id, String type, String subject, Instant time, String data, int lane) {
        // where clocks differ, it happened when it came in
        String at = clocksAgree ? ",\"time\":\"%s\"".formatted(time) : "";
        String json = """
                {"specversion":"1.0","id":"%s","source":"%s","type":"%s","subject":"%s"%s,"data":%s}""".formatted(id, SOURCE, type, subject, at, data);
        return lanes.get(Math.floorMod(lane, LANES)).put(id, json);
    }

    private static void require(Api.Answer answer) {
        if (!answer.isOk()) {
            throw new IllegalStateException("refused: " + answer);
        }
    }

    private static Duration exponential(Random random, double meanSeconds) {
        return Duration.ofMillis(Math.round(-Math.log(1 - random.nextDouble()) * meanSeconds * 1000));
    }

    /** What a policy does at the end of its window, and how long that is. */
    private enum Queue {
        OWN(null),
        EXPIRE(Duration.ofSeconds(12)),
        DEFER(Duration.ofSeconds(12)),
        OVERDUE(Duration.ofSeconds(12));

        private final @Nullable Duration window;

        Queue(@Nullable Duration window) {
            this.window = window;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String CATALOG = """
            callTypes: [{code: ANY, label: Any, description: Whatever it is about., complexity: LOW}]
            dispositions: [{code: RESOLVED, label: Resolved, description: The customer agreed that it works.}]
            queues:
              - {code: own, label: The agent ends it}
              - {code: expire, label: Closed at the deadline}
              - {code: defer, label: Owed at the deadline}
              - {code: overdue, label: Held beyond the deadline}
            policies:
              - {code: every, label: Every contact, settings: {deferrable: true, requiredParts: [/disposition], noResponseSeconds: 0}}
              - {code: own, label: Own, when: {queue: own}, settings: {mode: DISCRETIONARY, targetSeconds: 30}}
              - {code: expire, label: Expire, when: {queue: expire}, settings: {mode: TIMEBOXED, windowSeconds: 12, graceSeconds: 2, atDeadline: EXPIRE}}
              - {code: defer, label: Defer, when: {queue: defer}, settings: {mode: TIMEBOXED, windowSeconds: 12, atDeadline: DEFER, deferDueSeconds: 86400}}
              - {code: overdue, label: Overdue, when: {queue: overdue}, settings: {mode: TIMEBOXED, windowSeconds: 12, graceSeconds: 1, atDeadline: OVERDUE,
                 extensions: {count: 2, seconds: 10, reasonRequired: false}}}
            """;

    /** One call, from the first ring to the last record, as its number decides. */
    private final class Call {
        private static final int TURNS = 20;

        private final int number;
        private final String id;
        private final Random random;
        private final Queue queue;
        private final Duration talk;
        private int events;

        Call(int number) {
            this.number = number;
            this.id = "call-" + Words.of(number);
            this.random = new Random(seed * 1_000_003 + number);
            this.queue = List.of(Queue.values()).get(random.nextInt(Queue.values().length));
            double seconds =
                    Math.clamp(exponential(random, size.meanTalk().toSeconds()).toSeconds(), 6, 900);
            this.talk = Duration.ofSeconds((long) seconds);
        }

        /** Was connected before the test looked. */
        void goOn(String agent) {
            begin();
            talk(agent);
        }

        void comeIn() {
            begin();
            String agent = reserve(id);
            if (agent == null) {
                var _ = now("interaction.abandoned", "{\"reason\":\"nobody free\"}");
                return;
            }
            talk(agent);
        }

        private void begin() {
            sometimesLate(
                    "interaction.started",
                    "{\"channel\":\"voice\",\"direction\":\"inbound\",\"queue\":\"%s\",\"customer\":{\"id\":\"c%s\"}}"
                            .formatted(queue.code(), Words.of(number)));
        }

        private @Nullable String reserve(String key) {
            if (closing) {
                return null;
            }
            long askedAt = System.nanoTime();
            Api.Answer answer = api.clear(
                    "POST",
                    "/api/v1/routing/reservations",
                    "{\"channel\":\"voice\",\"queue\":\"%s\",\"interactionId\":\"%s\",\"ttlSeconds\":90}"
                            .formatted(queue.code(), key));
            if (answer.status() == 409) {
                return null;
            }
            require(answer);
            String agent = answer.text("agentId");
            gate.named(agent, askedAt, "a reservation");
            if (clocksAgree) {
                // counted from when it was made: the answer to an earlier try may have been lost
                Duration left = Duration.between(Instant.now(), Instant.parse(answer.text("expiresAt")));
                gate.heldFor(agent, left.minusSeconds(2), "reserved for " + key);
            }
            sometimesLate("interaction.offered", "{\"agentId\":\"%s\"}".formatted(agent));
            return agent;
        }

        private void connect(String agent, String role) {
            ledger.legBegan(id, agent);
            now("interaction.connected", "{\"agentId\":\"%s\",\"role\":\"%s\"}".formatted(agent, role))
                    .join();
            gate.held(agent, "in " + id);
        }

        private void talk(String first) {
            String agent = first;
            connect(agent, "primary");
            String conferring = null;
            String consulted = null;
            int shares = random.nextInt(100) < 20 ? 2 + random.nextInt(TURNS - 6) : -1;
            int way = random.nextInt(4);
            int holds = random.nextInt(100) < 30 ? random.nextInt(TURNS - 2) : -1;
            for (int turn = 0; turn < TURNS; turn++) {
                Api.pause(talk.dividedBy(TURNS));
                if (closing) {
                    return; // the call stays on
                }
                say(turn, agent);
                if (turn == holds) {
                    sometimesLate("interaction.held", "{\"agentId\":\"%s\"}".formatted(agent));
                } else if (turn == holds + 1 && holds >= 0) {
                    sometimesLate("interaction.resumed", "{\"agentId\":\"%s\"}".formatted(agent));
                }
                if (turn == TURNS - 3 && random.nextBoolean()) {
                    sometimesLate(
                            "interaction.action",
                            "{\"name\":\"order.change\",\"parameters\":{\"order\":\"%s\"},\"agentId\":\"%s\"}"
                                    .formatted(Words.of(number), agent));
                }
                if (turn == shares) {
                    String second = reserve(id + "~second");
                    if (second != null) {
                        switch (way) {
                            case 0 -> {
                                connect(second, "consult");
                                consulted = second;
                            }
                            case 1 -> {
                                connect(second, "conference");
                                conferring = second;
                            }
                            case 2 -> {
                                connect(second, "primary");
                                handOn(agent, second, "attended");
                                agent = second;
                            }
                            default -> {
                                handOn(agent, second, "blind");
                                connect(second, "primary");
                                agent = second;
                            }
                        }
                    }
                } else if (turn == shares + 3 && consulted != null) {
                    endLeg(consulted, now("interaction.left", "{\"agentId\":\"%s\"}".formatted(consulted)));
                    consulted = null;
                }
            }
            CompletableFuture<Void> end = now("interaction.ended", "{\"endedBy\":\"customer\"}");
            endLeg(agent, end);
            if (conferring != null) {
                endLeg(conferring, end);
            }
            if (consulted != null) {
                endLeg(consulted, end);
            }
        }

        private void handOn(String from, String to, String kind) {
            endLeg(
                    from,
                    now(
                            "interaction.transferred",
                            "{\"agentId\":\"%s\",\"toAgentId\":\"%s\",\"kind\":\"%s\"}".formatted(from, to, kind)));
        }

        private void endLeg(String agent, CompletableFuture<Void> end) {
            ledger.legEnded(id, agent);
            if (queue.window != null && queue != Queue.OVERDUE) {
                Duration least = clocksAgree ? queue.window.minusSeconds(2) : Duration.ZERO;
                gate.endsAfter(agent, least, "in the window after " + id);
            }
            afterCalls.incrementAndGet();
            long luck = random.nextLong();
            threads.execute(() -> {
                try {
                    end.join();
                    new AfterCall(id, agent, queue, new Random(luck)).work();
                    afterCalls.decrementAndGet();
                } catch (Api.Ended | CompletionException e) {
                    // the test is over
                } catch (RuntimeException e) {
                    ledger.violated("the test itself failed after %s: %s".formatted(id, e));
                }
            });
        }

        private void say(int turn, String agent) {
            ledger.said(id, turn + 1);
            sometimesLate(
                    "interaction.said",
                    "{\"turn\":%d,\"speaker\":\"%s\",\"text\":\"%s\",\"agentId\":\"%s\"}"
                            .formatted(turn, turn % 2 == 0 ? "customer" : "agent", Words.said(id, turn), agent));
        }

        private CompletableFuture<Void> now(String type, String data) {
            return send(nextId(), type, id, Instant.now(), data, number);
        }

        /** What no order depends on comes late now and then, and now and then twice. */
        private void sometimesLate(String type, String data) {
            String event = nextId();
            Instant time = Instant.now();
            int luck = random.nextInt(100);
            Duration late = Duration.ofMillis(random.nextInt(4000));
            if (luck >= 4) {
                var _ = send(event, type, id, time, data, number);
            }
            if (luck < 8) {
                threads.execute(() -> {
                    try {
                        Api.pause(late);
                        var _ = send(event, type, id, time, data, number);
                    } catch (Api.Ended e) {
                        // the test is over
                    }
                });
            }
        }

        private String nextId() {
            return id + "-" + events++;
        }
    }

    /** What an agent does about one wrap-up, or leaves to the deadline. */
    private final class AfterCall {
        private final String agent;
        private final Queue queue;
        private final Random random;
        private final String wrapUp;
        private int texts;

        AfterCall(String call, String agent, Queue queue, Random random) {
            this.agent = agent;
            this.queue = queue;
            this.random = random;
            JsonNode found = api.clear(
                            "GET", "/api/v1/wrap-ups?interactionId=%s&agentId=%s".formatted(call, agent), null)
                    .body()
                    .path("items");
            if (found.size() != 1) {
                throw new IllegalStateException("%s has %d wrap-ups of %s".formatted(agent, found.size(), call));
            }
            this.wrapUp = found.path(0).path("id").asString();
        }

        void work() {
            int luck = random.nextInt(100);
            think(2, 6);
            if (luck < 35) {
                confirm();
            } else if (luck < 43) {
                type();
                think(1, 2);
                confirm();
            } else if (luck < 51) {
                if (confirm()) {
                    reopen();
                }
            } else if (luck < 58) {
                defer();
                think(2, 4);
                confirm();
            } else if (luck < 70) {
                type();
                letPass();
            } else if (luck < 78 && queue == Queue.OVERDUE) {
                extend();
                think(1, 4);
                confirm();
            } else {
                letPass();
            }
        }

        /** The deadline does what it does. Where it frees nobody, the agent confirms in the end. */
        private void letPass() {
            if (queue == Queue.OVERDUE) {
                think(15, 20);
                confirm();
            } else if (queue == Queue.OWN) {
                confirm();
            }
        }

        private void think(int from, int to) {
            Api.pause(Duration.ofMillis(from * 1000L + random.nextInt((to - from) * 1000)));
        }

        private JsonNode look() {
            Api.Answer answer = api.clear("GET", "/api/v1/wrap-ups/" + wrapUp, null);
            require(answer);
            return answer.body();
        }

        private void type() {
            while (true) {
                JsonNode seen = look();
                String text = nextText();
                Api.Cleared typed = api.clearAs(
                        agent,
                        "PATCH",
                        "/api/v1/wrap-ups/" + wrapUp,
                        "{\"record\":{\"summary\":\"%s\"}}".formatted(text),
                        seen.path("version").asLong());
                switch (typed.answer().status()) {
                    case 200 -> {
                        ledger.typed(wrapUp, text);
                        return;
                    }
                    case 412 -> {
                        if (look().path("record").path("summary").asString("").equals(text)) {
                            ledger.typed(wrapUp, text); // the answer to an earlier try was lost
                            return;
                        }
                    }
                    case 409 -> {
                        return; // closed meanwhile
                    }
                    default -> throw new IllegalStateException("a PATCH was answered " + typed.answer());
                }
            }
        }

        /** Answers whether it is confirmed; it is not where the deadline was faster. */
        private boolean confirm() {
            while (true) {
                JsonNode seen = look();
                String text = nextText();
                gate.released(agent);
                boolean owed = seen.path("status").asString().equals("DEFERRED");
                Api.Cleared done = api.clearAs(
                        agent,
                        "POST",
                        "/api/v1/wrap-ups/" + wrapUp + "/completion",
                        "{\"record\":{\"summary\":\"%s\",\"disposition\":\"RESOLVED\"}%s}"
                                .formatted(text, owed ? "" : ",\"next\":\"AVAILABLE\""),
                        seen.path("version").asLong());
                switch (done.answer().status()) {
                    case 200 -> {
                        ledger.completed(
                                wrapUp,
                                done.answer()
                                        .body()
                                        .path("record")
                                        .path("summary")
                                        .asString(""));
                        if (!done.answer()
                                .body()
                                .path("record")
                                .path("summary")
                                .asString("")
                                .equals(text)) {
                            ledger.violated("completion of %s answered with another text".formatted(wrapUp));
                        }
                        return true;
                    }
                    case 412 -> {}
                    case 409 -> {
                        String status = look().path("status").asString();
                        if (!status.equals("EXPIRED")) {
                            ledger.violated("completion of %s (%s) was answered %s".formatted(wrapUp, status, done));
                        }
                        return false;
                    }
                    default -> throw new IllegalStateException("a completion was answered " + done.answer());
                }
            }
        }

        private void reopen() {
            Api.Cleared taken = api.clearAs(agent, "POST", "/api/v1/wrap-ups/" + wrapUp + "/reopening", null, null);
            JsonNode now = look();
            String status = now.path("status").asString();
            if (taken.answer().isOk() || !status.equals("COMPLETED")) {
                ledger.reopened(wrapUp);
                think(1, 2);
                confirm();
            }
        }

        private void defer() {
            gate.released(agent);
            Api.Cleared owed = api.clearAs(
                    agent,
                    "POST",
                    "/api/v1/wrap-ups/" + wrapUp + "/deferral",
                    "{\"reason\":\"later\",\"owner\":\"agent\"}",
                    null);
            if (owed.answer().isOk()) {
                ledger.deferredByAgent(wrapUp);
            }
        }

        private void extend() {
            api.clearAs(agent, "POST", "/api/v1/wrap-ups/" + wrapUp + "/extensions", "{}", null);
        }

        private String nextText() {
            return "Record of %s, text %s.".formatted(wrapUp, Words.of(texts++));
        }
    }
}
