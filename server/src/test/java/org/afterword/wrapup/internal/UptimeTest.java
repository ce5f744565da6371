package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

class UptimeTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @BeforeEach
    void aCallHasEndedAndLeftAWindowOfAMinute() {
        floor.policy(timeboxed(60, AtDeadline.DEFER));
        floor.connect("call", "ann");
        floor.clock.advance(Duration.ofSeconds(100));
        floor.hangUp("call");
        floor.uptime.beat();
    }

    @Test
    void aDowntimeIsCreditedWhileTheProgramLives() {
        floor.clock.advance(Duration.ofSeconds(20));

        floor.uptime.beat();

        assertThat(floor.wrapUpOf("call").credits())
                .singleElement()
                .extracting("kind", "seconds")
                .containsExactly("outage", 20.0);
    }

    @Test
    void deadlinesAreNotLookedAtBeforeADowntimeIsCredited() {
        floor.clock.advance(Duration.ofSeconds(90));

        floor.work();

        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        assertThat(floor.wrapUpOf("call").credits())
                .singleElement()
                .extracting("kind", "seconds")
                .containsExactly("outage", 60.0);
        upFor(Duration.ofSeconds(32));
        floor.work();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void aDowntimeIsCreditedOnceByHoweverMany() {
        floor.clock.advance(Duration.ofSeconds(90));

        floor.work();
        floor.uptime.beat();
        floor.uptime.beat();
        floor.work();

        assertThat(floor.wrapUpOf("call").credits()).hasSize(1);
    }

    @Test
    void aCreditThatDidNotGoThroughIsMadeUpFor() {
        String app = db.appLogin().user();
        floor.clock.advance(Duration.ofSeconds(20));
        floor.owner.execute("REVOKE UPDATE ON uptime FROM " + app);
        try {
            assertThatThrownBy(floor.uptime::beat).isInstanceOf(DataAccessException.class);
            floor.clock.advance(Duration.ofSeconds(50));
            assertThatThrownBy(floor::work).isInstanceOf(DataAccessException.class);
            assertThat(floor.wrapUpOf("call").credits()).isEmpty();
            assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);
        } finally {
            floor.owner.execute("GRANT UPDATE ON uptime TO " + app);
        }

        floor.uptime.beat();

        assertThat(floor.wrapUpOf("call").credits())
                .singleElement()
                .extracting("seconds")
                .isEqualTo(60.0);
    }

    /** An agent who extends a window the moment that we are back, before its credit: what is given back is reckoned after that. */
    @Test
    void aCreditThatWaitedForSomebodyElsesChangeComesAfterIt() throws Exception {
        floor.clock.advance(Duration.ofSeconds(20));
        var beat = new AtomicReference<Future<?>>();
        try (ExecutorService beating = Executors.newSingleThreadExecutor()) {
            floor.tenancy.run(TENANT, () -> {
                floor.desk.lock(List.of(new AgentId("ann")));
                beat.set(beating.submit(floor.uptime::beat));
                floor.awaitWhoWaitsForALock();
                floor.clock.advance(Duration.ofSeconds(1));
            });
            beat.get().get(1, TimeUnit.MINUTES);
        }

        WrapUpView.Credit credit = floor.wrapUpOf("call").credits().getFirst();
        assertThat(credit.at()).isEqualTo(floor.clock.instant());
        assertThat(credit.seconds()).isEqualTo(21.0);
    }

    @Test
    void aLateBeatIsNoDowntime() {
        floor.clock.advance(Duration.ofSeconds(4));

        floor.uptime.beat();

        assertThat(floor.wrapUpOf("call").credits()).isEmpty();
    }

    private void upFor(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second += 2) {
            floor.clock.advance(Duration.ofSeconds(2));
            floor.uptime.beat();
        }
    }
}
