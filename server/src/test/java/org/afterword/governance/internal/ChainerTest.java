package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.afterword.platform.Await;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

class ChainerTest {
    @RegisterExtension
    final PostgresDatabase database = PostgresDatabase.migrated();

    final ChainFixture here = new ChainFixture(database);

    @Test
    void anEntryThatCommitsLateIsLinkedInItsPlaceAndNothingOvertakesIt() throws Exception {
        try (Connection late = database.dataSource().getConnection()) {
            late.setAutoCommit(false);
            insertEntry(late, "late");
            here.record(2);

            assertThat(here.chainer.chain(ChainFixture.NORTH)).isFalse();
            assertThat(here.links()).as("they wait for the older transaction").isZero();
            late.commit();
        }
        here.linkUntil(3);

        assertThat(subjects()).containsExactly("late", "thing:1", "thing:2");
        assertThat(here.verify().isWhole()).isTrue();
    }

    @Test
    void howFarTheChainIsBehindIsShownAlsoWhereAnOldTransactionHoldsItUp() throws Exception {
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        var behind = new ChainFigures(here.chain, here.tenancy, () -> List.of(ChainFixture.NORTH), here.clock);
        try (Connection late = database.dataSource().getConnection()) {
            here.record(1);
            here.linkUntil(1);
            behind.sample();
            assertThat(secondsBehind(registry)).isZero();

            late.setAutoCommit(false);
            insertEntry(late, "late");
            here.record(30);
            here.chainer.chain(ChainFixture.NORTH);
            behind.sample();

            assertThat(secondsBehind(registry)).isEqualTo(30);
        } finally {
            behind.forget();
            Metrics.removeRegistry(registry);
        }
    }

    private static double secondsBehind(SimpleMeterRegistry registry) {
        return registry.get("afterword.audit.unlinked.seconds")
                .tag("tenant", "north")
                .gauge()
                .value();
    }

    @Test
    void aChainerThatDoesNotRunIsSeen() throws Exception {
        assertThat(here.chainer.isWorking()).isFalse();
        here.chainer.start();
        assertThat(here.chainer.isWorking()).isTrue();
        here.chainer.stop();
        assertThat(here.chainer.isWorking()).isFalse();
    }

    @Test
    void whatTwoChainersAndManyWritersDoIsLinkedOnce() throws Exception {
        int writers = 4;
        int each = 60;
        var done = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var writing = new ArrayList<Future<?>>();
            for (int i = 0; i < writers; i++) {
                String writer = "writer:" + i;
                writing.add(threads.submit(() -> {
                    start.await();
                    for (int n = 0; n < each; n++) {
                        here.tenancy.run(
                                ChainFixture.NORTH,
                                () -> here.trail.record(writer, "thing.done", "thing", Map.of("by", writer)));
                    }
                    return null;
                }));
            }
            for (Chainer chainer : List.of(here.chainer, here.anotherChainer())) {
                writing.add(threads.submit(() -> {
                    start.await();
                    while (!done.get()) {
                        chainer.chain(ChainFixture.NORTH);
                    }
                    return null;
                }));
            }
            start.countDown();
            try {
                Await.until(() -> here.links() == writers * each);
            } finally {
                done.set(true);
            }
            for (Future<?> thread : writing) {
                thread.get();
            }
        }

        assertThat(here.verify().isWhole()).isTrue();
        assertThat(here.verify().proved()).isEqualTo(writers * each);
    }

    @Test
    void whileOneLinksAnotherPassesTheTenantOver() {
        here.record(1);
        here.tenancy.run(ChainFixture.NORTH, () -> {
            assertThat(here.chain.tryLock(ChainFixture.NORTH)).isTrue();
            assertThat(onAnotherThread(() -> here.chainer.chain(ChainFixture.NORTH)))
                    .isFalse();
        });

        assertThat(here.links()).isZero();
    }

    @Test
    void itRunsByItselfAndGoesOnWhereItWasStopped() throws Exception {
        here.record(2);
        here.chainer.start();
        Await.until(() -> here.links() == 2);
        here.chainer.stop();
        here.record(3);
        Chainer next = here.anotherChainer();
        next.start();
        try {
            Await.until(() -> here.links() == 5);
        } finally {
            next.stop();
        }

        assertThat(here.verify().proved()).isEqualTo(5);
        assertThat(here.verify().isWhole()).isTrue();
    }

    @Test
    void oneLookTellsWhichTenantsHaveSomethingToLink() throws Exception {
        here.record(1);
        List<TenantId> tenants = List.of(new TenantId("south"), ChainFixture.NORTH);

        Await.until(() -> here.chain.tenantsToLink(tenants).equals(List.of(ChainFixture.NORTH)));
        here.linkUntil(1);
        assertThat(here.chain.tenantsToLink(tenants)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_link SET hash = sha256('x')",
                "DELETE FROM audit_link",
                "TRUNCATE audit_link",
                "UPDATE audit_entry SET digest = ''"
            })
    void theProgramItselfCannotChangeOrRemoveALink(String attempt) {
        assertThatThrownBy(() -> here.tenancy.run(ChainFixture.NORTH, () -> here.jdbc.update(attempt)))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("permission denied");
    }

    private List<String> subjects() {
        return here.owner.query(
                "SELECT subject FROM audit_link JOIN audit_entry USING (tenant_id, recorded_at, number) ORDER BY sequence",
                (rs, n) -> rs.getString(1));
    }

    private static void insertEntry(Connection connection, String subject) throws Exception {
        try (var tenant = connection.createStatement();
                PreparedStatement entry = connection.prepareStatement(
                        "INSERT INTO audit_entry (tenant_id, recorded_at, actor, kind, subject, digest)"
                                + " VALUES ('north', now(), 'user:ann', 'thing.done', ?, '')")) {
            tenant.execute("SELECT set_config('afterword.tenant', 'north', true)");
            entry.setString(1, subject);
            entry.executeUpdate();
        }
    }

    private static <T> T onAnotherThread(Callable<T> work) {
        try (var thread = Executors.newSingleThreadExecutor()) {
            return thread.submit(work).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
