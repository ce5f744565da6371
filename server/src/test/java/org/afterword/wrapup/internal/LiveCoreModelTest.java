package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Walks random histories through the rules and through {@link ReferenceDesk}, and compares the two after each step: 500
 * histories of 200 steps, and 100,000 with {@code -Pthorough}. What the design calls invariants 1 to 5 is looked at by itself
 * too, whatever the model says ({@link ModelHistory}).
 *
 * <p>The seed is printed and taken from {@code -Dtests.seed}; {@code -Dtests.history} walks that one history only. One that
 * fails is walked again, and its last steps are told.
 */
@Tag("thorough")
class LiveCoreModelTest {
    private static final boolean THOROUGH = Boolean.getBoolean("tests.thorough");
    private static final long HISTORIES = Long.getLong("tests.histories", THOROUGH ? 100_000 : 500);
    private static final int THREADS = 2;

    /** Always the same without {@code -Pthorough}, so that a build does not fail for what it did not change. */
    private static long seed() {
        String given = System.getProperty("tests.seed", "");
        long chosen = THOROUGH ? new Random().nextLong() : 1;
        return given.isEmpty() ? chosen : Long.parseLong(given);
    }

    @Test
    void theRulesDoWhatThePlainestModelOfThemDoes() throws Exception {
        long seed = seed();
        Long only = Long.getLong("tests.history");
        if (only != null) {
            walk(seed, only, new AtomicBoolean());
            return;
        }
        var next = new AtomicLong();
        var failed = new AtomicBoolean();
        var coverage = new ModelHistory.Coverage();
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            var walks = new ArrayList<Callable<ModelHistory.Coverage>>();
            for (int i = 0; i < THREADS; i++) {
                walks.add(() -> {
                    var seen = new ModelHistory.Coverage();
                    for (long number = next.getAndIncrement();
                            number < HISTORIES && !failed.get();
                            number = next.getAndIncrement()) {
                        seen.add(walk(seed, number, failed));
                    }
                    return seen;
                });
            }
            for (Future<ModelHistory.Coverage> walk : threads.invokeAll(walks)) {
                coverage.add(walk.get());
            }
        }
        System.out.printf(
                "The live core against its model: %,d histories of %d steps with seed %d in %d s: %s%n",
                HISTORIES,
                ModelHistory.STEPS,
                seed,
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                coverage);
        // a walk that never gets anywhere proves nothing
        assertThat(coverage.neverSeen()).isEmpty();
    }

    private static ModelHistory.Coverage walk(long seed, long number, AtomicBoolean failed) {
        var history = new ModelHistory(random(seed, number), null);
        try {
            history.walk();
            return history.coverage();
        } catch (RuntimeException | AssertionError e) {
            failed.set(true);
            throw new AssertionError(
                    "history %d of seed %d: %s%nits last steps:%n%s"
                            .formatted(number, seed, e.getMessage(), String.join("\n", lastSteps(seed, number))),
                    e);
        }
    }

    private static Random random(long seed, long number) {
        return new Random(seed * 1_000_003 + number);
    }

    private static List<String> lastSteps(long seed, long number) {
        var told = new ArrayList<String>();
        try {
            new ModelHistory(random(seed, number), told).walk();
        } catch (RuntimeException | AssertionError again) {
            // as it did before
        }
        return told.subList(Math.max(0, told.size() - 15), told.size());
    }
}
