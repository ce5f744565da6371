package org.afterword.e2e.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.afterword.e2e.DataFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The program and its database on two machines, and the network between them is not to be trusted. */
@Tag("thorough")
@Isolated
class CutConnectionsTest {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @Test
    void nothingIsLostOrDoneTwiceWhenConnectionsToTheDatabaseAreCutAlsoWithinACommit() throws Exception {
        assumeTrue(Boolean.getBoolean("tests.thorough"), "takes minutes: with -Pthorough");
        long seed = Seed.take();
        var cuts = new ArrayList<>(
                List.of(Proxy.Cut.CLOSE, Proxy.Cut.DEAF, Proxy.Cut.DEAF, Proxy.Cut.STALL, Proxy.Cut.BLACK_HOLE));
        Collections.shuffle(cuts, new Random(seed));
        try (var postgres = StrayPostgres.start();
                var network = new Proxy(postgres.port());
                var house = House.of(data.path(), postgres, network.port(), Map.of());
                var trial = Trial.begin(house, Floor.Size.small(), seed)) {
            for (Proxy.Cut cut : cuts) {
                trial.goOn(1000, 3000);
                Trial.say(cut.name());
                network.cut(cut, Duration.ofMillis(500 + trial.random().nextInt(3000)));
                trial.awaitWork();
            }
            trial.goOn(1000, 2000);
            trial.finish();
        }
    }
}
