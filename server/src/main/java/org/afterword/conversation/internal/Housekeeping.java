package org.afterword.conversation.internal;

import java.time.Duration;
import java.time.InstantSource;
import org.afterword.platform.Repeated;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.springframework.context.SmartLifecycle;

/** Forgets what may not or need not be kept: plain words after a minute, keys of events after 30 days. */
final class Housekeeping implements SmartLifecycle {
    private static final Duration FORGET_WORDS_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGET_KEYS_EVERY = Duration.ofHours(1);
    private static final Duration KEYS_KEPT = Duration.ofDays(30);
    private static final int KEYS_AT_A_TIME = 10_000;

    private final TurnRedaction turns;
    private final EventRepository events;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final InstantSource clock;
    private final Repeated forgettingWords;
    private final Repeated forgettingKeys = new Repeated("forget-event-keys", FORGET_KEYS_EVERY, this::forgetKeys);

    Housekeeping(TurnRedaction turns, EventRepository events, Tenancy tenancy, Tenants tenants, InstantSource clock) {
        this.turns = turns;
        this.events = events;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.clock = clock;
        forgettingWords = new Repeated("forget-words", FORGET_WORDS_EVERY, () -> turns.forget(clock.instant()));
    }

    @Override
    public void start() {
        forgettingWords.start();
        forgettingKeys.start();
    }

    @Override
    public void stop() {
        forgettingWords.stop();
        forgettingKeys.stop();
    }

    @Override
    public boolean isRunning() {
        return forgettingWords.isRunning();
    }

    void forgetKeys() {
        for (TenantId tenant : tenants.list()) {
            int forgotten;
            do {
                forgotten = tenancy.in(
                        tenant, () -> events.forgetKeys(clock.instant().minus(KEYS_KEPT), KEYS_AT_A_TIME));
            } while (forgotten == KEYS_AT_A_TIME);
        }
    }
}
