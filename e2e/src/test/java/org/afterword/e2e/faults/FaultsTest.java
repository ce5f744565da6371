package org.afterword.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.afterword.e2e.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What was accepted is there once, each leg has its one wrap-up, each deadline took effect once and what left did so once,
 * whatever was killed meanwhile. {@code -Dafterword.seed=N} repeats a run's choices.
 */
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void nothingIsLostOrDoneTwiceWhenTheProgramAndItsDatabaseAreKilledUnderTheLoadOfABusyFloor() throws Exception {
        long seed = Seed.take();
        var faults = new ArrayList<>(List.of(
                House.Fault.KILL_PROGRAM,
                House.Fault.KILL_POSTGRES,
                House.Fault.KILL_BACKEND,
                House.Fault.KILL_BOTH,
                House.Fault.KILL_PROGRAM));
        java.util.Collections.shuffle(faults, new Random(seed));
        var size = new Floor.Size(Integer.getInteger("afterword.agents", 2000), Floor.Size.FULL.meanTalk());
        suffer(faults, size, seed);
    }

    private void suffer(List<House.Fault> faults, Floor.Size size, long seed) throws Exception {
        var random = new Random(seed);
        var ledger = new Ledger();
        try (var house = new House(data.path());
                var receiver = new Receiver(ledger, seed)) {
            var api = new Api(house::address);
            try (var floor = new Floor(api, ledger, size, seed)) {
                floor.open(receiver);
                floor.start();
                for (House.Fault fault : faults) {
                    Api.pause(Duration.ofMillis(3000 + random.nextInt(9000)));
                    System.out.printf("%s %s (seed %d)%n", Instant.now(), fault, seed);
                    house.suffer(fault, random);
                    System.out.printf("%s ready%n", Instant.now());
                    assertThat(ledger.violations()).isEmpty();
                }
                Api.pause(Duration.ofSeconds(5));
                floor.closeDoors(until(PATIENCE));
                System.out.printf("%s %d calls, doors closed%n", Instant.now(), floor.calls());
            }
            try (Connection database = Books.open(house.postgres())) {
                awaitDelivered(database);
                assertThat(Books.audit(
                                ledger, receiver, data.path().resolve("outbox"), database, house.outages(), false))
                        .isEmpty();
            }
            System.out.println(Instant.now() + " " + ledger.sent().size() + " events, "
                    + ledger.completed().size() + " completed " + api.answers());
            assertThat(house.program().stop()).isZero();
        }
    }

    private static void awaitDelivered(Connection database) throws SQLException, IOException {
        BooleanSupplier patient = until(PATIENCE);
        while (patient.getAsBoolean() && Books.underWay(database) > 0) {
            Api.pause(Duration.ofMillis(200));
        }
    }

    private static BooleanSupplier until(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return () -> System.nanoTime() - end < 0;
    }
}
