package org.afterword.delivery.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connector that does not work at the moment from being asked for each of its deliveries. It rests for longer with each
 * round of attempts that it fails; after that a single attempt finds out whether it is back. Each node finds out for itself.
 */
final class RestingConnectors {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private record Key(TenantId tenant, String connectorId) {}

    private record Rest(int failures, Instant until) {}

    private final Map<Key, Rest> resting = new ConcurrentHashMap<>();

    /** When to come back; empty if an attempt may be made now. */
    Optional<Instant> restsUntil(TenantId tenant, String connectorId, Instant now) {
        return Optional.ofNullable(resting.get(new Key(tenant, connectorId)))
                .map(Rest::until)
                .filter(until -> until.isAfter(now));
    }

    /** How many of each tenant's connectors failed the last time that they were asked. */
    Map<TenantId, Long> failing() {
        return resting.keySet().stream().collect(Collectors.groupingBy(Key::tenant, Collectors.counting()));
    }

    /** Whether it failed the last time, so that one attempt is enough to find out. */
    boolean isOnTrial(TenantId tenant, String connectorId) {
        return resting.containsKey(new Key(tenant, connectorId));
    }

    /** The other side answered. */
    void answered(TenantId tenant, String connectorId) {
        forget(tenant, connectorId);
    }

    /** It is not there any more. */
    void forget(TenantId tenant, String connectorId) {
        resting.remove(new Key(tenant, connectorId));
    }

    /** @param after how long the other side asked us to wait; null if it did not */
    void failed(TenantId tenant, String connectorId, @Nullable Duration after, Instant now) {
        resting.compute(new Key(tenant, connectorId), (key, rest) -> {
            int failures = rest == null ? 1 : rest.failures + 1;
            Duration pause = after == null ? SHORTEST.multipliedBy(1L << Math.min(failures - 1, 10)) : after;
            return new Rest(failures, now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
        });
    }
}
