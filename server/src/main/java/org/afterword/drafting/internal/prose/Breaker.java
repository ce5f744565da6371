package org.afterword.drafting.internal.prose;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.afterword.platform.TenantId;

/**
 * Keeps an endpoint that does not work at the moment from being asked for each draft: after several failures in a row it rests, for longer
 * with each one that follows; who has changed the settings need not wait. Each node finds out for itself.
 */
final class Breaker {
    private static final int FAILURES = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** An account that is used up is not filled in a minute. */
    private static final Duration USED_UP = Duration.ofHours(1);

    /** @param settings when they were changed last: they are other ones after that */
    private record State(Instant settings, int failures, Instant until) {}

    private final Map<TenantId, State> states = new ConcurrentHashMap<>();

    /** When to come back; empty if a call may be made now. */
    Optional<Instant> restsUntil(TenantId tenant, LanguageModel model, Instant now) {
        return Optional.ofNullable(states.get(tenant))
                .filter(state -> state.settings.equals(model.changedAt()))
                .map(State::until)
                .filter(until -> until.isAfter(now));
    }

    /** The endpoint works, whatever the model said. */
    void answered(TenantId tenant) {
        states.remove(tenant);
    }

    void failed(TenantId tenant, LanguageModel model, Instant now) {
        states.compute(tenant, (_, state) -> {
            int failures = state == null || !state.settings.equals(model.changedAt()) ? 1 : state.failures + 1;
            if (failures < FAILURES) {
                return new State(model.changedAt(), failures, now);
            }
            Duration rest = SHORTEST.multipliedBy(1L << Math.min(failures - FAILURES, 10));
            return new State(model.changedAt(), failures, now.plus(rest.compareTo(LONGEST) < 0 ? rest : LONGEST));
        });
    }

    void usedUp(TenantId tenant, LanguageModel model, Instant now) {
        states.put(tenant, new State(model.changedAt(), FAILURES, now.plus(USED_UP)));
    }

    /** Whose endpoints rest now. */
    Set<TenantId> resting(Instant now) {
        return states.entrySet().stream()
                .filter(state -> state.getValue().until().isAfter(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
