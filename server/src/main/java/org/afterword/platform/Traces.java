package org.afterword.platform;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans of what the program does, for whoever looks at traces. Nothing is measured and nothing is kept unless the start named
 * where they go. A span carries the ids of {@link LogContext} and nothing else that belongs to somebody. Like a logger, it
 * is at hand everywhere.
 */
public final class Traces {
    private static final Off OFF = new Off();
    private static volatile Tracer tracer = OFF;

    private Traces() {}

    /** What makes spans, and sends them. */
    public interface Tracer {
        /**
         * Begins a span on this thread, within the one that runs there.
         *
         * @param parent of a request from outside: its header {@code traceparent}; null for what we begin ourselves
         */
        Span begin(String name, boolean request, @Nullable String parent);
    }

    /** One span; it ends on the thread where it began. */
    public interface Span extends AutoCloseable {
        /** Names it once more is known: a request's route. */
        void rename(String name);

        void attribute(String key, String value);

        /** What it ran into: the kind of failure, without its words. */
        void failed(Throwable failure);

        @Override
        void close();
    }

    /** Has spans made by {@code tracer} from now on. */
    public static void use(Tracer other) {
        tracer = other;
    }

    /** Has no spans made from now on. */
    public static void off() {
        tracer = OFF;
    }

    /** No span, where one is needed. */
    public static Span none() {
        return OFF;
    }

    /** Begins the span of a request. */
    public static Span request(String name, @Nullable String parent) {
        return tracer.begin(name, true, parent);
    }

    /** Does {@code work} within a span, which failed if that throws. */
    public static <T extends @Nullable Object> T in(String name, Supplier<T> work) {
        try (Span span = tracer.begin(name, false, null)) {
            try {
                return work.get();
            } catch (RuntimeException | Error e) {
                span.failed(e);
                throw e;
            }
        }
    }

    /** As {@link #in} for work that answers nothing. */
    public static void run(String name, Runnable work) {
        in(name, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    private record Off() implements Tracer, Span {
        @Override
        public Span begin(String name, boolean request, @Nullable String parent) {
            return this;
        }

        @Override
        public void rename(String name) {}

        @Override
        public void attribute(String key, String value) {}

        @Override
        public void failed(Throwable failure) {}

        @Override
        public void close() {}
    }
}
