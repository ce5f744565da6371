package org.afterword.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Await;
import org.afterword.platform.EventLog;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class ListenerTest {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Caller SUPERVISOR = new Caller(TENANT, "user:sue", "Sue", Role.SUPERVISOR, null);
    private static final Caller ANN = new Caller(TENANT, "user:ann", "Ann", Role.AGENT, new AgentId("ann"));

    private static final Audience EVERYTHING = Audience.of(SUPERVISOR, EnumSet.allOf(Topic.class));

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final EventLog eventLog = new EventLog(tenancy, jdbc);
    final StreamSettings settings =
            new StreamSettings(Duration.ofMillis(50), Duration.ofSeconds(30), Duration.ofMinutes(10), 3);
    final LiveStreams streams = new LiveStreams(tenancy, eventLog, clock, settings);

    @BeforeEach
    void start() {
        streams.start();
    }

    @AfterEach
    void stop() {
        streams.stop();
    }

    @Test
    void aNewListenerGetsWhatHappensFromNowOn() throws Exception {
        append("wrapup.opened", "w1", "ann");
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");

        append("wrapup.released", "w1", "ann");

        wire.awaitEvents("ready", "wrapup.released");
        assertThat(wire.text()).contains("\"subject\":\"w1\"", "\"at\":\"2026-03-02T09:00:00.000Z\"");
    }

    @Test
    void aReaderThatDiesEndsItsStreamsAndWhoeverComesThenHasAnother() throws Exception {
        var dies = new AtomicBoolean();
        var dying = new PipelinedJdbc(db.dataSource()) {
            @Override
            public <T extends @Nullable Object> Supplier<T> ask(
                    String query, ResultSetExtractor<T> reader, @Nullable Object... arguments) {
                if (dies.get()) {
                    throw new LinkageError("for a test: no reader survives this");
                }
                return super.ask(query, reader, arguments);
            }
        };
        var feed = new TenantFeed(TENANT, tenancy, new EventLog(tenancy, dying), 3);
        try (Subscription first = feed.join(EVERYTHING)) {
            dies.set(true);
            Await.until(() -> first.state() == Subscription.State.ENDED);
        }
        dies.set(false);

        try (Subscription second = feed.join(EVERYTHING)) {
            append("wrapup.opened", "w1", "ann");

            Await.until(() -> second.next(Duration.ofMillis(20)) != null);
        }
    }

    @Test
    void topicsChooseWhatIsHeard() throws Exception {
        var wire = listen(SUPERVISOR, "desk,alerts", null);
        wire.awaitEvents("ready");

        append("wrapup.opened", "w1", "ann");
        append("agent.state-changed", "ann", "ann");
        append("gate.leaked", "ann", "ann");

        wire.awaitEvents("ready", "agent.state-changed", "gate.leaked");
    }

    @Test
    void anAgentHearsOfItselfAlone() throws Exception {
        var wire = listen(ANN, "desk,wrapUps,queues", null);
        wire.awaitEvents("ready");

        append("agent.state-changed", "bob", "bob");
        append("queue.status", "billing", null);
        append("agent.state-changed", "ann", "ann");

        wire.awaitEvents("ready", "agent.state-changed");
        assertThat(wire.text()).contains("\"subject\":\"ann\"");
    }

    @Test
    void debtsThatBecomeOverdueAreAlerts() throws Exception {
        var wire = listen(SUPERVISOR, "alerts", null);
        wire.awaitEvents("ready");

        append("wrapup.deferred", "w1", "ann");
        append("wrapup.debt-overdue", "w1", "ann");

        wire.awaitEvents("ready", "wrapup.debt-overdue");
    }

    @Test
    void aColleagueHearsOfTheRecordsThatItWasGiven() throws Exception {
        var wire = listen(ANN, "alerts", null);
        wire.awaitEvents("ready");

        append("wrapup.debt-overdue", "w1", "bob");
        appendIn(TENANT, "wrapup.debt-overdue", "w2", Map.of("agentId", "bob", "assignee", "ann"));

        wire.awaitEvents("ready", "wrapup.debt-overdue");
        assertThat(wire.text()).contains("\"subject\":\"w2\"");
    }

    @Test
    void onlyTheAgentItselfHearsThatItRests() throws Exception {
        var ann = listen(ANN, "desk", null);
        var supervisor = listen(SUPERVISOR, "desk", null);
        ann.awaitEvents("ready");
        supervisor.awaitEvents("ready");

        append("rest.began", "bob", "bob");
        append("rest.began", "ann", "ann");
        append("agent.state-changed", "ann", "ann");

        ann.awaitEvents("ready", "rest.began", "agent.state-changed");
        supervisor.awaitEvents("ready", "agent.state-changed");
    }

    @Test
    void noTenantHearsAnother() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");

        appendIn(new TenantId("other"), "wrapup.opened", "theirs", "ann");
        append("wrapup.opened", "ours", "ann");

        wire.awaitEvents("ready", "wrapup.opened");
        assertThat(wire.text()).contains("ours");
    }

    @Test
    void recordsAreNotStreamed() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");

        tenancy.run(
                TENANT,
                () -> eventLog.append(new EventLog.NewEvent(
                        clock.instant(),
                        "wrapup.completed",
                        "w1",
                        "i1",
                        Map.of("status", "COMPLETED", "record", Map.of("summary", "private")))));

        wire.awaitEvents("ready", "wrapup.completed");
        assertThat(wire.text()).contains("COMPLETED").doesNotContain("private");
    }

    @Test
    void aListenerThatComesBackGetsWhatItMissedOnce() throws Exception {
        var before = listen(SUPERVISOR, "wrapUps", null);
        before.awaitEvents("ready");
        append("wrapup.opened", "w1", "ann");
        before.awaitEvents("ready", "wrapup.opened");
        before.hangUp();
        append("wrapup.released", "w1", "ann");
        append("agent.state-changed", "ann", "ann");

        var after = listen(SUPERVISOR, "wrapUps", before.lastId());
        append("wrapup.confirmed", "w1", "ann");

        after.awaitEvents("ready", "wrapup.released", "wrapup.confirmed");
    }

    @Test
    void whatIsFurtherBackThanTenMinutesIsReset() throws Exception {
        var before = listen(SUPERVISOR, "wrapUps", null);
        before.awaitEvents("ready");
        before.hangUp();
        var other = listen(SUPERVISOR, "wrapUps", null);
        other.awaitEvents("ready");
        append("wrapup.opened", "w1", "ann");
        other.awaitEvents("ready", "wrapup.opened");
        clock.advance(Duration.ofMinutes(10).plusSeconds(1));

        var after = listen(SUPERVISOR, "wrapUps", before.lastId());

        after.awaitEvents("reset", "ready");
    }

    @Test
    void aPositionThatIsNotOfThisLogIsReset() throws Exception {
        listen(SUPERVISOR, "wrapUps", "whatever").awaitEvents("reset", "ready");
        listen(SUPERVISOR, "wrapUps", Long.MAX_VALUE + "-1").awaitEvents("reset", "ready");
    }

    @Test
    void aListenerThatIsTooSlowGetsTheRestFromTheLog() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");
        var other = listen(SUPERVISOR, "wrapUps", null);
        other.awaitEvents("ready");
        wire.block();

        int moreThanItsRoom = 2 * settings.room();
        for (int i = 1; i <= moreThanItsRoom; i++) {
            append("wrapup.extended", "w" + i, "ann");
            int heard = 1 + i;
            Await.until(() -> other.events().size() == heard);
        }
        wire.unblock();

        String[] all =
                Stream.generate(() -> "wrapup.extended").limit(moreThanItsRoom).toArray(String[]::new);
        Await.answer(() -> assertThat(wire.events().stream().filter(type -> !type.equals("ready")))
                .containsExactly(all));
        assertThat(wire.text().lines().filter(line -> line.startsWith("data: {\"subject\"")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aListenerThatIsTooSlowForTenMinutesIsReset() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");
        var other = listen(SUPERVISOR, "wrapUps", null);
        other.awaitEvents("ready");
        wire.block();

        for (int i = 1; i <= 2 * settings.room(); i++) {
            append("wrapup.extended", "w" + i, "ann");
            int heard = 1 + i;
            Await.until(() -> other.events().size() == heard);
        }
        clock.advance(Duration.ofMinutes(10).plusSeconds(1));
        wire.unblock();

        Await.answer(() -> assertThat(wire.events()).contains("reset").endsWith("ready"));
    }

    @Test
    void aQuietStreamBeatsItsHeart() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);

        Await.until(() -> wire.text().contains("\n:\n\n"));
    }

    @Test
    void aStreamEndsSoonAfterItsSignIn() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null, () -> false);
        wire.awaitEvents("ready");

        clock.advance(Duration.ofSeconds(30));

        wire.awaitEnd();
    }

    @Test
    void aStoppingServerEndsItsStreams() throws Exception {
        var wire = listen(SUPERVISOR, "wrapUps", null);
        wire.awaitEvents("ready");

        streams.stop();

        wire.awaitEnd();
    }

    private void append(String type, String subject, @Nullable String agentId) {
        appendIn(TENANT, type, subject, agentId);
    }

    private void appendIn(TenantId tenant, String type, String subject, @Nullable String agentId) {
        appendIn(tenant, type, subject, agentId == null ? Map.of() : Map.of("agentId", agentId));
    }

    private void appendIn(TenantId tenant, String type, String subject, Map<String, String> data) {
        tenancy.run(tenant, () -> eventLog.append(new EventLog.NewEvent(clock.instant(), type, subject, null, data)));
    }

    private Wire listen(Caller caller, String topics, @Nullable String lastEventId) {
        return listen(caller, topics, lastEventId, () -> true);
    }

    private Wire listen(Caller caller, String topics, @Nullable String lastEventId, BooleanSupplier signedIn) {
        var wire = new Wire();
        var audience = Audience.of(caller, EnumSet.copyOf(Topic.parse(topics)));
        var listener = new Listener(TENANT, audience, streams, clock, settings, signedIn, wire);
        wire.thread = Thread.ofVirtual().start(() -> {
            try {
                listener.serve(lastEventId);
            } catch (IOException | InterruptedException e) {
                // the listener hung up
            }
        });
        return wire;
    }

    /** The other end of a stream. */
    private static final class Wire extends OutputStream {
        private final StringBuffer text = new StringBuffer();
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean hungUp;
        Thread thread = Thread.currentThread();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (hungUp) {
                throw new IOException("hung up");
            }
            text.append(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        String text() {
            return text.toString();
        }

        List<String> events() {
            return values("event: ");
        }

        String lastId() {
            return values("id: ").getLast();
        }

        private List<String> values(String field) {
            var values = new ArrayList<String>();
            text().lines()
                    .filter(line -> line.startsWith(field))
                    .forEach(line -> values.add(line.substring(field.length())));
            return values;
        }

        void awaitEvents(String... types) throws Exception {
            Await.answer(() -> assertThat(events()).containsExactly(types));
        }

        void awaitEnd() throws Exception {
            Await.until(() -> !thread.isAlive());
        }

        void hangUp() {
            hungUp = true;
        }

        void block() {
            gate = new CountDownLatch(1);
        }

        void unblock() {
            gate.countDown();
        }
    }
}
