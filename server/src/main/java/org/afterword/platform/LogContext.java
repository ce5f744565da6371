package org.afterword.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The ids that every line of the log carries, and every span of a trace: whose work it is and what it is about. Ids alone,
 * never what somebody wrote or said.
 *
 * {@snippet :
 * try (var _ = LogContext.with(LogContext.Id.TENANT, tenant.value()).and(LogContext.Id.CONSUMER, name)) {
 *     feed();   // what is logged meanwhile on this thread names both
 * }
 * }
 */
public final class LogContext implements AutoCloseable {
    /** Longer ones, which only a switch can have sent, are cut. */
    private static final int LONGEST = 200;

    /** What lines name, and under which name. */
    public enum Id {
        TENANT("tenant"),
        REQUEST("requestId"),
        /** Whose request it is, as the trail names it: {@code user:ann}, {@code token:01h…}. */
        ACTOR("actor"),
        INTERACTION("interactionId"),
        WRAP_UP("wrapUpId"),
        AGENT("agentId"),
        DELIVERY("deliveryId"),
        CONNECTOR("connectorId"),
        /** A reader of the event log. */
        CONSUMER("consumer"),
        /** A kind of due work. */
        WORK("work"),
        /** Of due work that is alone in its batch: what the kind of work goes by. */
        WORK_ITEM("workItem"),
        TRACE("traceId");

        private final String key;

        Id(String key) {
            this.key = key;
        }

        /** The member of a line in JSON. */
        public String key() {
            return key;
        }
    }

    private final Map<Id, @Nullable String> before = new LinkedHashMap<>();

    private LogContext() {}

    /** Begins a context, or one within another; lines on this thread carry the id until it is closed. */
    public static LogContext with(Id id, String value) {
        return new LogContext().and(id, value);
    }

    /** Begins a context in which nothing is known: what stays {@link #put} in it goes when it is closed. */
    public static LogContext blank() {
        var context = new LogContext();
        for (Id id : Id.values()) {
            context.before.put(id, MDC.get(id.key));
            MDC.remove(id.key);
        }
        return context;
    }

    public LogContext and(Id id, String value) {
        if (!before.containsKey(id)) {
            before.put(id, MDC.get(id.key));
        }
        put(id, value);
        return this;
    }

    /** Adds what became known to the context that is open on this thread. */
    public static void put(Id id, String value) {
        MDC.put(id.key, value.length() <= LONGEST ? value : value.substring(0, LONGEST));
    }

    /** What is known on this thread now. */
    public static Map<Id, String> current() {
        var known = new LinkedHashMap<Id, String>();
        for (Id id : Id.values()) {
            String value = MDC.get(id.key);
            if (value != null) {
                known.put(id, value);
            }
        }
        return known;
    }

    /** Brings back what was known before. */
    @Override
    public void close() {
        before.forEach((id, value) -> {
            if (value == null) {
                MDC.remove(id.key);
            } else {
                MDC.put(id.key, value);
            }
        });
    }
}
