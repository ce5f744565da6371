package org.afterword.demo.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * What the demo is going to do, step by step on one thread: some of it after so much talk (see {@link Pace}), some after so much
 * real time. Steps that are due together run in the order in which they were planned.
 */
final class Agenda {
    @FunctionalInterface
    interface Step {
        void run() throws InterruptedException;
    }

    private record Planned<T extends Comparable<T>>(T due, long order, Step step) {}

    private static final Duration WHILE_NOTHING_IS_PLANNED = Duration.ofSeconds(1);

    private final WallClock clock;
    private final Pace pace;
    private final Consumer<Refused> refusals;
    private final PriorityQueue<Planned<Duration>> byTalk = queue();
    private final PriorityQueue<Planned<Instant>> byWall = queue();
    private long planned;

    /** @param refusals told of each step that the server would not have; the others go on */
    Agenda(WallClock clock, Pace pace, Consumer<Refused> refusals) {
        this.clock = clock;
        this.pace = pace;
        this.refusals = refusals;
    }

    Instant now() {
        return clock.now();
    }

    /** Plans {@code step} for when {@code talk} more has passed. */
    void afterTalk(Duration talk, Step step) {
        byTalk.add(new Planned<>(pace.talked(clock.now()).plus(talk), planned++, step));
    }

    /** Plans {@code step} for when {@code real} time has passed. */
    void after(Duration real, Step step) {
        byWall.add(new Planned<>(clock.now().plus(real), planned++, step));
    }

    /** Runs what is due, then waits for what comes next; until {@code end}, or until the thread is interrupted. */
    void runUntil(Instant end) throws InterruptedException {
        while (clock.now().isBefore(end)) {
            Optional<Step> due = takeDue();
            if (due.isPresent()) {
                run(due.get());
            } else {
                Instant next = nextDue();
                clock.awaitUntil(next.isBefore(end) ? next : end);
            }
        }
    }

    private void run(Step step) throws InterruptedException {
        try {
            step.run();
        } catch (Refused e) {
            refusals.accept(e);
        }
    }

    private Optional<Step> takeDue() {
        Instant now = clock.now();
        var wall = byWall.peek();
        if (wall != null && !wall.due().isAfter(now)) {
            byWall.remove();
            return Optional.of(wall.step());
        }
        var talk = byTalk.peek();
        if (talk != null
                && pace.when(talk.due(), now).filter(when -> !when.isAfter(now)).isPresent()) {
            byTalk.remove();
            return Optional.of(talk.step());
        }
        return Optional.empty();
    }

    private Instant nextDue() {
        Instant now = clock.now();
        Instant next = now.plus(WHILE_NOTHING_IS_PLANNED);
        var wall = byWall.peek();
        if (wall != null && wall.due().isBefore(next)) {
            next = wall.due();
        }
        var talk = byTalk.peek();
        if (talk != null) {
            Instant latest = next;
            next = pace.when(talk.due(), now)
                    .filter(when -> when.isBefore(latest))
                    .orElse(latest);
        }
        return next;
    }

    private static <T extends Comparable<T>> PriorityQueue<Planned<T>> queue() {
        return new PriorityQueue<>(
                Comparator.<Planned<T>, T>comparing(Planned::due).thenComparingLong(Planned::order));
    }
}
