package org.afterword.e2e.faults;

import java.time.Duration;
import java.util.List;
import org.afterword.e2e.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody sets the clock while the floor is at work. */
class ClockStepsTest {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void aClockThatStepsForTheProgramAloneMovesNothing() throws Exception {
        long seed = Seed.take();
        var clock = new FakeClock(data.path());
        try (var postgres = StrayPostgres.start();
                var house = House.of(data.path(), postgres, postgres.port(), clock.environment());
                var trial = Trial.begin(house, Floor.Size.small(), seed)) {
            for (Duration off : List.of(Duration.ofHours(3), Duration.ofMinutes(-20), Duration.ZERO)) {
                Trial.say("off by " + off);
                clock.step(off);
                trial.goOn(5000, 6000);
                trial.awaitWork();
            }
            trial.finish();
        }
    }

    @Test
    void aClockThatStepsForTheDatabaseTooLosesNothingAndDoesNothingTwice() throws Exception {
        long seed = Seed.take();
        var clock = new FakeClock(data.path());
        try (var house = House.of(data.path(), clock.environment());
                var trial = Trial.begin(house, Floor.Size.small(), seed, true)) {
            for (Duration off :
                    List.of(Duration.ofMinutes(10), Duration.ofMinutes(-5), Duration.ofHours(2), Duration.ZERO)) {
                Trial.say("off by " + off);
                clock.step(off);
                trial.goOn(6000, 7000);
                trial.awaitWork();
            }
            trial.finish();
        }
    }
}
