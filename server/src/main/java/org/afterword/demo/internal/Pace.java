package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast talk goes against the clock on the wall: at speed 2 a minute of talk takes half a minute. Paused, no talk passes.
 * What people do after a call is not talk and keeps its real time. May be changed by any thread.
 */
final class Pace {
    static final double SLOWEST = 0.5;
    static final double FASTEST = 32;

    private double speed;
    private boolean paused;
    private Instant since;
    private Duration talkedBefore = Duration.ZERO;

    Pace(double speed, Instant now) {
        this.speed = checked(speed);
        this.since = now;
    }

    synchronized double speed() {
        return speed;
    }

    synchronized boolean paused() {
        return paused;
    }

    /** @throws IllegalArgumentException unless {@code newSpeed} is from {@link #SLOWEST} to {@link #FASTEST} */
    synchronized void setSpeed(double newSpeed, Instant now) {
        checked(newSpeed);
        settle(now);
        speed = newSpeed;
    }

    synchronized void setPaused(boolean newPaused, Instant now) {
        settle(now);
        paused = newPaused;
    }

    synchronized void faster(Instant now) {
        setSpeed(Math.min(FASTEST, speed * 2), now);
    }

    synchronized void slower(Instant now) {
        setSpeed(Math.max(SLOWEST, speed / 2), now);
    }

    /** The talk that has passed since the start. */
    synchronized Duration talked(Instant now) {
        return paused ? talkedBefore : talkedBefore.plus(times(Duration.between(since, now), speed));
    }

    /** When {@code talk} will have passed if nothing changes; empty while paused. */
    synchronized Optional<Instant> when(Duration talk, Instant now) {
        if (paused) {
            return Optional.empty();
        }
        return Optional.of(now.plus(times(talk.minus(talked(now)), 1 / speed)));
    }

    private void settle(Instant now) {
        talkedBefore = talked(now);
        since = now;
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }

    private static double checked(double speed) {
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new IllegalArgumentException("speed %s must be from %s to %s".formatted(speed, SLOWEST, FASTEST));
        }
        return speed;
    }
}
