package org.afterword.identity.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.afterword.platform.TenantId;

/**
 * Slows down guessing: of one address, five wrong passwords for one user and a hundred altogether within five minutes. An
 * attempt counts as soon as it is made, so that many at once gain nothing, and is taken back when it succeeds. Kept in this
 * process's memory, the most recent addresses and users only; each node counts for itself.
 */
final class SignInThrottle {
    static final int ATTEMPTS_PER_USER = 5;
    static final int ATTEMPTS_PER_ADDRESS = 100;
    static final Duration PERIOD = Duration.ofMinutes(5);
    private static final int KEPT = 20_000;
    private static final int LONGEST_NAME = 100;

    private record Key(String address, String tenant, String userName) {
        static Key ofUser(String address, TenantId tenant, String userName) {
            return new Key(address, tenant.value(), userName.substring(0, Math.min(LONGEST_NAME, userName.length())));
        }

        static Key altogether(String address) {
            return new Key(address, "", "");
        }
    }

    private record Count(int attempts, Instant until) {}

    private final InstantSource clock;
    private final LinkedHashMap<Key, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Count> eldest) {
            return size() > KEPT;
        }
    };

    SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an attempt; answers how long to wait if it must not be made. */
    synchronized Optional<Duration> attempt(String address, TenantId tenant, String userName) {
        Instant now = clock.instant();
        Key user = Key.ofUser(address, tenant, userName);
        Key altogether = Key.altogether(address);
        Count ofUser = count(user, now);
        Count ofAddress = count(altogether, now);
        if (ofUser.attempts >= ATTEMPTS_PER_USER) {
            return Optional.of(Duration.between(now, ofUser.until));
        }
        if (ofAddress.attempts >= ATTEMPTS_PER_ADDRESS) {
            return Optional.of(Duration.between(now, ofAddress.until));
        }
        counts.put(user, new Count(ofUser.attempts + 1, ofUser.until));
        counts.put(altogether, new Count(ofAddress.attempts + 1, ofAddress.until));
        return Optional.empty();
    }

    /** Takes back what a successful attempt counted, and forgives this user's failures. */
    synchronized void succeeded(String address, TenantId tenant, String userName) {
        counts.remove(Key.ofUser(address, tenant, userName));
        counts.computeIfPresent(
                Key.altogether(address), (key, count) -> new Count(Math.max(0, count.attempts - 1), count.until));
    }

    private Count count(Key key, Instant now) {
        Count count = counts.get(key);
        return count == null || !now.isBefore(count.until) ? new Count(0, now.plus(PERIOD)) : count;
    }
}
