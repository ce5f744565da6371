package org.afterword.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseClockTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant database = NINE;
    private long nanos;
    private final List<Duration> lookTakes = new ArrayList<>();
    private final Line line = new Line();

    private final DatabaseClock clock = new DatabaseClock(line, () -> nanos);

    /** As {@link SharedTimeLine}, without a database. */
    private final class Line implements TimeLine {
        Duration ahead = Duration.ZERO;
        Duration lead = Duration.ZERO;
        long turns;
        boolean nobodyWaits;

        @Override
        public Reading read() {
            pass(lookTakes.isEmpty() ? Duration.ZERO : lookTakes.removeFirst());
            return new Reading(database.plus(ahead), ahead, lead, turns);
        }

        @Override
        public void leaveOut(Duration step, Instant now, long known) {
            if (known == turns && isNear(database.plus(ahead).minus(step), now)) {
                ahead = ahead.minus(step);
                lead = ahead.isNegative() ? Duration.ZERO : ahead;
                turns++;
            }
        }

        @Override
        public void approach(Instant now) {
            if (!isNear(database.plus(ahead), now)) {
                return;
            }
            if (nobodyWaits && ahead.isNegative()) {
                ahead = Duration.ZERO;
                turns++;
            } else {
                ahead = ahead.plusMillis(ahead.isNegative() ? 20 : -20);
            }
        }

        private static boolean isNear(Instant one, Instant other) {
            return Duration.between(one, other).abs().compareTo(Duration.ofSeconds(2)) <= 0;
        }
    }

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
        assertThat(line.ahead).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600, 480, -60, 3})
    void aStepOfTheDatabasesClockMovesNothing(int seconds) {
        database = database.plusSeconds(seconds);
        look();
        look();
        assertThat(line.ahead).isZero();
        look();

        assertThat(line.ahead).hasSeconds(-seconds);
        assertThat(clock.get()).hasSeconds(Math.max(0, -seconds));
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(3));
        pass(Duration.ofSeconds(30));
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(33));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void whileTheLineApproachesTheDatabasesClockAWindowOfAQuarterOfAnHourIsOffByLessThanTwoSeconds(int hours) {
        database = database.plus(HOUR.multipliedBy(hours));
        look();
        look();
        look();
        Instant opened = clock.instant();
        for (int looks = 0; looks < 90; looks++) {
            pass(Duration.ofSeconds(10));
            clock.lookAgain();
        }

        assertThat(Duration.between(opened.plusSeconds(900), clock.instant()).abs())
                .isLessThan(Duration.ofSeconds(2));
        assertThat(line.ahead.abs()).isLessThan(HOUR);
    }

    @Test
    void aStepThatIsTakenBackLeavesNothing() {
        database = database.plus(HOUR);
        look();
        look();
        look();
        database = database.minus(HOUR);
        look();
        look();
        look();

        assertThat(line.ahead.abs()).isLessThan(Duration.ofSeconds(1));
        assertThat(Duration.between(NINE.plusSeconds(6), clock.instant()).abs()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aStepThatComesBeforeTheOneAheadIsCaughtUpWithMovesNothing() {
        database = database.plus(Duration.ofMinutes(10));
        look();
        look();
        look();
        line.nobodyWaits = true;
        database = database.minus(Duration.ofMinutes(15));
        look();
        look();
        look();

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(6));
        assertThat(line.ahead).isCloseTo(Duration.ofMinutes(5), Duration.ofSeconds(1));
    }

    @Test
    void aStepThatAnotherNodeHasLeftOutIsNotLeftOutTwice() {
        var other = new DatabaseClock(line, () -> nanos);
        database = database.plus(HOUR);
        look();
        look();
        for (int looks = 0; looks < 3; looks++) {
            other.lookAgain();
        }
        look();

        assertThat(line.turns).isOne();
        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(3)).isEqualTo(other.instant());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void aNodeThatStartedAfterAStepFollowsTheOthersOnceTheyHaveLeftItOut(int hours) {
        database = database.plus(HOUR.multipliedBy(hours));
        var started = new DatabaseClock(line, () -> nanos);
        assertThat(started.instant()).isEqualTo(NINE.plus(HOUR.multipliedBy(hours)));
        look();
        look();
        look();
        started.lookAgain();

        assertThat(Duration.between(clock.instant(), started.instant()).abs()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void looksThatDoNotAgreeMoveNothing() {
        for (int minutes = 1; minutes <= 5; minutes++) {
            database = database.plus(Duration.ofMinutes(minutes));
            look();
        }

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(5));
        assertThat(line.turns).isZero();
    }

    @Test
    void aLookThatTookLongTellsNothing() {
        for (int i = 0; i < 5; i++) {
            lookTakes.add(Duration.ofSeconds(20));
            clock.lookAgain();
        }

        assertThat(clock.instant()).isEqualTo(NINE.plusSeconds(100));
    }

    @Test
    void aLookOnABusyMachineMovesNothingThatItCannotTell() {
        lookTakes.add(Duration.ofMillis(600));
        clock.lookAgain();

        assertThat(clock.instant()).isEqualTo(database);
    }

    @Test
    void ofTheFirstLooksTheQuickestCounts() {
        lookTakes.addAll(List.of(Duration.ofSeconds(3), Duration.ofMillis(40), Duration.ofMillis(2)));
        var started = new DatabaseClock(line, () -> nanos);

        assertThat(started.instant()).isBetween(database, database.plusMillis(1));
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

    private void pass(Duration duration) {
        nanos += duration.toNanos();
        database = database.plus(duration);
    }
}
