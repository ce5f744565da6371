package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.afterword.platform.Await;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class EventPumpTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    final AtomicBoolean databaseAway = new AtomicBoolean();
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource()) {
        @Override
        public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
            if (databaseAway.get()) {
                throw new TransientDataAccessResourceException("away");
            }
            return super.execute(sql, action);
        }
    };
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final EventLog eventLog = new EventLog(tenancy, jdbc);
    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final Rush rush = new Rush(clock);
    final Reader reader = new Reader();
    final EventPump pump = pump();

    @Test
    void aConsumerThatFirstCameWhileTheDatabaseWasAwayIsFedOnceItIsBack() {
        append("a");
        databaseAway.set(true);
        assertThatThrownBy(() -> pump.feed(TENANT, reader)).isInstanceOf(TransientDataAccessResourceException.class);
        databaseAway.set(false);

        pump.feed(TENANT, reader);

        assertThat(reader.read).containsExactly("a");
    }

    @Test
    void whatIsPreparedHoldsNoReaderOfTheLogBack() {
        append("a");
        var consumer = new Preparing();
        consumer.whilePreparing = () -> {
            append("b");
            assertThat(tenancy.in(TENANT, () -> eventLog.readAfter(EventPosition.START, 10))
                            .get())
                    .extracting(DomainEvent::subject)
                    .containsExactly("a", "b");
        };

        pump.feed(TENANT, consumer);

        assertThat(consumer.read).containsExactly("a");
    }

    @Test
    void whatAnotherNodeWasFasterWithIsThrownAway() {
        append("a");
        var faster = new Preparing();
        var slower = new Preparing();
        slower.whilePreparing = () -> pump.feed(TENANT, faster);

        pump.feed(TENANT, slower);
        pump.feed(TENANT, slower);

        assertThat(faster.read).containsExactly("a");
        assertThat(slower.read).isEmpty();
    }

    @Test
    void aConsumerGetsAsManyEventsAsItAskedFor() {
        for (String subject : List.of("a", "b", "c")) {
            append(subject);
        }
        var consumer = new Preparing();

        assertThat(pump.feed(TENANT, consumer)).isTrue();
        assertThat(consumer.read).containsExactly("a", "b");
        assertThat(pump.feed(TENANT, consumer)).isFalse();
        assertThat(consumer.read).containsExactly("a", "b", "c");
    }

    @Test
    void aConsumerGetsOnlyWhatItAskedForAndGoesOnBehindTheRest() {
        append("a", "test.happened");
        append("b", "test.else");
        append("c", "test.happened");
        append("d", "test.happened");
        append("e", "test.else");
        var consumer = new Preparing();
        consumer.types = Set.of("test.happened");

        assertThat(pump.feed(TENANT, consumer)).isTrue();
        assertThat(consumer.read).containsExactly("a", "c");
        assertThat(pump.feed(TENANT, consumer)).isFalse();
        assertThat(consumer.read).containsExactly("a", "c", "d");

        consumer.types = Set.of();
        pump.feed(TENANT, consumer);
        assertThat(consumer.read).containsExactly("a", "c", "d");
    }

    @Test
    void consumersRestWhileThereIsARush() throws Exception {
        append("a");
        rush.goesOn();
        var duringRush = new AtomicBoolean();
        var consumer = new Preparing();
        consumer.whilePreparing = () -> duringRush.set(rush.isOn());
        var running = new EventPump(tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(consumer), rush);
        running.start();
        try {
            Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("event-pump-reader")
                            && thread.getState() == Thread.State.TIMED_WAITING));
            clock.advance(Duration.ofSeconds(1));
            Await.until(() -> consumer.read.equals(List.of("a")));
        } finally {
            running.stop();
        }

        assertThat(duringRush).isFalse();
    }

    @Test
    void whatAConsumerFailedWithComesAgain() {
        append("a");
        var consumer = new Preparing();
        consumer.whilePreparing = () -> {
            throw new IllegalStateException("fails once");
        };
        assertThatThrownBy(() -> pump.feed(TENANT, consumer)).hasMessage("fails once");
        consumer.whilePreparing = () -> {};

        pump.feed(TENANT, consumer);

        assertThat(consumer.read).containsExactly("a");
    }

    @Test
    void aConsumerThatFailsWithTheSameEventsRestsLongerEachTimeAndShowsOnceWhere() throws Exception {
        append("a");
        var failing = new Preparing();
        failing.whilePreparing = () -> {
            throw new IllegalStateException("fails always");
        };
        var log = (Logger) LoggerFactory.getLogger(EventPump.class);
        lines.start();
        log.addAppender(lines);
        var running = new EventPump(tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(failing), rush);
        running.start();
        try {
            Await.until(() -> lines.list.size() >= 3);
        } finally {
            running.stop();
            log.detachAppender(lines);
        }

        assertThat(lines.list.getFirst().getThrowableProxy()).isNotNull();
        assertThat(lines.list.stream().skip(1)).allSatisfy(line -> {
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage()).contains("times in a row", "fails always");
        });
        assertThat(IntStream.of(1, 2, 3, 8, 1000).mapToObj(EventPump::pause))
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
    }

    private EventPump pump() {
        return new EventPump(tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(reader), rush);
    }

    private void append(String subject) {
        append(subject, "test.happened");
    }

    private void append(String subject, String type) {
        tenancy.run(TENANT, () -> eventLog.append(new EventLog.NewEvent(Instant.EPOCH, type, subject, null, Map.of())));
    }

    /** Notes what it is fed. */
    private static class Reader implements EventConsumer {
        final List<String> read = new ArrayList<>();

        @Override
        public String consumerName() {
            return "reader";
        }

        @Override
        public void consume(TenantId tenant, List<DomainEvent> events) {
            events.forEach(event -> read.add(event.subject()));
        }
    }

    /** Is slow to prepare; two events at a time. */
    private static final class Preparing extends Reader {
        Runnable whilePreparing = () -> {};
        Set<String> types = Set.of();

        @Override
        public Set<String> types() {
            return types;
        }

        @Override
        public int batchSize() {
            return 2;
        }

        @Override
        public Runnable prepare(TenantId tenant, List<DomainEvent> events) {
            whilePreparing.run();
            return super.prepare(tenant, events);
        }
    }
}
