package org.afterword.stream.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventLog;
import org.afterword.platform.EventPosition;
import org.afterword.platform.Meters;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.springframework.context.SmartLifecycle;

/**
 * All that is listened to on this node. Stops before the web server does, so that open streams do not hold up its graceful
 * end.
 */
final class LiveStreams implements SmartLifecycle {
    private static final int BATCH = 500;

    private final Tenancy tenancy;
    private final EventLog eventLog;
    private final InstantSource clock;
    private final StreamSettings settings;
    private final Map<TenantId, TenantFeed> feeds = new ConcurrentHashMap<>();
    private volatile boolean running;

    LiveStreams(Tenancy tenancy, EventLog eventLog, InstantSource clock, StreamSettings settings) {
        this.tenancy = tenancy;
        this.eventLog = eventLog;
        this.clock = clock;
        this.settings = settings;
        Meters.gauge(
                "afterword.stream.listeners",
                "Streams that are open on this node",
                () -> feeds.values().stream().mapToInt(TenantFeed::listeners).sum());
        eventLog.onAppended(tenant -> {
            TenantFeed feed = feeds.get(tenant);
            if (feed != null) {
                feed.nudge();
            }
        });
    }

    /** @throws ProblemException UNAVAILABLE while the server stops */
    Subscription subscribe(TenantId tenant, Audience audience) {
        Subscription subscription = feeds.computeIfAbsent(
                        tenant, id -> new TenantFeed(id, tenancy, eventLog, settings.room()))
                .join(audience);
        if (!running) {
            subscription.close();
            throw new ProblemException(ProblemType.UNAVAILABLE, "The server stops; another one takes the stream.");
        }
        return subscription;
    }

    /** Whether a listener that has seen {@code last} can be given all it missed; not if {@code last} is of another log. */
    boolean reachesBackTo(TenantId tenant, EventPosition last) {
        return tenancy.in(tenant, () -> {
            if (last.compareTo(eventLog.head()) > 0) {
                return false;
            }
            Instant oldestKept = clock.instant().minus(settings.memory());
            return eventLog.readAfter(last, 1).get().stream()
                    .noneMatch(event -> event.at().isBefore(oldestKept));
        });
    }

    /** The first events after {@code seen} and up to {@code end}, whoever they are for; none if there are no more. */
    List<DomainEvent> between(TenantId tenant, EventPosition seen, EventPosition end) {
        return tenancy.in(tenant, () -> eventLog.readAfter(seen, BATCH)).get().stream()
                .filter(event -> event.position().compareTo(end) <= 0)
                .toList();
    }

    /** Nothing can be stored: whoever listens comes back, and asks meanwhile why. */
    void endAll() {
        feeds.values().forEach(TenantFeed::end);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        endAll();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
