package org.afterword.platform.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.afterword.platform.ClockLead;
import org.afterword.platform.Meters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The time that all nodes keep, carried on by this node's monotonic clock between looks, so that they agree on what is due. No
 * wall clock that is stepped moves it, be it this machine's or the database's own: a step of the database's clock is left out of
 * the line as soon as several looks agree on it, and the line approaches that clock again so slowly that windows do not notice.
 * It never runs backwards, but where another node knows better.
 *
 * <p>A drift of two seconds at most is no step: it is followed at once if forward, else at half speed.
 */
public final class DatabaseClock implements InstantSource, ClockLead {
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
     * @param line  what was read, at {@code nanos}
     * @param shown what callers were told at {@code nanos}; later than the line after a drift backward
     */
    private record Anchor(TimeLine.Reading line, long nanos, Instant shown) {
        Instant line(long now) {
            return line.time().plusNanos(now - nanos);
        }

        Instant shown(long now) {
            Instant slowed = shown.plusNanos((now - nanos) / 2);
            Instant time = line(now);
            return slowed.isAfter(time) ? slowed : time;
        }
    }

    private record Look(TimeLine.Reading line, long nanos, Duration took) {
        Anchor anchor() {
            return new Anchor(line, nanos, line.time());
        }
    }

    private final TimeLine line;
    private final LongSupplier monotonic;
    private final AtomicLong latestMillis = new AtomicLong(Long.MIN_VALUE);
    private volatile Anchor anchor;

    /** The step that the last looks agreed on, and how many did; none if the clocks agree. */
    private Duration step = Duration.ZERO;

    private int agreeing;

    public DatabaseClock(JdbcTemplate jdbc) {
        this(new SharedTimeLine(jdbc), System::nanoTime);
        Meters.gauge(
                "afterword.clock.ahead.seconds",
                "How far time here is ahead of the database's clock, which was set; negative = behind it",
                () -> anchor.line.ahead().toMillis() / 1000.0);
        Thread.ofVirtual().name("database-clock").start(this::keepLooking);
    }

    /** Looks only when it is told to. */
    DatabaseClock(TimeLine line, LongSupplier monotonic) {
        this.line = line;
        this.monotonic = monotonic;
        this.anchor = bestLook().anchor();
    }

    @Override
    public Instant instant() {
        long now = anchor.shown(monotonic.getAsLong()).toEpochMilli();
        return Instant.ofEpochMilli(latestMillis.accumulateAndGet(now, Math::max));
    }

    @Override
    public Duration get() {
        Duration ahead = anchor.line.ahead();
        return ahead.isNegative() ? Duration.ZERO : ahead;
    }

    private Look look() {
        long before = monotonic.getAsLong();
        TimeLine.Reading read = line.read();
        long after = monotonic.getAsLong();
        return new Look(read, before + (after - before) / 2, Duration.ofNanos(after - before));
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
        if (!anchor.line.ahead().isZero()) {
            line.approach(anchor.line(monotonic.getAsLong()));
        }
        Look seen = look();
        if (seen.took.compareTo(LONGEST_LOOK) > 0) {
            return;
        }
        Anchor known = anchor;
        Duration off = Duration.between(known.line(seen.nanos), seen.line.time());
        if (isDrift(off)) {
            agreeing = 0;
            // less than this look can tell is nothing
            boolean agree = off.abs().compareTo(seen.took.dividedBy(2)) <= 0;
            anchor = agree
                    ? new Anchor(
                            new TimeLine.Reading(
                                    known.line(seen.nanos), seen.line.ahead(), seen.line.lead(), seen.line.turns()),
                            seen.nanos,
                            known.shown(seen.nanos))
                    : new Anchor(seen.line, seen.nanos, known.shown(seen.nanos));
        } else if (seen.line.turns() != known.line.turns()) {
            agreeing = 0;
            log.warn("Time here was off by {} s from what all nodes keep, and follows that", off.toSeconds());
            anchor = seen.anchor();
            latestMillis.set(seen.line.time().toEpochMilli());
        } else {
            agreeing = agreeing > 0 && isDrift(off.minus(step)) ? agreeing + 1 : 1;
            step = off;
            if (agreeing >= LOOKS_THAT_AGREE) {
                agreeing = 0;
                log.warn(
                        "The database's clock stepped by {} s. Time here goes on without that, and approaches it slowly",
                        off.toSeconds());
                line.leaveOut(off, known.line(monotonic.getAsLong()), seen.line.turns());
                lookAgain();
            }
        }
    }

    private static boolean isDrift(Duration off) {
        return off.abs().compareTo(LARGEST_DRIFT) <= 0;
    }
}
