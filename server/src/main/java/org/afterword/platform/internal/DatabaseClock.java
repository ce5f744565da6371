package org.afterword.platform.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database's clock, carried on by this node's monotonic one between looks, so that all nodes agree on what is due and a
 * stepped wall clock of this machine moves nothing. It never runs backwards.
 *
 * <p>The database's clock itself may step: a suspended machine, another server after a failover. That is followed as soon as
 * several looks agree on it. After a step forward time jumps, and windows are given back what it took, as after a downtime. After
 * a step backward time goes on at half speed until the database's clock has caught up: what is due comes late by as much as the
 * step at most, and nothing stands still.
 */
public final class DatabaseClock implements InstantSource {
    private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final int FIRST_LOOKS = 10;
    private static final Duration GOOD_LOOK = Duration.ofMillis(5);
    private static final int LOOKS_THAT_AGREE = 3;

    /** What is more than this is a step, and not the drift of two clocks. */
    private static final Duration LARGEST_DRIFT = Duration.ofSeconds(2);

    /** A look that took longer does not tell well enough what time it was. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    /**
     * @param time  of the database, at {@code nanos}
     * @param shown what callers were told at {@code nanos}; later than {@code time} after a step backward
     */
    private record Anchor(Instant time, long nanos, Instant shown) {
        Instant database(long now) {
            return time.plusNanos(now - nanos);
        }

        Instant shown(long now) {
            Instant slowed = shown.plusNanos((now - nanos) / 2);
            Instant database = database(now);
            return slowed.isAfter(database) ? slowed : database;
        }
    }

    private record Look(Instant time, long nanos, Duration took) {}

    private final Supplier<Instant> database;
    private final LongSupplier monotonic;
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile Anchor anchor;

    /** The step that the last looks agreed on, and how many did; none if the clocks agree. */
    private Duration step = Duration.ZERO;

    private int agreeing;

    public DatabaseClock(JdbcTemplate jdbc) {
        this(() -> timeOf(jdbc), System::nanoTime);
        Thread.ofVirtual().name("database-clock").start(this::keepLooking);
    }

    /** Looks only when it is told to. */
    DatabaseClock(Supplier<Instant> database, LongSupplier monotonic) {
        this.database = database;
        this.monotonic = monotonic;
        Look first = bestLook();
        this.anchor = new Anchor(first.time, first.nanos, first.time);
    }

    private static Instant timeOf(JdbcTemplate jdbc) {
        Timestamp now = jdbc.queryForObject("SELECT clock_timestamp()", Timestamp.class);
        if (now == null) {
            throw new IllegalStateException("the database did not tell the time");
        }
        return now.toInstant();
    }

    @Override
    public Instant instant() {
        long now = anchor.shown(monotonic.getAsLong()).toEpochMilli();
        return Instant.ofEpochMilli(latestMillis.accumulateAndGet(now, Math::max));
    }

    private Look look() {
        long before = monotonic.getAsLong();
        Instant time = database.get();
        long after = monotonic.getAsLong();
        return new Look(time, before + (after - before) / 2, Duration.ofNanos(after - before));
    }

    /** The first look of all opens a connection, and nobody knows when in it the time was told: another one tells it better. */
    private Look bestLook() {
        Look best = look();
        for (int look = 1; look < FIRST_LOOKS && best.took.compareTo(GOOD_LOOK) > 0; look++) {
            Look next = look();
            best = next.took.compareTo(best.took) < 0 ? next : best;
        }
        return best;
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(agreeing == 0 ? LOOK_EVERY : LOOK_AGAIN_AFTER);
                try {
                    lookAgain();
                } catch (RuntimeException e) {
                    log.debug("The database's clock could not be read, trying again", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void lookAgain() {
        Look seen = look();
        if (seen.took.compareTo(LONGEST_LOOK) > 0) {
            return;
        }
        Anchor known = anchor;
        Duration off = Duration.between(known.database(seen.nanos), seen.time);
        if (off.abs().compareTo(seen.took.dividedBy(2)) <= 0) {
            // within what this look cannot tell: the clocks may agree
            agreeing = 0;
            return;
        }
        if (isDrift(off)) {
            agreeing = 0;
        } else {
            agreeing = agreeing > 0 && isDrift(off.minus(step)) ? agreeing + 1 : 1;
            step = off;
            if (agreeing < LOOKS_THAT_AGREE) {
                return;
            }
            log.warn("The database's clock stepped by {} s, and time here follows it", off.toSeconds());
            agreeing = 0;
        }
        anchor = new Anchor(seen.time, seen.nanos, known.shown(seen.nanos));
    }

    private static boolean isDrift(Duration off) {
        return off.abs().compareTo(LARGEST_DRIFT) <= 0;
    }
}
