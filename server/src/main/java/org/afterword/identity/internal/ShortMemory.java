package org.afterword.identity.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers answers for a short while, the most recently used ones if there are too many. */
public final class ShortMemory<K, V> {
    private record Kept<V>(V value, Instant until) {}

    private final Duration keep;
    private final InstantSource clock;
    private final LinkedHashMap<K, Kept<V>> entries;

    public ShortMemory(int capacity, Duration keep, InstantSource clock) {
        this.keep = keep;
        this.clock = clock;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Kept<V>> eldest) {
                return size() > capacity;
            }
        };
    }

    public synchronized Optional<V> find(K key) {
        Kept<V> kept = entries.get(key);
        if (kept == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(kept.until)) {
            entries.remove(key);
            return Optional.empty();
        }
        return Optional.of(kept.value);
    }

    public synchronized void keep(K key, V value) {
        entries.put(key, new Kept<>(value, clock.instant().plus(keep)));
    }

    public synchronized void forget(K key) {
        entries.remove(key);
    }

    public synchronized void forgetAll() {
        entries.clear();
    }
}
