package org.afterword.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.afterword.e2e.DataFolder;
import org.afterword.program.AfterwordProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What was accepted is there once, each leg has its one wrap-up, each deadline took effect once and what left did so once,
 * whatever was killed meanwhile. {@code -Dtests.seed=N} repeats a run's choices.
 */
@Isolated
class FaultsTest {
    private static final Duration THOROUGH = Duration.ofMinutes(9);

    /** Of {@code -Pthorough}: the runs so far on this machine, one a line, until somebody removes it. */
    private static final Path RUNS = Path.of("target", "faults.tsv");

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void nothingIsLostOrDoneTwiceWhenTheProgramAndItsDatabaseAreKilledUnderTheLoadOfABusyFloor() throws Exception {
        long seed = Seed.take();
        var faults = new ArrayList<>(List.of(
                House.Fault.KILL_PROGRAM,
                House.Fault.KILL_PROGRAM,
                House.Fault.KILL_POSTGRES,
                House.Fault.KILL_BACKEND,
                House.Fault.KILL_BOTH));
        Collections.shuffle(faults, new Random(seed));
        try (var house = House.of(data.path());
                var trial = Trial.begin(house, Floor.Size.full(), seed)) {
            for (House.Fault fault : faults) {
                trial.goOn(3000, 6000);
                trial.suffer(fault);
                trial.awaitWork();
            }
            trial.finishInTime();
            assertThat(house.program().stop()).isZero();
            assertTheTrailIsWhole();
        }
    }

    @Test
    @Tag("thorough")
    void nothingIsLostOrDoneTwiceHoweverOftenSomethingIsKilledOrFrozen() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes ten minutes: with -Pthorough");
        long seed = Seed.take();
        var done = new ArrayList<House.Fault>();
        String result = "failed";
        try (var house = House.of(data.path());
                var trial = Trial.begin(house, Floor.Size.full(), seed)) {
            BooleanSupplier more = Trial.within(THOROUGH);
            while (more.getAsBoolean()) {
                trial.goOn(2000, 15_000);
                House.Fault fault = one(List.of(House.Fault.values()), trial.random());
                done.add(fault);
                trial.suffer(fault);
                trial.awaitWork();
            }
            trial.finishInTime();
            assertThat(house.program().stop()).isZero();
            assertTheTrailIsWhole();
            result = "passed";
        } finally {
            long kills = done.stream().filter(House.Fault::isKill).count();
            note("%s\t%d\t%d kills\t%s\t%s%n".formatted(Instant.now(), seed, kills, result, done));
        }
    }

    /** As an auditor proves it, on the folder that the killed program left. */
    private void assertTheTrailIsWhole() throws IOException {
        var proved = AfterwordProcess.run("verify-audit", "--data", data.path().toString());
        assertThat(proved.output()).contains("default: the trail is whole");
        assertThat(proved.exitCode()).as(proved.output()).isZero();
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static void note(String run) throws IOException {
        Files.writeString(RUNS, run, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
