package org.afterword.platform.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.afterword.platform.Meters;
import org.afterword.platform.Repeated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every second whether the database answers, and counts how often and for how long it did not. */
final class DatabaseWatch implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LONGEST_LOOK_SECONDS = 2;

    private final HikariDataSource dataSource;
    private final Repeated looking = new Repeated("database-watch", EVERY, this::lookAndTell);
    private volatile boolean running;
    private volatile boolean up = true;

    /** By the monotonic clock. */
    private long lastLook = System.nanoTime();

    DatabaseWatch(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        Meters.count("afterword.database.outages", 0);
        Meters.count("afterword.database.down.seconds", 0);
        Meters.gauge("afterword.database.up", "1 while the database answers, 0 while it does not", () -> up ? 1 : 0);
    }

    @Override
    public void start() {
        running = true;
        lastLook = System.nanoTime();
        looking.start();
    }

    @Override
    public void stop() {
        running = false;
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void lookAndTell() {
        boolean wasUp = up;
        look();
        long now = System.nanoTime();
        if (!up) {
            Meters.count("afterword.database.down.seconds", (now - lastLook) / 1e9);
        }
        lastLook = now;
        if (wasUp && !up) {
            Meters.count("afterword.database.outages", 1);
            log.error("The database does not answer");
        } else if (!wasUp && up) {
            log.warn("The database answers again");
        }
    }

    private void look() {
        try (Connection connection = dataSource.getConnection()) {
            up = connection.isValid(LONGEST_LOOK_SECONDS);
        } catch (SQLException e) {
            // with connections that others use it is busy, not away
            up = up && dataSource.getHikariPoolMXBean().getTotalConnections() > 0;
        }
    }
}
