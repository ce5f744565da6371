package org.afterword.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program, killed with -9 in the middle: what it accepted is there once, and leaves once. */
class KillTest {
    private static final int CALLS = 40;
    private static final int TURNS = 6;
    private static final int KILLED_AFTER = 15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    final DataFolder data = new DataFolder();

    private final AtomicReference<AfterwordProcess> server = new AtomicReference<>();
    private final AtomicReference<URI> address = new AtomicReference<>();
    private final Contacts contacts = new Contacts(address::get);

    @AfterEach
    void endTheServer() {
        running().close();
    }

    @Test
    void everythingThatWasAcceptedIsThereOnceAndIsDeliveredOnce() throws Exception {
        start();
        requireJsonLines();

        // a connector sends calls one after another, repeats what was not answered, and the server dies under it twice
        try (var connector = Executors.newSingleThreadExecutor()) {
            Future<?> sending = connector.submit(this::sendAllCalls);
            awaitFact("some calls came in", () -> wrapUps("").size() >= KILLED_AFTER);
            restart();
            sending.get();
        }
        assertThat(wrapUps("")).hasSize(CALLS);

        List<String> open = wrapUps("&status=OPEN");
        assertThat(open).hasSize(CALLS);
        for (String id : open.subList(0, CALLS / 2)) {
            confirm(id);
        }
        restart();
        for (String id : open) {
            // a repeat of a completion that was answered changes nothing
            confirm(id);
        }
        restart();

        awaitFact("all records are delivered", () -> delivered().size() >= CALLS);
        // a double would come later: once what came before a last record has been queued, and nothing is under way any
        // more
        restart();
        sendCall(CALLS);
        String last = wrapUps("&status=OPEN").getFirst();
        confirm(last);
        awaitFact("what came last is delivered", () -> delivered().contains(last));
        awaitFact("nothing is under way", () -> deliveries("pending").isEmpty());
        assertThat(delivered()).hasSize(CALLS + 1).doesNotHaveDuplicates();
        assertThat(deliveries("failed")).isEmpty();
        assertThat(wrapUps("&status=COMPLETED")).hasSize(CALLS + 1);
        for (int call = 0; call < CALLS; call++) {
            Contacts.Answer transcript = contacts.get("/api/v1/interactions/call%d/transcript".formatted(call));
            assertThat(transcript.all("text")).hasSize(TURNS).doesNotHaveDuplicates();
        }
        assertThat(running().stop()).isZero();
    }

    private void requireJsonLines() throws IOException {
        Contacts.Answer connectors = contacts.get("/api/v1/connectors");
        assertThat(connectors.status()).isEqualTo(200);
        assertThat(connectors.body()).contains("json-lines").contains("\"enabled\":true");
    }

    private void sendAllCalls() {
        for (int call = 0; call < CALLS; call++) {
            sendCall(call);
        }
    }

    private void sendCall(int call) {
        String id = "call" + call;
        String agent = "agent" + call;
        Instant now = Instant.now();
        var first = new ArrayList<String>();
        first.add(Contacts.event(
                id + "-started", "interaction.started", id, now.minusSeconds(60), "{'channel':'voice'}"));
        first.add(Contacts.event(
                id + "-connected",
                "interaction.connected",
                id,
                now.minusSeconds(59),
                "{'agentId':'%s'}".formatted(agent)));
        for (int turn = 0; turn < TURNS; turn++) {
            first.add(Contacts.event(
                    id + "-said" + turn,
                    "interaction.said",
                    id,
                    now.minusSeconds(50 - turn),
                    "{'turn':%d,'speaker':'%s','text':'This is what was said in turn %d.'}"
                            .formatted(turn, turn % 2 == 0 ? "customer" : "agent", turn)));
        }
        sendUntilAccepted(first);
        sendUntilAccepted(
                List.of(Contacts.event(id + "-ended", "interaction.ended", id, now, "{'endedBy':'customer'}")));
    }

    private void sendUntilAccepted(List<String> events) {
        awaitFact("the batch is accepted", () -> {
            Contacts.Answer answer = contacts.send(events);
            return answer.status() == 202 && answer.number("accepted") + answer.number("duplicates") == events.size();
        });
    }

    private void confirm(String wrapUp) throws IOException {
        Contacts.Answer shown = contacts.get("/api/v1/wrap-ups/" + wrapUp);
        Contacts.Answer confirmed = contacts.postAs(
                shown.all("agentId").getFirst(),
                "/api/v1/wrap-ups/" + wrapUp + "/completion",
                "{'record':{'disposition':'RESOLVED'}}",
                shown.number("version"));
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(200);
    }

    private void restart() {
        running().kill();
        start();
    }

    /** Until it is ready, the connector goes on knocking where it was before. */
    private void start() {
        AfterwordProcess started = AfterwordProcess.serve(data.path());
        server.set(started);
        address.set(started.address());
    }

    private AfterwordProcess running() {
        AfterwordProcess process = server.get();
        if (process == null) {
            throw new IllegalStateException("the server was not started");
        }
        return process;
    }

    /** The ids of the wrap-ups; those of connectors, agents and legs look otherwise. */
    private List<String> wrapUps(String filter) throws IOException {
        return contacts.get("/api/v1/wrap-ups?limit=200" + filter).all("id").stream()
                .filter(id -> id.length() == 26)
                .distinct()
                .toList();
    }

    /** The wrap-ups whose deliveries are in this state. */
    private List<String> deliveries(String state) throws IOException {
        Contacts.Answer answer = contacts.get("/api/v1/deliveries?limit=500&state=" + state);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.all("wrapUpId");
    }

    /** The wrap-ups in the file that records leave by, as often as they stand there. */
    private List<String> delivered() throws IOException {
        Path outbox = data.path().resolve("outbox");
        if (!Files.exists(outbox)) {
            return List.of();
        }
        var wrapUps = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(outbox)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    wrapUps.addAll(new Contacts.Answer(200, line)
                            .all("wrapUpId").stream().limit(1).toList());
                }
            }
        }
        return wrapUps;
    }

    private interface Fact {
        boolean holds() throws IOException;
    }

    /** Looks again and again, also while the server is away. */
    private static void awaitFact(String what, Fact fact) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (fact.holds()) {
                    return;
                }
            } catch (IOException e) {
                // the server is away; it comes back
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new AssertionError("not within " + PATIENCE + ": " + what);
    }
}
