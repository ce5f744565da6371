package org.afterword.platform.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.afterword.platform.DatabaseLogin;
import org.afterword.platform.Meters;
import org.afterword.platform.Repeated;
import org.afterword.platform.Storage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Looks every second whether the database answers, on a connection of its own, since the pool may be busy, and whether the disk
 * of the one that comes along has room. That a disk is full which cannot be seen from here, the database says itself when it
 * refuses to store something.
 */
final class StorageWatch implements Storage, SQLExceptionTranslator, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(StorageWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** One look can fail while a busy machine does something else. */
    private static final int LOOKS_UNTIL_AWAY = 2;

    /** How long a refusal for want of room is believed before it is tried out whether there is room again. */
    private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(10);

    private static final String OUTAGES = "afterword.database.outages";
    private static final String DOWN_SECONDS = "afterword.database.down.seconds";

    private static final Set<String> NO_ROOM = Set.of("53100");

    private final BooleanSupplier answers;
    private final BooleanSupplier writes;
    private final BooleanSupplier hasRoom;
    private final LongSupplier nanos;
    private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();
    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = State.WELL;
    private volatile @Nullable Long refusedAt;
    private volatile int unanswered;
    private long lastLook;
    private final Repeated looking = new Repeated("storage-watch", LOOK_EVERY, this::look);

    /**
     * @param answers whether the database does
     * @param writes  whether it has room for what it is told to write; asked after a refusal
     * @param hasRoom whether the disk has, as far as it can be seen from here
     * @param nanos   as {@link System#nanoTime}
     */
    StorageWatch(BooleanSupplier answers, BooleanSupplier writes, BooleanSupplier hasRoom, LongSupplier nanos) {
        this.answers = answers;
        this.writes = writes;
        this.hasRoom = hasRoom;
        this.nanos = nanos;
        lastLook = nanos.getAsLong();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void onChange(Consumer<State> listener) {
        listeners.add(listener);
    }

    /** Every failure of a statement passes here on its way to whoever asked for it. */
    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        if (NO_ROOM.contains(String.valueOf(failure.getSQLState()))) {
            refusedAt = nanos.getAsLong();
        }
        return translator.translate(task, sql, failure);
    }

    void look() {
        boolean wasAway = isAway();
        unanswered = answers.getAsBoolean() ? 0 : unanswered + 1;
        countOutage(wasAway);
        State now = !hasRoom.getAsBoolean() || isRefused()
                ? State.FULL
                : isAway() ? State.AWAY : unanswered > 0 ? state : State.WELL;
        State before = state;
        if (now != before) {
            state = now;
            switch (now) {
                case WELL -> log.warn("The database takes everything again");
                case AWAY -> log.error("The database does not answer");
                case FULL -> log.error("The disk is full: events are refused until there is room");
            }
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    /** A database that went because the disk is full is away too. */
    private boolean isAway() {
        return unanswered >= LOOKS_UNTIL_AWAY;
    }

    private void countOutage(boolean wasAway) {
        long now = nanos.getAsLong();
        if (isAway()) {
            Meters.count(OUTAGES, wasAway ? 0 : 1);
            Meters.count(DOWN_SECONDS, (now - lastLook) / 1e9);
        }
        lastLook = now;
    }

    /** What is small still finds room on a full disk, so that only a try tells. */
    private boolean isRefused() {
        Long at = refusedAt;
        if (at == null || nanos.getAsLong() - at < REFUSAL_HOLDS.toNanos()) {
            return at != null;
        }
        if (writes.getAsBoolean()) {
            refusedAt = null;
            return false;
        }
        refusedAt = nanos.getAsLong();
        return true;
    }

    @Override
    public void start() {
        Meters.count(OUTAGES, 0);
        Meters.count(DOWN_SECONDS, 0);
        Meters.gauge(
                "afterword.database.up", "1 while the database answers, 0 while it does not", () -> isAway() ? 0 : 1);
        Meters.gauge(
                "afterword.storage.full",
                "1 while events are refused for want of room on the disk",
                () -> state == State.FULL ? 1 : 0);
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }

    /** A connection that is there to be asked whether the database is. Used by one thread. */
    static final class Question implements BooleanSupplier {
        private static final int PATIENCE_SECONDS = 3;

        /** Does not fit into that little memory, and goes to a file on the disk of the tables for as long as it takes: some 3 MB. */
        static final String WRITE = "SELECT count(*) FROM generate_series(1, 200000)";

        private static final String LITTLE_MEMORY = "SET work_mem = '64kB'";

        private final DatabaseLogin login;
        private @Nullable Connection connection;

        Question(DatabaseLogin login) {
            this.login = login;
        }

        @Override
        public boolean getAsBoolean() {
            try {
                Connection open = connection == null ? login.connect(PATIENCE_SECONDS) : connection;
                connection = open;
                if (open.isValid(PATIENCE_SECONDS)) {
                    return true;
                }
                connection = null;
                open.close();
            } catch (SQLException e) {
                log.debug("The database does not answer", e);
            }
            return false;
        }

        /** False only if the database says that it has no room: whatever else it says is no reason to refuse events. */
        boolean writes() {
            try (Connection open = login.connect(PATIENCE_SECONDS);
                    var statement = open.createStatement()) {
                statement.execute(LITTLE_MEMORY);
                statement.execute(WRITE);
                return true;
            } catch (SQLException e) {
                log.debug("The database did not write what it was asked to", e);
                return !NO_ROOM.contains(String.valueOf(e.getSQLState()));
            }
        }
    }
}
