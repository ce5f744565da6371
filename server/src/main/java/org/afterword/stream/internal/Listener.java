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
    private Instant recheck;

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
        recheck = clock.instant().plus(settings.signInRecheck());
    }

    /** @param lastEventId the id of the last event that the listener has; null for a new listener */
    void serve(@Nullable String lastEventId) throws IOException, InterruptedException {
        Optional<EventPosition> seen;
        try (Subscription subscription = streams.subscribe(tenant, audience)) {
            EventPosition start = subscription.start();
            seen = follow(subscription, lastEventId == null ? begin(start) : resume(parse(lastEventId), start));
        }
        // more came than it could be given at once: the rest is in the log
        while (seen.isPresent()) {
            try (Subscription subscription = streams.subscribe(tenant, audience)) {
                seen = follow(subscription, resume(seen, subscription.start()));
            }
        }
    }

    private EventPosition begin(EventPosition position) throws IOException {
        write(Frame.ready(position, clock.instant()));
        out.flush();
        return position;
    }

    /** Writes what happened between {@code last} and {@code start}, or says that this cannot be told any more. */
    private EventPosition resume(Optional<EventPosition> last, EventPosition start) throws IOException {
        Optional<EventPosition> known = last.filter(position -> streams.reachesBackTo(tenant, position));
        if (known.isEmpty()) {
            write(Frame.reset(start, clock.instant()));
            return begin(start);
        }
        EventPosition seen = begin(known.get());
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

    /**
     * @param from another node may have shown the listener more than this node's reader has read
     * @return up to where the listener has seen everything when more came than there is room for; empty when the stream is over
     */
    private Optional<EventPosition> follow(Subscription subscription, EventPosition from)
            throws IOException, InterruptedException {
        EventPosition seen = from;
        while (true) {
            Frame frame = subscription.next(settings.heartbeat());
            switch (subscription.state()) {
                case OPEN -> {
                    if (frame == null) {
                        write(Frame.HEARTBEAT);
                    } else if (frame.position().compareTo(seen) > 0) {
                        write(frame);
                        seen = frame.position();
                    }
                }
                case OVERRUN -> {
                    return isSignedIn() ? Optional.of(seen) : Optional.empty();
                }
                case ENDED -> {
                    return Optional.empty();
                }
            }
            if (subscription.isDrained()) {
                out.flush();
            }
            if (!isSignedIn()) {
                return Optional.empty();
            }
        }
    }

    /** Looked at now and then. */
    private boolean isSignedIn() {
        if (clock.instant().isBefore(recheck)) {
            return true;
        }
        recheck = clock.instant().plus(settings.signInRecheck());
        return signedIn.getAsBoolean();
    }

    private void write(Frame frame) throws IOException {
        write(frame.text());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
