package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicyRule;
import org.afterword.conversation.Channel;
import org.afterword.conversation.EventIntake.Receipt;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.desk.Reservation;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState.Owner;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.OverrideAction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of many that act at once: a switch, agents and supervisors in turn, each time at any of the servers. It connects nobody whom it has
 * not reserved, so nothing that it does may pass the gate. Refusals that somebody who was faster explains are taken; everything else
 * ends it.
 */
final class RacingClient implements Callable<Void> {
    /** What clients share: whom they act on, and what they got. */
    static final class Race {
        private static final int RECENT = 16;

        final List<WrapUpFixture> servers;
        final Map<AgentId, Integer> capacities;
        final Map<String, LongAdder> done = new ConcurrentHashMap<>();
        final ConcurrentLinkedQueue<Write> writes = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedDeque<Call> on = new ConcurrentLinkedDeque<>();
        private final ConcurrentLinkedDeque<String> recent = new ConcurrentLinkedDeque<>();
        private final ConcurrentLinkedQueue<JsonNode> again = new ConcurrentLinkedQueue<>();
        private final Map<AgentId, ReadWriteLock> lines = new ConcurrentHashMap<>();
        private final AtomicInteger names = new AtomicInteger();
        private final AtomicInteger left;

        /** A few for each operation, so that what runs beside the clients does not take their processors. */
        final Semaphore sweeps = new Semaphore(0);

        final Semaphore looks = new Semaphore(0);

        Race(List<WrapUpFixture> servers, Map<AgentId, Integer> capacities, int operations) {
            this.servers = List.copyOf(servers);
            this.capacities = Map.copyOf(capacities);
            this.left = new AtomicInteger(operations);
        }

        /** A switch tells what befalls an agent in its order: nobody signs out while something that was before is on its way. */
        private ReadWriteLock line(AgentId agent) {
            return lines.computeIfAbsent(agent, id -> new ReentrantReadWriteLock());
        }

        private void count(String what) {
            done.computeIfAbsent(what, name -> new LongAdder()).increment();
        }

        long count(Set<String> what) {
            return what.stream()
                    .mapToLong(name -> done.getOrDefault(name, new LongAdder()).sum())
                    .sum();
        }

        /** Letters alone: digits might be masked. */
        private String word() {
            var word = new StringBuilder("w-");
            for (int n = names.incrementAndGet(); n > 0; n /= 26) {
                word.append((char) ('a' + n % 26));
            }
            return word.toString();
        }

        private void began(String call) {
            recent.addFirst(call);
            if (recent.size() > RECENT) {
                recent.pollLast();
            }
        }
    }

    /** A contact that is on. */
    record Call(String id, Channel channel, AgentId agent) {}

    /** A text that was accepted as a part of a record, which has this version since. */
    record Write(WrapUpId wrapUp, long version, String part, String text) {}

    static final Caller SWITCH = new Caller(TENANT, "token:switch", "Switch", Role.INTEGRATION, null);
    static final List<String> QUEUES = List.of("deferring", "overdue", "fixed", "requested");

    private static final List<String> TEXTS = List.of("summary", "issue", "resolutionText");
    private static final int MOST_TRIES = 5;
    private static final Duration HOLD = Duration.ofMinutes(2);
    private static final Duration TIME_TO_CONNECT = Duration.ofMinutes(1);
    private static final int LONGEST_STEP_MILLIS = 200;
    private static final int OPERATIONS_PER_SWEEP = 10;

    /** What may be said to somebody who was not the first. */
    private static final Set<ProblemType> EXPECTED = EnumSet.of(
            ProblemType.NOBODY_ELIGIBLE, ProblemType.STALE, ProblemType.CONFLICT, ProblemType.RECORD_INCOMPLETE);

    private final Race race;
    private final Random random;

    RacingClient(Race race, long seed) {
        this.race = race;
        this.random = new Random(seed);
    }

    /** Four ways in which a window ends; how long it is changes with every change of the catalog. */
    static PolicyRule[] policies(int seconds) {
        return new PolicyRule[] {
            policy("deferring", "TIMEBOXED", "DEFER", seconds),
            policy("overdue", "TIMEBOXED", "OVERDUE", seconds),
            policy("fixed", "TIMEBOXED_FIXED", "EXPIRE", seconds),
            policy("requested", "ON_REQUEST", "DEFER", seconds)
        };
    }

    private static PolicyRule policy(String queue, String mode, String atDeadline, int seconds) {
        return APolicy.of(
                queue,
                "{'queue': '%s'}".formatted(queue),
                "{'mode': '%s', 'atDeadline': '%s', 'windowSeconds': %d, 'deferrable': true, 'noResponseSeconds': 0, 'extensions': {'count': 2, 'seconds': 5, 'reasonRequired': false}}"
                        .formatted(mode, atDeadline, seconds));
    }

