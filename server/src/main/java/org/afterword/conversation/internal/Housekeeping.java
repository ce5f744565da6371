package org.afterword.conversation.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Forgets what may not or need not be kept: plain words after a minute, keys of events after 30 days. */
final class Housekeeping implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration FORGET_WORDS_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGET_KEYS_EVERY = Duration.ofHours(1);
    private static final Duration KEYS_KEPT = Duration.ofDays(30);
    private static final int KEYS_AT_A_TIME = 10_000;

    private final TurnRedaction turns;
    private final EventRepository events;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final InstantSource clock;
    private final List<Thread> threads = new ArrayList<>();

    Housekeeping(TurnRedaction turns, EventRepository events, Tenancy tenancy, Tenants tenants, InstantSource clock) {
        this.turns = turns;
        this.events = events;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        threads.add(every(FORGET_WORDS_EVERY, "forget-words", () -> turns.forget(clock.instant())));
        threads.add(every(FORGET_KEYS_EVERY, "forget-event-keys", this::forgetKeys));
    }

    @Override
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
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

    private static Thread every(Duration pause, String name, Runnable task) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                while (true) {
                    Thread.sleep(pause);
                    attempt(name, task);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void attempt(String name, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("{} did not work and is tried again later: {}", name, StorageTrouble.describe(e));
        }
    }
}
