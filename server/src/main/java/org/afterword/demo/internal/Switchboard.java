package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.afterword.demo.internal.ApiClient.Answer;
import org.afterword.demo.internal.Conversation.DesktopAction;
import org.afterword.demo.internal.Conversation.Speaker;
import org.afterword.demo.internal.Conversation.Turn;
import org.afterword.platform.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays the telephone system: customers call, wait, are offered to whoever the product says may be offered work, talk and hang
 * up. A person at the desk gets a call as soon as they are available; everybody else takes turns.
 */
final class Switchboard {
    private static final String RESERVATIONS = "/api/v1/routing/reservations";

    /** Of talk, on average. */
    private static final double BETWEEN_CALLS_SECONDS = 18;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration RING = Duration.ofMillis(1500);
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration BETWEEN_QUEUE_REPORTS = Duration.ofSeconds(15);
    private static final int LONGEST_LINE = 5;

    /** So many first calls are talked through in a share of their time, so that reports are not empty at the first look. */
    private static final int FIRST_CALLS = 11;

    private static final double FIRST_CALLS_SHARE = 1 / 6.0;

    private record Call(String id, Conversation conversation, Instant since) {}

    /** What is going on, for people; {@code finished} counts since the start. */
    record Status(int waiting, int talking, int finished) {}

    private final ApiClient.Session api;
    private final EventFeed events;
    private final Agenda agenda;
    private final Deck deck;
    private final DemoFolder folder;
    private final SimulatedAgents simulated;
    private final Set<String> humans;
    private final Random random;
    private final List<Call> waiting = new CopyOnWriteArrayList<>();
    private final Set<String> ringing = new HashSet<>();
    private final Map<String, String> lastQueue = new HashMap<>();
    private int hurried;
    private volatile int talking;
    private volatile int finished;

    /** @param humans ids of the agents that are left to people */
    Switchboard(
            ApiClient.Session api,
            Agenda agenda,
            Deck deck,
            DemoFolder folder,
            SimulatedAgents simulated,
            Set<String> humans,
            WallClock clock,
            Random random) {
        this.api = api;
        this.events = new EventFeed(api, clock);
        this.agenda = agenda;
        this.deck = deck;
        this.folder = folder;
        this.simulated = simulated;
        this.humans = humans;
        this.random = random;
    }

    /** May be asked by any thread. */
    Status status() {
        return new Status(waiting.size(), talking, finished);
    }

    /** @param hurryAtFirst whether there is no history yet */
    void open(boolean hurryAtFirst) {
        hurried = hurryAtFirst ? FIRST_CALLS : 0;
        for (int i = 0; i < hurried; i++) {
            agenda.after(LOOK_AGAIN.multipliedBy(i), this::customerCalls);
        }
        agenda.afterTalk(Duration.ofSeconds(4), this::nextCustomerCalls);
        agenda.after(LOOK_AGAIN, this::lookAfterHumans);
        agenda.after(LOOK_AGAIN, this::lookAfterLine);
        agenda.after(BETWEEN_QUEUE_REPORTS, this::reportQueues);
    }

    // --- customers call

    private void nextCustomerCalls() throws InterruptedException {
        double share = Math.min(4, -Math.log(1 - random.nextDouble()));
        agenda.afterTalk(seconds(share * BETWEEN_CALLS_SECONDS), this::nextCustomerCalls);
        customerCalls();
    }

    private void customerCalls() throws InterruptedException {
        if (waiting.size() < LONGEST_LINE) {
            waiting.add(start(deck.take()));
            serveLine();
        }
    }

    private Call start(Conversation conversation) throws InterruptedException {
        var call = new Call("call-%05d".formatted(folder.nextCall()), conversation, agenda.now());
        ObjectNode data = Json.object()
                .put("channel", "voice")
                .put("direction", "inbound")
                .put("queue", conversation.queue());
        data.set("customer", Json.tree(conversation.customer()));
        send(call, "started", data);
        return call;
    }

    // --- and wait

    private void lookAfterLine() throws InterruptedException {
        agenda.after(LOOK_AGAIN, this::lookAfterLine);
        for (Call call : List.copyOf(waiting)) {
            if (waited(call).compareTo(PATIENCE) > 0) {
                waiting.remove(call);
                send(call, "abandoned", Json.object().put("reason", "hung up while waiting"));
            }
        }
        serveLine();
    }

    private void serveLine() throws InterruptedException {
        for (Call call : List.copyOf(waiting)) {
            Optional<String> agent = reserve(call);
            if (agent.isPresent()) {
                waiting.remove(call);
                offer(call, agent.get());
            }
        }
    }

    /** Whom the product reserves for the call; empty while nobody may be offered it. */
    private Optional<String> reserve(Call call) throws InterruptedException {
        Answer answer = api.post(
                RESERVATIONS,
                Json.object()
                        .put("channel", "voice")
                        .put("queue", call.conversation().queue())
                        .put("interactionId", call.id())
                        .put("ttlSeconds", 30));
        if (answer.status() == 409) {
            return Optional.empty();
        }
        JsonNode reservation = Refused.unlessOk("the reservation", answer).body();
        String agent = reservation.path("agentId").asString();
        if (ringing.contains(agent) || !isNewFor(agent, call.conversation())) {
            api.delete(RESERVATIONS + "/" + reservation.path("id").asString());
            return Optional.empty();
        }
        return Optional.of(agent);
    }

