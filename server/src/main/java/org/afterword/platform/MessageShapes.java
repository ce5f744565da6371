package org.afterword.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which statements come together often. The driver and the database keep what they made of a message's text, for each connection; for one
 * that seldom comes, making it costs more than sending its statements one by one, and it would drive out others.
 */
final class MessageShapes {
    /** How often the same statements have to come together. */
    static final int OFTEN = 10;

    private static final int MOST = 96;
    private static final int MOST_COUNTED = 2_000;

    private final Map<List<String>, String> often = new ConcurrentHashMap<>();
    private final Map<List<String>, AtomicInteger> seen = new ConcurrentHashMap<>();

    /** The text of the message in which these are sent; empty if they are not to be sent together. */
    Optional<String> find(List<String> statements) {
        return statements.size() == 1 ? Optional.of(statements.getFirst()) : Optional.ofNullable(often.get(statements));
    }

    /** As {@link #find}, and counts that they have come together. */
    Optional<String> note(List<String> statements) {
        Optional<String> known = find(statements);
        if (known.isEmpty() && often.size() < MOST && timesSeen(statements) >= OFTEN) {
            String text = String.join(";", statements);
            often.put(List.copyOf(statements), text);
            seen.remove(statements);
            return Optional.of(text);
        }
        return known;
    }

    private int timesSeen(List<String> statements) {
        @Nullable AtomicInteger times = seen.get(statements);
        if (times == null) {
            if (seen.size() >= MOST_COUNTED) {
                // what comes often is soon counted again
                seen.clear();
            }
            times = seen.computeIfAbsent(List.copyOf(statements), key -> new AtomicInteger());
        }
        return times.incrementAndGet();
    }
}
