package org.afterword.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.afterword.ApiServer;
import org.afterword.platform.DataFolder;
import org.afterword.platform.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent, the program answers: never with a failure of its own, never not at all, and what it has stored of it can be
 * shown. 5,000 inputs, and 150,000 with {@code -Pthorough}, which has an hour for all; {@code -Dtests.fuzz.inputs=1000000} sends
 * more. A request is one input, and so is each event of a batch.
 *
 * <p>The seed is printed and taken from {@code -Dtests.seed}: it makes inputs of the same kinds. Requests go over several connections
 * at once and name what there is by then, so that a run is not repeated to the byte; one that did harm is kept in {@code target/fuzz}.
 */
@Tag("thorough")
class FuzzTest {
    private static final boolean THOROUGH = Boolean.getBoolean("tests.thorough");
    private static final long INPUTS = Long.getLong("tests.fuzz.inputs", THOROUGH ? 150_000 : 5_000);

    /** So many go to one contact center, then a new one is made: a center is no larger in a thorough run. */
    private static final long PER_CENTER = 20_000;

    private static final int CONNECTIONS = 4;
    private static final int LOOK_EVERY = 500;
    private static final long MEGABYTE = 1 << 20;

    /** Far below what keeping a trace of each input would take, and above the noise of caches that fill. */
    private static final long MEMORY_MARGIN = 64 * MEGABYTE;

    private static final int DESCRIPTOR_MARGIN = 100;
    private static final int THREAD_MARGIN = 100;

    private final ApiServer server = ApiServer.running();
    private final long seed = seed();
    private final Map<String, AtomicLong> statuses = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    /** Always the same without {@code -Pthorough}, so that a build does not fail for what it did not change. */
    private static long seed() {
        String given = System.getProperty("tests.seed", "");
        long chosen = THOROUGH ? new Random().nextLong() : 1;
        return given.isEmpty() ? chosen : Long.parseLong(given);
    }

    /** What the test JVM holds, the server in it. */
    private record Held(long heap, long descriptors, int threads) {
        static Held now() {
            System.gc();
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Held(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    system.getOpenFileDescriptorCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    @BeforeEach
    void tablesAreAnalyzed() {
        PostgresDatabase.ofProgram().switchAutovacuum(true);
    }

    @AfterEach
    void tablesAreLeftAlone() {
        PostgresDatabase.ofProgram().switchAutovacuum(false);
    }

    @Test
    void nothingThatIsSentBreaksIt() throws Exception {
        System.out.printf("Fuzzing with %,d inputs, -Dtests.seed=%d%n", INPUTS, seed);
        long start = System.nanoTime();
        long sent = 0;
        Held before = Held.now();
        long warmUp = Math.min(INPUTS / 10, PER_CENTER / 2);
        try (var findings = new Findings(Path.of("target", "fuzz"))) {
            for (int center = 0; sent < INPUTS; center++) {
                var world = new World(server);
                var inputs = new Inputs(world);
                long until = Math.min(INPUTS, (center + 1) * PER_CENTER);
                if (center == 0) {
                    sent = send(sent, warmUp, world, inputs, findings);
                    Aftermath.awaitRest(world);
                    before = Held.now();
                }
                sent = send(sent, until, world, inputs, findings);
                Aftermath.of(world).check(findings);
                System.out.printf(
                        "%,d inputs in %d s%n",
                        sent, Duration.ofNanos(System.nanoTime() - start).toSeconds());
            }
            Held after = Held.now();
            System.out.printf(
                    "%,d requests; answers %s; before %s, after %s%n",
                    requests.get(), new TreeMap<>(statuses), before, after);
            assertThat(findings.lines()).as("with seed %d", seed).isEmpty();
            assertThat(after.heap).isLessThan(before.heap + MEMORY_MARGIN);
            assertThat(after.descriptors).isLessThan(before.descriptors + DESCRIPTOR_MARGIN);
            assertThat(after.threads).isLessThan(before.threads + THREAD_MARGIN);
            assertThat(dataFiles()).isLessThan(100);
        }
    }

    private long dataFiles() throws IOException {
        try (var files = Files.walk(server.bean(DataFolder.class).path())) {
            return files.count();
        }
    }

    /** Each connection takes the next number and makes its input of it, until there are enough. */
    private long send(long from, long until, World world, Inputs inputs, Findings findings) throws Exception {
        var sent = new AtomicLong(from);
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(connections.submit(() -> {
                    try (var wire = new Wire(server.address())) {
                        while (sent.get() < until) {
                            long number = requests.getAndIncrement();
                            if (number % LOOK_EVERY == 0) {
                                world.look();
                            }
                            Input input = inputs.next(new Random(seed + number * 0x9e3779b97f4a7c15L));
                            sent.addAndGet(exchange(input, wire, world, findings));
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> client : clients) {
            client.get();
        }
        return sent.get();
    }

    /** As how many inputs it counts: a batch that is refused as a whole is one. */
    private int exchange(Input input, Wire wire, World world, Findings findings) {
        try {
            Wire.Answer answer = wire.exchange(world.signed(input.request()), !input.isHttp());
            statuses.computeIfAbsent(input.kind() + " " + answer.status(), _ -> new AtomicLong())
                    .incrementAndGet();
            String fault = Verdict.on(answer, input);
            if (fault != null) {
                findings.add(input.kind() + ": " + fault, input);
            }
            return answer.status() == 202 ? input.count() : 1;
        } catch (SocketTimeoutException e) {
            // the server may wait for the rest of what a malformed input announced; what is well-formed it has to
            // answer
            if (input.isHttp() || !isAnsweredAlone(input, world)) {
                findings.add(input.kind() + ": no answer", input);
            }
        } catch (IOException e) {
            if (input.isHttp() && input.request().length < Input.LONG) {
                findings.add(input.kind() + ": " + e.getMessage(), input);
            }
        }
        return 1;
    }

    /** On a connection of its own, which ends after it. */
    private boolean isAnsweredAlone(Input input, World world) {
        try (var alone = new Wire(server.address())) {
            var _ = alone.exchange(world.signed(input.request()), !input.isHttp());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
