package org.afterword.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run: a house, the load on it, and the reckoning at the end. */
final class Trial implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final House house;
    private final Ledger ledger = new Ledger();
    private final Random random;
    private final Receiver receiver;
    private final Api api;
    private final Floor floor;
    private boolean clockMoves;

    private Trial(House house, Floor.Size size, long seed) throws IOException {
        this.house = house;
        this.random = new Random(seed);
        this.receiver = new Receiver(ledger, seed);
        this.api = new Api(house::address);
        this.floor = new Floor(api, ledger, size, seed);
    }

    /** The floor is at work once this is there. */
    static Trial begin(House house, Floor.Size size, long seed) throws IOException {
        return begin(house, size, seed, false);
    }

    /** @param clockMoves the database's clock is going to be stepped */
    static Trial begin(House house, Floor.Size size, long seed, boolean clockMoves) throws IOException {
        var trial = new Trial(house, size, seed);
        trial.clockMoves = clockMoves;
        if (clockMoves) {
            trial.floor.clocksDiffer();
        }
        trial.floor.open(trial.receiver);
        trial.floor.start();
        say("%d agents are at work".formatted(size.agents()));
        return trial;
    }

    Api api() {
        return api;
    }

    House house() {
        return house;
    }

    Random random() {
        return random;
    }

    /** Lets the floor work for a while; nothing that must not be may have been seen. */
    void goOn(int fromMillis, int toMillis) {
        Api.pause(Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis)));
        if (!ledger.violations().isEmpty()) {
            throw new AssertionError("%s%n%s".formatted(ledger.violations(), house.failures()));
        }
    }

    void suffer(House.Fault fault) throws IOException {
        say(fault.name());
        house.suffer(fault, random);
        say("ready again");
    }

    /** Waits until something that was sent just now is taken: then the house works again. */
    void awaitWork() {
        Api.Answer taken = api.clear("POST", "/api/v1/routing/reservations", """
                {"channel": "voice", "queue": "own", "interactionId": "nobody-%d", "ttlSeconds": 1}""".formatted(random.nextInt(1_000_000)));
        assertThat(taken.status()).isIn(201, 409);
        house.awaitReady();
    }

    /** As {@link #finish}; and so much must have happened that it says something, each deadline in time but for the outages. */
    void finishInTime() throws IOException, SQLException {
        finish(floor.leastHappened());
        assertThat(floor.named()).as("agents that were named as free").isPositive();
    }

    /** Lets the floor finish what it began, and compares what it knows with what the program kept and sent. */
    void finish() throws IOException, SQLException {
        finish(null);
    }

    private void finish(Books.@Nullable Least least) throws IOException, SQLException {
        floor.closeDoors(within(PATIENCE));
        say("%d calls, %d events, %d records"
                .formatted(
                        floor.calls(), ledger.sent().size(), ledger.completed().size()));
        try (Connection database = Books.open(house.postgres())) {
            BooleanSupplier patient = within(PATIENCE);
            while (patient.getAsBoolean() && Books.underWay(database) > 0) {
                Api.pause(Duration.ofMillis(200));
            }
            assertThat(Books.audit(ledger, receiver, house.outbox(), database, house.outages(), clockMoves, least))
                    .isEmpty();
        }
        say("all is there, once; requests were answered %s".formatted(api.answers()));
    }

    static void say(String what) {
        System.out.println(Instant.now() + " " + what);
    }

    static BooleanSupplier within(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        return () -> System.nanoTime() - end < 0;
    }

    @Override
    public void close() {
        floor.close();
        receiver.close();
    }
}
