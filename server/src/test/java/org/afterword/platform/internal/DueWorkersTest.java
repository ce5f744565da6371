package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.afterword.platform.Await;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

class DueWorkersTest {
    private static final TenantId TENANT = TenantId.DEFAULT;

    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final PipelinedJdbc jdbc = new PipelinedJdbc(db.dataSource());
    final Tenancy tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
    final DueWork dueWork = new DueWork(tenancy, jdbc, clock);
    final AtomicInteger refused = new AtomicInteger();
    final Picky handler = new Picky();
    final Rush rush = new Rush(clock);
    final DueWorkers workers = new DueWorkers(dueWork, List.of(handler), rush, clock);

    @BeforeEach
    void planThen() {
        var due = new TreeMap<String, Instant>();
        Stream.of("a", "b", "c", "bad", "d", "e", "f").forEach(id -> due.put(id, clock.instant()));
        tenancy.run(TENANT, () -> dueWork.schedule(handler.kind(), due));
    }

    @AfterEach
    void goHome() {
        workers.stop();
    }

    @Test
    void whatFailsWaitsAloneAndHoldsNobodyUp() throws Exception {
        workers.start();

        Await.until(() -> handler.done.size() == 6);
        Await.until(() -> dueWork.nextDue(handler.kind())
                .filter(clock.instant().plus(Duration.ofSeconds(1))::equals)
                .isPresent());
        assertThat(handler.done).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(jdbc.queryForList("SELECT id FROM due_work", String.class)).containsExactly("bad");
    }

    @Test
    void whatFailedIsTriedAgainAfterItsPause() throws Exception {
        workers.start();
        Await.until(() -> handler.done.size() == 6);
        handler.picky = false;

        Await.until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return handler.done.contains("bad");
        });
    }

    @Test
    void whatWasClaimedWhenTheDatabaseWentAwayIsDoneOnceItIsBack() throws Exception {
        var away = new AtomicBoolean();
        var failingJdbc = new PipelinedJdbc(db.dataSource()) {
            @Override
            public int update(String sql, @Nullable Object @Nullable ... args) {
                if (away.get()) {
                    refused.incrementAndGet();
                    throw new DataAccessResourceFailureException("away");
                }
                return super.update(sql, args);
            }
        };
        handler.picky = false;
        handler.before = () -> {
            away.set(true);
            throw new DataAccessResourceFailureException("away");
        };
        var interrupted = new DueWorkers(new DueWork(tenancy, failingJdbc, clock), List.of(handler), rush, clock);
        interrupted.start();
        try {
            Await.until(() -> refused.get() > 1);
            handler.before = () -> {};
            away.set(false);
            Await.until(() -> dueWork.nextDue(handler.kind())
                    .filter(clock.instant().plus(Duration.ofSeconds(1))::equals)
                    .isPresent());
            clock.advance(Duration.ofSeconds(1));

            Await.until(() -> handler.done.size() == 7);
        } finally {
            interrupted.stop();
        }
    }

    @Test
    void whatSomebodyElseHasLockedIsNotAskedForWithoutAPause() throws Exception {
        tenancy.run(TENANT, () -> dueWork.cancel(handler.kind(), List.of("b", "c", "bad", "d", "e", "f")));
        try (var other = db.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM due_work FOR UPDATE");
            workers.start();
            Thread worker = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("due-picky-0"))
                    .findFirst()
                    .orElseThrow();

            Await.until(() -> Stream.of(worker.getStackTrace())
                    .map(StackTraceElement::getMethodName)
                    .toList()
                    .containsAll(List.of("awaitNanos", "sleepUntil")));

            other.rollback();
        }
        Await.until(() -> handler.done.contains("a"));
    }

    @Test
    void whileWhatCanWaitRestsWhatIsUrgentIsDone() throws Exception {
        handler.picky = false;
        handler.rest = Duration.ofMinutes(30);
        Instant longAgo = clock.instant().minus(Duration.ofHours(1));
        tenancy.run(TENANT, () -> dueWork.schedule(handler.kind(), "urgent", longAgo));
        workers.start();
        Await.until(() -> handler.done.contains("urgent"));
        tenancy.run(TENANT, () -> dueWork.schedule(handler.kind(), "urgent while it rests", longAgo));
        Await.until(() -> handler.done.contains("urgent while it rests"));
        assertThat(handler.done).hasSize(2);

        handler.rest = Duration.ZERO;
        clock.advance(Duration.ofSeconds(1));

        Await.until(() -> handler.done.size() == 9);
    }

    @Test
    void aWholeBatchOfWhatPeopleWaitForIsARush() throws Exception {
        handler.picky = false;
        handler.batch = 3;
        handler.urgent = true;
        var rushes = new CopyOnWriteArrayList<Boolean>();
        handler.before = () -> {
            rushes.add(rush.isOn());
            clock.advance(Duration.ofSeconds(1));
        };

        workers.start();

        Await.until(() -> handler.done.size() == 7);
        assertThat(rushes).containsExactly(true, true, false);
    }

    @Test
    void muchOfWhatNobodyWaitsForIsNone() throws Exception {
        handler.picky = false;
        handler.batch = 7;

        workers.start();

        Await.until(() -> handler.done.size() == 7);
        assertThat(rush.isOn()).isFalse();
    }

    @Test
    void whatAStopComesBeforeIsHandedBackAtOnce() throws Exception {
        tenancy.run(TENANT, () -> dueWork.cancel(handler.kind(), List.of("a", "b", "c", "bad", "d", "e", "f")));
        var slow = new Slow();
        var stopping = new DueWorkers(dueWork, List.of(slow), rush, clock);
        for (var tenant : List.of(new TenantId("first"), new TenantId("second"))) {
            tenancy.run(tenant, () -> dueWork.schedule(slow.kind(), tenant.value(), clock.instant()));
        }
        stopping.start();
        slow.begun.await();

        var stop = Thread.ofVirtual().start(stopping::stop);
        Await.until(() -> !stopping.isRunning());
        slow.mayEnd.countDown();
        stop.join();

        assertThat(jdbc.queryForList("SELECT leased_until IS NULL FROM due_work", Boolean.class))
                .containsExactly(true);
    }

    /** Begins one item, and ends it when it may. */
    private final class Slow implements DueWorkHandler {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch mayEnd = new CountDownLatch(1);

        @Override
        public String kind() {
            return "slow";
        }

        @Override
        public int batchSize() {
            return 2;
        }

        @Override
        public void handle(TenantId tenant, List<DueWork.Item> items) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            tenancy.run(tenant, () -> items.forEach(dueWork::done));
        }
    }

    /** Takes a batch as a whole or not at all. */
    private final class Picky implements DueWorkHandler {
        final Set<String> done = new ConcurrentSkipListSet<>();
        volatile boolean picky = true;
        volatile Runnable before = () -> {};

        volatile Duration rest = Duration.ZERO;
        volatile int batch = 500;
        volatile boolean urgent;

        @Override
        public boolean isUrgent() {
            return urgent;
        }

        @Override
        public Instant takesDueBy(Instant now) {
            return now.minus(rest);
        }

        @Override
        public String kind() {
            return "picky";
        }

        @Override
        public int batchSize() {
            return batch;
        }

        @Override
        public void handle(TenantId tenant, List<DueWork.Item> items) {
            before.run();
            tenancy.run(tenant, () -> {
                items.forEach(dueWork::done);
                if (picky && items.stream().anyMatch(item -> item.id().equals("bad"))) {
                    throw new IllegalStateException("not that one");
                }
            });
            items.forEach(item -> done.add(item.id()));
        }
    }
}
