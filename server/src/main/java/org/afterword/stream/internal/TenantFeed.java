package org.afterword.stream.internal;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of one tenant's event log, read once on this node for all who listen; nobody listens, nobody reads. */
final class TenantFeed {
    private static final Logger log = LoggerFactory.getLogger(TenantFeed.class);

    /** Bounds how late an event of another node is noticed. */
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(250);

    /** So short that nobody sees it; under load several events come in one reading. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private static final int BATCH = 500;

    private final TenantId tenant;
    private final Tenancy tenancy;
    private final EventLog eventLog;
    private final int room;
    private final Set<Subscription> subscriptions = new CopyOnWriteArraySet<>();
    private final Semaphore nudges = new Semaphore(0);

    /** Held while the reader takes a step, so that whoever joins knows exactly what it missed. */
    private final ReentrantLock step = new ReentrantLock();

    private EventPosition position = EventPosition.START;
    private boolean reading;
    private boolean failing;

    TenantFeed(TenantId tenant, Tenancy tenancy, EventLog eventLog, int room) {
        this.tenant = tenant;
        this.tenancy = tenancy;
        this.eventLog = eventLog;
        this.room = room;
    }

    Subscription join(Audience audience) {
        step.lock();
        try {
            if (!reading) {
                position = tenancy.in(tenant, eventLog::head);
                reading = true;
                Thread.ofVirtual().name("stream-" + tenant).start(this::read);
            }
            var subscription = new Subscription(audience, position, room, subscriptions::remove);
            subscriptions.add(subscription);
            return subscription;
        } finally {
            step.unlock();
        }
    }

    /** There may be something new. */
    void nudge() {
        nudges.release();
    }

    int listeners() {
        return subscriptions.size();
    }

    void end() {
        subscriptions.forEach(Subscription::end);
    }

    private void read() {
        boolean isUnheard = false;
        try {
            while (isHeard()) {
                if (!step()) {
                    awaitNudge();
                }
            }
            isUnheard = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!isUnheard) {
                giveUp();
            }
        }
    }

    /** Listeners whose reader failed come again, and then find another. */
    private void giveUp() {
        step.lock();
        try {
            reading = false;
            end();
        } finally {
            step.unlock();
        }
    }

    private boolean isHeard() {
        step.lock();
        try {
            reading = !subscriptions.isEmpty();
            return reading;
        } finally {
            step.unlock();
        }
    }

    /** Hands on one batch; true if there may be more. */
    private boolean step() {
        step.lock();
        try {
            List<DomainEvent> events = tenancy.in(tenant, () -> eventLog.readAfter(position, BATCH))
                    .get();
            failing = false;
            events.forEach(this::handOn);
            return events.size() == BATCH;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("The event log of tenant {} cannot be read, trying again: {}", tenant, e.toString());
            }
            failing = true;
            return false;
        } finally {
            step.unlock();
        }
    }

    private void handOn(DomainEvent event) {
        Frame frame = Frame.of(event);
        subscriptions.forEach(subscription -> subscription.offer(event, frame));
        position = event.position();
    }

    private void awaitNudge() throws InterruptedException {
        if (nudges.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS)) {
            Thread.sleep(GATHERING);
            nudges.drainPermits();
        }
    }
}
