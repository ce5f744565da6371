package org.afterword.demo.internal;

import org.jspecify.annotations.Nullable;

/** What people may change while the demo runs, and what it tells them. Any thread may ask. */
final class DemoControl {
    /** What to change; null = leave as it is. */
    record Change(@Nullable Double speed, @Nullable Boolean paused) {}

    private final Pace pace;
    private final WallClock clock;
    private final Deck deck;
    private final Switchboard switchboard;

    DemoControl(Pace pace, WallClock clock, Deck deck, Switchboard switchboard) {
        this.pace = pace;
        this.clock = clock;
        this.deck = deck;
        this.switchboard = switchboard;
    }

    DemoStatus status() {
        Switchboard.Status calls = switchboard.status();
        return new DemoStatus(
                pace.speed(),
                pace.paused(),
                deck.size() - deck.left(),
                deck.size(),
                calls.waiting(),
                calls.talking(),
                calls.finished());
    }

    /** @throws IllegalArgumentException if the speed cannot be had */
    DemoStatus change(Change change) {
        if (change.speed() != null) {
            pace.setSpeed(change.speed(), clock.now());
        }
        if (change.paused() != null) {
            pace.setPaused(change.paused(), clock.now());
        }
        return changed();
    }

    DemoStatus faster() {
        pace.faster(clock.now());
        return changed();
    }

    DemoStatus slower() {
        pace.slower(clock.now());
        return changed();
    }

    private DemoStatus changed() {
        clock.wake();
        return status();
    }
}
