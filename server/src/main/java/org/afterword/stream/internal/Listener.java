package org.afterword.stream.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventPosition;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** Serves one open stream on the thread of its request, until the listener goes, its sign-in ends or the server stops. */
final class Listener {
    private final TenantId tenant;
    private final Audience audience;
    private final LiveStreams streams;
    private final InstantSource clock;
    private final StreamSettings settings;
    private final BooleanSupplier signedIn;
    private final OutputStream out;

    Listener(
            TenantId tenant,
            Audience audience,
            LiveStreams streams,
            InstantSource clock,
            StreamSettings settings,
            BooleanSupplier signedIn,
            OutputStream out) {
        this.tenant = tenant;
        this.audience = audience;
        this.streams = streams;
        this.clock = clock;
        this.settings = settings;
        this.signedIn = signedIn;
        this.out = out;
    }

    /** @param lastEventId the id of the last event that the listener has; null for a new listener */
    void serve(@Nullable String lastEventId) throws IOException, InterruptedException {
        try (Subscription subscription = streams.subscribe(tenant, audience)) {
            EventPosition seen =
                    lastEventId == null ? begin(subscription.start()) : resume(lastEventId, subscription.start());
            follow(subscription, seen);
        }
    }

    private EventPosition begin(EventPosition position) throws IOException {
        write(Frame.ready(position, clock.instant()));
        out.flush();
        return position;
    }

    private EventPosition resume(String lastEventId, EventPosition start) throws IOException {
        Optional<EventPosition> last = parse(lastEventId).filter(position -> streams.reachesBackTo(tenant, position));
        if (last.isEmpty()) {
            write(Frame.reset(start, clock.instant()));
            return begin(start);
        }
        EventPosition seen = begin(last.get());
        List<DomainEvent> missed = streams.between(tenant, seen, start);
        while (!missed.isEmpty()) {
            for (DomainEvent event : missed) {
                if (audience.test(event)) {
                    write(Frame.of(event));
                }
            }
            out.flush();
            seen = missed.getLast().position();
            missed = streams.between(tenant, seen, start);
        }
        return seen;
    }

    private static Optional<EventPosition> parse(String lastEventId) {
        try {
            return Optional.of(EventPosition.parse(lastEventId));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param seen another node may have shown the listener more than this node's reader has read */
    private void follow(Subscription subscription, EventPosition seen) throws IOException, InterruptedException {
        Instant recheck = clock.instant().plus(settings.signInRecheck());
        while (true) {
            Frame frame = subscription.next(settings.heartbeat());
            switch (subscription.state()) {
                case OPEN -> {
                    if (frame == null) {
                        write(Frame.HEARTBEAT);
                    } else if (frame.position().compareTo(seen) > 0) {
                        write(frame);
                    }
                }
                case OVERRUN -> {
                    write(Frame.reset(streams.head(tenant), clock.instant()));
                    out.flush();
                    return;
                }
                case ENDED -> {
                    return;
                }
            }
            if (subscription.isDrained()) {
                out.flush();
            }
            if (!clock.instant().isBefore(recheck)) {
                if (!signedIn.getAsBoolean()) {
                    return;
                }
                recheck = clock.instant().plus(settings.signInRecheck());
            }
        }
    }

    private void write(Frame frame) throws IOException {
        write(frame.text());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