    @Override
    public Void call() {
        for (int left = race.left.getAndDecrement(); left > 0; left = race.left.getAndDecrement()) {
            race.looks.release();
            if (left % OPERATIONS_PER_SWEEP == 0) {
                race.sweeps.release(race.servers.size());
            }
            server().clock.advance(Duration.ofMillis(random.nextInt(LONGEST_STEP_MILLIS)));
            try {
                act(random.nextInt(100));
            } catch (ProblemException refusal) {
                if (!EXPECTED.contains(refusal.type())) {
                    throw refusal;
                }
                race.count(refusal.type().name());
            }
        }
        return null;
    }

    private WrapUpFixture server() {
        return race.servers.get(random.nextInt(race.servers.size()));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void act(int what) {
        if (what < 20) {
            offer();
        } else if (what < 36) {
            hangUp();
        } else if (what < 42) {
            transfer();
        } else if (what < 45) {
            sendAgain();
        } else if (what < 50) {
            want();
        } else if (what < 52) {
            request();
        } else if (what < 53) {
            server().policy(policies(12 + random.nextInt(6)));
            race.count("catalog");
        } else {
            wrapUp(what);
        }
    }

    private void offer() {
        String call = race.word();
        Channel channel = random.nextInt(3) == 0 ? Channel.VOICE : Channel.CHAT;
        String queue = any(QUEUES);
        Reservation reserved = server().routing.reserve(SWITCH, new InteractionId(call), channel, queue, HOLD);
        race.count("reserved");
        if (random.nextInt(8) == 0 || isRunningOut(reserved)) {
            server().routing.cancel(SWITCH, reserved.id());
            return;
        }
        Lock line = race.line(reserved.agent()).readLock();
        line.lock();
        try {
            Instant now = server().clock.instant();
            send(
                    event(
                            "interaction.started",
                            call,
                            now,
                            "{'channel': '%s', 'direction': 'inbound', 'queue': '%s'}"
                                    .formatted(channel.name().toLowerCase(Locale.ROOT), queue)),
                    event("interaction.connected", call, now, "{'agentId': '%s'}".formatted(reserved.agent())));
        } finally {
            line.unlock();
        }
        race.began(call);
        race.on.add(new Call(call, channel, reserved.agent()));
    }

    private boolean isRunningOut(Reservation reserved) {
        return !reserved.isLive(server().clock.instant().plus(TIME_TO_CONNECT));
    }

    private void hangUp() {
        Call call = race.on.poll();
        if (call == null) {
            return;
        }
        if (random.nextBoolean()) {
            // so that who hangs up is not always who began first
            race.on.add(call);
            call = race.on.poll();
        }
        if (call != null) {
            end(call);
        }
    }

    void end(Call call) {
        Lock line = race.line(call.agent()).readLock();
        line.lock();
        try {
            JsonNode ended =
                    event("interaction.ended", call.id(), server().clock.instant(), "{}");
            if (random.nextInt(4) == 0) {
                race.again.add(ended);
            }
            send(ended);
        } finally {
            line.unlock();
        }
        race.count("ended");
    }

    /** The same event once more, perhaps at another server while the first is still at it. */
    private void sendAgain() {
        JsonNode event = race.again.poll();
        if (event != null) {
            send(event);
            race.count("sent again");
        }
    }

    private void transfer() {
        Call call = race.on.poll();
        if (call == null) {
            return;
        }
        Reservation reserved;
        try {
            reserved =
                    server().routing.reserve(SWITCH, new InteractionId(call.id()), call.channel(), any(QUEUES), HOLD);
        } catch (ProblemException nobody) {
            race.on.add(call);
            throw nobody;
        }
        if (reserved.agent().equals(call.agent()) || isRunningOut(reserved)) {
            server().routing.cancel(SWITCH, reserved.id());
            race.on.add(call);
            return;
        }
        List<Lock> lines = List.of(call.agent(), reserved.agent()).stream()
                .sorted()
                .map(agent -> race.line(agent).readLock())
                .toList();
        lines.forEach(Lock::lock);
        try {
            Instant now = server().clock.instant();
            send(
                    event("interaction.connected", call.id(), now, "{'agentId': '%s'}".formatted(reserved.agent())),
                    event(
                            "interaction.transferred",
                            call.id(),
                            now,
                            "{'agentId': '%s', 'kind': 'blind', 'toAgentId': '%s'}"
                                    .formatted(call.agent(), reserved.agent())));
        } finally {
            lines.forEach(Lock::unlock);
        }
        race.on.add(new Call(call.id(), call.channel(), reserved.agent()));
        race.count("transferred");
    }

    private void want() {
        AgentId agent = any(race.capacities.keySet().stream().sorted().toList());
        int what = random.nextInt(10);
        if (what == 0) {
            Lock line = race.line(agent).writeLock();
            line.lock();
            try {
                want(agent, AgentState.OFFLINE, false);
            } finally {
                line.unlock();
            }
        } else if (what == 1) {
            want(agent, AgentState.NOT_READY, random.nextBoolean());
        } else {
            want(agent, AgentState.AVAILABLE, what == 2);
        }
    }

    private void want(AgentId agent, AgentState state, boolean afterWrapUp) {
        String reason = state == AgentState.NOT_READY ? "BREAK" : null;
        server().wrapUps.want(SAM, agent, new NextState(state, reason), afterWrapUp);
        race.count("wanted");
    }

    private void request() {
        AgentId agent = any(race.capacities.keySet().stream().sorted().toList());
        server().wrapUps.request(SAM, agent);
        race.count("requested");
    }

    private void wrapUp(int what) {
        List<String> calls = List.copyOf(race.recent);
        if (calls.isEmpty()) {
            return;
        }
        List<WrapUpView> found = server().wrapUps
                .list(SAM, null, new InteractionId(any(calls)), null, null, null, null, 10)
                .items();
        if (found.isEmpty()) {
            return;
        }
        WrapUpView seen = any(found);
        WrapUpId id = seen.id();
        WrapUps wrapUps = server().wrapUps;
        Caller agent = new Caller(TENANT, "user:" + seen.agentId(), "Agent", Role.AGENT, seen.agentId());
        if (what < 68) {
            patch(agent, seen);
        } else if (what < 83) {
            complete(agent, seen);
        } else if (what < 87) {
            wrapUps.reopen(agent, id);
            race.count("reopened");
        } else if (what < 91) {
            wrapUps.extend(agent, id, null);
            race.count("extended");
        } else if (what < 95) {
            wrapUps.defer(agent, id, new WrapUps.Deferral(any(List.of(Owner.AGENT, Owner.BACK_OFFICE)), null, "later"));
            race.count("deferred");
        } else if (what < 96) {
            wrapUps.input(agent, id);
        } else {
            override(wrapUps, id);
        }
    }

    private void override(WrapUps wrapUps, WrapUpId id) {
        wrapUps.override(
                SAM,
                id,
                any(List.of(
                        new WrapUps.Intervention(OverrideAction.EXTEND, "a race", 5, null),
                        new WrapUps.Intervention(
                                OverrideAction.REASSIGN,
                                "a race",
                                null,
                                any(race.capacities.keySet().stream().sorted().toList())),
                        WrapUps.Intervention.of(OverrideAction.DEFER, "a race"),
                        WrapUps.Intervention.of(OverrideAction.END, "a race"))));
        race.count("overridden");
    }

    private void patch(Caller agent, WrapUpView seen) {
        String part = any(TEXTS);
        String text = race.word();
        long version = seen.version();
        for (int attempt = 1; ; attempt++) {
            try {
                WrapUpView patched = server().wrapUps
                        .patch(agent, seen.id(), version, Json.object().put(part, text));
                race.writes.add(new Write(seen.id(), patched.version(), part, text));
                race.count("patched");
                return;
            } catch (ProblemException refusal) {
                if (refusal.type() != ProblemType.STALE || attempt == MOST_TRIES) {
                    throw refusal;
                }
                race.count("STALE, tried again");
                version = Long.parseLong(String.valueOf(refusal.members().get("version")));
            }
        }
    }

    /** Now and then with nothing of its own, so that a repeat is answered as the first was. */
    private void complete(Caller agent, WrapUpView seen) {
        if (random.nextInt(4) == 0) {
            server().wrapUps
                    .complete(agent, seen.id(), seen.version(), new WrapUps.Completion(null, List.of(), null, null));
            race.count("confirmed, perhaps again");
            return;
        }
        String text = race.word();
        ObjectNode record = Json.object().put("disposition", "DONE").put("summary", text);
        WrapUpView completed = server().wrapUps
                .complete(agent, seen.id(), seen.version(), new WrapUps.Completion(record, List.of(), null, null));
        race.writes.add(new Write(seen.id(), completed.version(), "summary", text));
        race.count("confirmed");
    }

    private JsonNode event(String type, String subject, Instant at, String data) {
        return Json.object()
                .put("specversion", "1.0")
                .put("id", "e" + race.names.incrementAndGet())
                .put("source", "/races")
                .put("type", type)
                .put("subject", subject)
                .put("time", at.toString())
                .set("data", Json.read(data.replace('\'', '"')));
    }

    private void send(JsonNode... events) {
        Receipt receipt = server().take(events);
        if (!receipt.rejected().isEmpty()) {
            throw new IllegalStateException("set aside: " + receipt.rejected());
        }
    }
}
