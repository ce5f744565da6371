package org.afterword.e2e.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the test knows for certain about who is held: from the answer that a leg is on or an agent reserved, up to right before
 * something is sent, or can happen, that releases the agent. Whom the program names as free in between, it names wrongly.
 */
final class Gate {
    /** @param until of {@link System#nanoTime} */
    private record Hold(long since, long until, String why) {
        boolean covers(long from, long to) {
            return since - from < 0 && to - until < 0;
        }
    }

    private static final Duration FOR_GOOD = Duration.ofDays(1);

    private final Map<String, Hold> holds = new ConcurrentHashMap<>();
    private final Ledger ledger;
    private final AtomicLong questions = new AtomicLong();

    Gate(Ledger ledger) {
        this.ledger = ledger;
    }

    void held(String agent, String why) {
        heldFor(agent, FOR_GOOD, why);
    }

    void heldFor(String agent, Duration time, String why) {
        long now = System.nanoTime();
        holds.put(agent, new Hold(now, now + time.toNanos(), why));
    }

    /** The hold goes on, but ends by itself; its deadline may be put off, and never comes sooner. */
    void endsAfter(String agent, Duration time, String why) {
        long until = System.nanoTime() + time.toNanos();
        holds.computeIfPresent(agent, (_, hold) -> new Hold(hold.since, until, why));
    }

    void released(String agent) {
        holds.remove(agent);
    }

    /** How often somebody was named as free. */
    long questions() {
        return questions.get();
    }

    /** The program answered that {@code agent} is free, to a question that was asked at {@code askedAt}. */
    void named(String agent, long askedAt, String what) {
        questions.incrementAndGet();
        Hold hold = holds.get(agent);
        if (hold != null && hold.covers(askedAt, System.nanoTime())) {
            ledger.violated("%s names %s, who is held: %s".formatted(what, agent, hold.why));
        }
    }
}
