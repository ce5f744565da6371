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

    /** How long a refusal for want of room is believed: something is stored every few seconds, and is refused again. */
    private static final Duration REFUSAL_HOLDS = Duration.ofSeconds(10);

    private static final Set<String> NO_ROOM = Set.of("53100");

    private final BooleanSupplier answers;
    private final BooleanSupplier hasRoom;
    private final LongSupplier nanos;
    private final SQLExceptionTranslator translator = new SQLExceptionSubclassTranslator();
    private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = State.WELL;
    private volatile @Nullable Long refusedAt;
    private int unanswered;
    private volatile @Nullable Thread thread;

    /** @param nanos as {@link System#nanoTime} */
    StorageWatch(BooleanSupplier answers, BooleanSupplier hasRoom, LongSupplier nanos) {
        this.answers = answers;
        this.hasRoom = hasRoom;
        this.nanos = nanos;
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
        unanswered = answers.getAsBoolean() ? 0 : unanswered + 1;
        State now = !hasRoom.getAsBoolean() || wasRefusedLately()
                ? State.FULL
                : unanswered >= LOOKS_UNTIL_AWAY ? State.AWAY : unanswered > 0 ? state : State.WELL;
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

    private boolean wasRefusedLately() {
        Long at = refusedAt;
        return at != null && nanos.getAsLong() - at < REFUSAL_HOLDS.toNanos();
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("storage-watch").start(this::keepLooking);
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                try {
                    look();
                } catch (RuntimeException e) {
                    log.error("Storage could not be looked at", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** A connection that is there to be asked whether the database is. Used by one thread. */
    static final class Question implements BooleanSupplier {
        private static final int PATIENCE_SECONDS = 3;

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
    }
}
