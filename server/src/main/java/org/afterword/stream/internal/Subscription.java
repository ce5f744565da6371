package org.afterword.stream.internal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventPosition;
import org.jspecify.annotations.Nullable;

/** One listener's place: what waits for it, up to a bound. Filled by the tenant's reader, emptied by the listener's thread. */
final class Subscription implements AutoCloseable {
    enum State {
        OPEN,
        /** More waited than there is room for. */
        OVERRUN,
        ENDED
    }

    private static final Frame WAKE_UP = new Frame(EventPosition.START, "");

    private final Audience audience;
    private final BlockingQueue<Frame> waiting;
    private final Runnable onClose;
    private final EventPosition start;
    private volatile State state = State.OPEN;

    /** @param start where the reader stood: the subscription gets what comes after it, and what came before is in the log */
    Subscription(Audience audience, EventPosition start, int room, Consumer<Subscription> onClose) {
        this.audience = audience;
        this.start = start;
        this.waiting = new ArrayBlockingQueue<>(room);
        this.onClose = () -> onClose.accept(this);
    }

    EventPosition start() {
        return start;
    }

    State state() {
        return state;
    }

    void offer(DomainEvent event, Frame frame) {
        if (state == State.OPEN && audience.test(event) && !waiting.offer(frame)) {
            stop(State.OVERRUN);
        }
    }

    /** Ends the subscription from the server's side. */
    void end() {
        stop(State.ENDED);
    }

    private void stop(State why) {
        state = why;
        waiting.clear();
        waiting.offer(WAKE_UP);
    }

    /** The next frame; null if none comes in time or the subscription has stopped, which {@link #state} tells. */
    @Nullable
    Frame next(Duration patience) throws InterruptedException {
        Frame frame = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return state == State.OPEN ? frame : null;
    }

    boolean isDrained() {
        return waiting.isEmpty();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
