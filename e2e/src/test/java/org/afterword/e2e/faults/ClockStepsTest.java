package org.afterword.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.afterword.e2e.DataFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** Somebody sets the clock while the floor is at work. */
@Tag("thorough")
@Isolated
class ClockStepsTest {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void aClockThatStepsForTheProgramAloneMovesNothing() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes minutes: with -Pthorough");
        var steps = List.of(Duration.ofHours(3), Duration.ofMinutes(-20), Duration.ZERO);
        long seed = Seed.take();
        var clock = new FakeClock(data.path());
        try (var postgres = StrayPostgres.start();
                var house = House.of(data.path(), postgres, postgres.port(), clock.environment());
                var trial = Trial.begin(house, Floor.Size.small(), seed)) {
            for (Duration off : steps) {
                step(clock, off);
                trial.goOn(5000, 6000);
                trial.awaitWork();
            }
            trial.finish();
        }
    }

    @Test
    void aClockThatStepsForTheDatabaseTooLosesNothingAndDoesNothingTwice() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes minutes: with -Pthorough");
        var steps = List.of(Duration.ofMinutes(10), Duration.ofMinutes(-5), Duration.ZERO);
        long seed = Seed.take();
        var clock = new FakeClock(data.path());
        try (var house = House.of(data.path(), clock.environment());
                var trial = Trial.begin(house, Floor.Size.small(), seed, true)) {
            for (Duration off : steps) {
                step(clock, off);
                // the program looks every ten seconds, and then twice more before it believes it
                trial.goOn(14_000, 15_000);
                trial.awaitWork();
            }
            trial.finish();
            assertThat(Files.readString(data.path().resolve("logs/afterword.log")))
                    .contains("The database's clock stepped by");
        }
    }

    @Test
    void noWindowEndsEarlyOrLateWhenTheClockOfTheProgramAndItsDatabaseStepsByAnHour() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes minutes: with -Pthorough");
        var clock = new FakeClock(data.path());
        try (var house = House.of(data.path(), clock.environment())) {
            var windows = new TimedWindows(new Api(house::address));
            for (Duration off : List.of(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(-1), Duration.ZERO)) {
                windows.endInTime(() -> step(clock, off));
            }
        }
    }

    @Test
    void noWindowEndsEarlyOrLateWhenTheClockOfTheProgramAloneStepsByAnHour() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes minutes: with -Pthorough");
        var clock = new FakeClock(data.path());
        try (var postgres = StrayPostgres.start();
                var house = House.of(data.path(), postgres, postgres.port(), clock.environment())) {
            var windows = new TimedWindows(new Api(house::address));
            for (Duration off : List.of(Duration.ofHours(1), Duration.ofHours(-1))) {
                windows.endInTime(() -> step(clock, off));
            }
        }
    }

    private static void step(FakeClock clock, Duration off) throws IOException {
        Trial.say("the clock is off by " + off);
        clock.step(off);
    }
}
