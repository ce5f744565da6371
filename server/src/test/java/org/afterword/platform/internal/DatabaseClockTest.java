package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private Instant database = NINE;
    private long nanos;
    private Duration lookTakes = Duration.ZERO;

    private final DatabaseClock clock = new DatabaseClock(this::answer, () -> nanos);

    @Test
    void betweenLooksTimeGoesOnByItself() {
        pass(Duration.ofSeconds(5));

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(5));
    }

    @Test
    void aDriftIsFollowedAtOnce() {
        database = NINE.plusMillis(1500);
        clock.lookAgain();

        assertThat(clock.instant()).isEqualTo(NINE.plusMillis(1500));
    }

    @Test
    void aStepForwardIsFollowedOnceThreeLooksAgreeOnIt() {
        database = database.plus(Duration.ofMinutes(8));
        look();
        look();
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(2));

        look();

        assertThat(clock.instant()).isEqualTo(database);
        pass(Duration.ofSeconds(30));
        assertThat(clock.instant()).isEqualTo(database);
    }

    @Test
    void looksThatDoNotAgreeMoveNothing() {
        for (int minutes = 1; minutes <= 5; minutes++) {
            database = database.plus(Duration.ofMinutes(minutes));
            look();
        }

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(5));
    }

    @Test
    void aLookThatTookLongTellsNothing() {
        lookTakes = Duration.ofSeconds(20);
        for (int i = 0; i < 5; i++) {
            clock.lookAgain();
        }

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(100));
    }

    @Test
    void aLookOnABusyMachineMovesNothingThatItCannotTell() {
        lookTakes = Duration.ofMillis(600);
        clock.lookAgain();

        assertThat(clock.instant()).isEqualTo(database);
    }

    @Test
    void ofTheFirstLooksTheQuickestCounts() {
        List<Duration> take =
                new ArrayList<>(List.of(Duration.ofSeconds(3), Duration.ofMillis(40), Duration.ofMillis(2)));
        var started = new DatabaseClock(
                () -> {
                    pass(take.removeFirst());
                    return database;
                },
                () -> nanos);

        assertThat(started.instant()).isBetween(database, database.plusMillis(1));
    }

    @Test
    void afterAStepBackwardTimeGoesOnAtHalfSpeedUntilTheDatabaseHasCaughtUp() {
        database = database.minusSeconds(60);
        look();
        look();
        look();
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(3));

        pass(Duration.ofSeconds(40));
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(23));
        look();
        pass(Duration.ofSeconds(79));
        assertThat(clock.instant()).isEqualTo(database).isEqualTo(NINE.plusSeconds(63));
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(database);
    }

    @Test
    void timeNeverRunsBackwards() {
        pass(Duration.ofSeconds(10));
        Instant before = clock.instant();

        database = database.minusMillis(1900);
        clock.lookAgain();

        assertThat(clock.instant()).isEqualTo(before);
        pass(Duration.ofMillis(1));
        assertThat(clock.instant()).isAfterOrEqualTo(before);
    }

    /** A second later. */
    private void look() {
        pass(Duration.ofSeconds(1));
        clock.lookAgain();
    }

    private Instant answer() {
        pass(lookTakes);
        return database;
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
        database = database.plus(duration);
    }
}
