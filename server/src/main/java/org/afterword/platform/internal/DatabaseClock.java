package org.afterword.platform.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database's clock, carried on by this node's monotonic one between looks, so that all nodes agree on what is due and a
 * stepped wall clock of this machine moves nothing. A step of the database's own clock is followed only if it is small.
 */
public final class DatabaseClock implements InstantSource {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration LARGEST_STEP = Duration.ofSeconds(2);

    private record Anchor(Instant time, long nanos) {}

    private final JdbcTemplate jdbc;
    private volatile Anchor anchor;

    public DatabaseClock(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.anchor = look();
        Thread.ofVirtual().name("database-clock").start(this::keepLooking);
    }

    @Override
    public Instant instant() {
        return at(System.nanoTime()).truncatedTo(ChronoUnit.MILLIS);
    }

    private Instant at(long nanos) {
        Anchor known = anchor;
        return known.time.plusNanos(nanos - known.nanos);
    }

    private Anchor look() {
        long before = System.nanoTime();
        Timestamp now = jdbc.queryForObject("SELECT clock_timestamp()", Timestamp.class);
        long after = System.nanoTime();
        if (now == null) {
            throw new IllegalStateException("the database did not tell the time");
        }
        return new Anchor(now.toInstant(), before + (after - before) / 2);
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                lookAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookAgain() {
        try {
            Anchor seen = look();
            Duration step = Duration.between(at(seen.nanos), seen.time);
            if (step.abs().compareTo(LARGEST_STEP) <= 0) {
                anchor = seen;
            } else {
                log.warn(
                        "The database's clock stepped by {} s; windows go on by the monotonic clock", step.toSeconds());
            }
        } catch (RuntimeException e) {
            log.debug("The database's clock could not be read, trying again", e);
        }
    }
}