    private void reportQueues() throws InterruptedException {
        agenda.after(BETWEEN_QUEUE_REPORTS, this::reportQueues);
        for (String queue : deck.queues()) {
            List<Duration> waits = waiting.stream()
                    .filter(call -> call.conversation().queue().equals(queue))
                    .map(this::waited)
                    .toList();
            long longest = waits.stream().mapToLong(Duration::toSeconds).max().orElse(0);
            events.sendNow(
                    "queue.status",
                    queue,
                    Json.object().put("waiting", waits.size()).put("longestWaitSeconds", longest));
        }
    }

    // --- a person at the desk

    private void lookAfterHumans() throws InterruptedException {
        agenda.after(LOOK_AGAIN, this::lookAfterHumans);
        for (String human : humans) {
            if (!ringing.contains(human) && isAvailable(human)) {
                offer(start(deck.take(conversation -> isNewFor(human, conversation))), human);
            }
        }
    }

    private boolean isAvailable(String agent) throws InterruptedException {
        return api.get("/api/v1/agents/" + agent)
                .body()
                .path("state")
                .asString("")
                .equals("AVAILABLE");
    }

    /** A person gets something else than the last time: from another queue, and so with another reason. */
    private boolean isNewFor(String agent, Conversation conversation) {
        return !humans.contains(agent) || !conversation.queue().equals(lastQueue.get(agent));
    }

    // --- until they talk

    private void offer(Call call, String agent) throws InterruptedException {
        send(call, "offered", Json.object().put("agentId", agent));
        ringing.add(agent);
        agenda.after(RING, () -> answer(call, agent));
    }

    private void answer(Call call, String agent) throws InterruptedException {
        ringing.remove(agent);
        if (humans.contains(agent) && !isAvailable(agent)) {
            send(call, "missed", Json.object().put("agentId", agent).put("reason", "not answered"));
            waiting.add(call);
            return;
        }
        lastQueue.put(agent, call.conversation().queue());
        send(call, "connected", Json.object().put("agentId", agent));
        talking++;
        talk(call, agent, shareOfTime(agent));
    }

    private double shareOfTime(String agent) {
        if (hurried > 0 && !humans.contains(agent)) {
            hurried--;
            return FIRST_CALLS_SHARE;
        }
        return 1;
    }

    /** @param share of the time that the talk took, which the replay takes */
    private void talk(Call call, String agent, double share) {
        Conversation conversation = call.conversation();
        for (int i = 0; i < conversation.turns().size(); i++) {
            int number = i;
            Turn turn = conversation.turns().get(i);
            agenda.afterTalk(seconds(turn.endSeconds() * share), () -> say(call, agent, number, turn));
        }
        for (int i = 0; i < conversation.actions().size(); i++) {
            int number = i;
            DesktopAction action = conversation.actions().get(i);
            agenda.afterTalk(seconds(action.atSeconds() * share), () -> act(call, agent, number, action));
        }
        agenda.afterTalk(seconds(conversation.seconds() * share), () -> hangUp(call, agent));
    }

    private void say(Call call, String agent, int number, Turn turn) throws InterruptedException {
        ObjectNode data = Json.object().put("turn", number);
        data.set("speaker", Json.tree(turn.speaker()));
        data.put("text", turn.text()).put("startSeconds", turn.startSeconds()).put("endSeconds", turn.endSeconds());
        if (turn.speaker() == Speaker.AGENT) {
            data.put("agentId", agent);
        }
        send(call, "said", "said/" + number, data);
    }

    private void act(Call call, String agent, int number, DesktopAction action) throws InterruptedException {
        ObjectNode data = Json.object().put("name", action.name()).put("agentId", agent);
        data.set("parameters", Json.tree(action.parameters()));
        send(call, "action", "action/" + number, data);
    }

    private void hangUp(Call call, String agent) throws InterruptedException {
        talking--;
        String recording = call.conversation().recording();
        if (recording != null) {
            ObjectNode data = Json.object().put("file", recording);
            data.putObject("channels").put("0", "agent").put("1", "customer");
            send(call, "recorded", data);
        }
        send(call, "ended", Json.object().put("endedBy", "customer"));
        finished++;
        if (!humans.contains(agent)) {
            simulated.wrapUp(agent, call.id(), deck.truth(call.conversation()));
        }
    }

    private void send(Call call, String what, JsonNode data) throws InterruptedException {
        send(call, what, what, data);
    }

    private void send(Call call, String what, String id, JsonNode data) throws InterruptedException {
        events.send(call.id() + "/" + id, "interaction." + what, call.id(), data);
    }

    private Duration waited(Call call) {
        return Duration.between(call.since(), agenda.now());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
