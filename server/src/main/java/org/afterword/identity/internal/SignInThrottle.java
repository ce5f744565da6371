package org.afterword.identity.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.afterword.platform.TenantId;

/**
 * Slows down guessing: of one address, five wrong passwords for one user and a hundred altogether within five minutes, and
 * fifty for one user from everywhere. An attempt counts as soon as it is made, so that many at once gain nothing, and is
 * taken back when it succeeds. An address from which the user signed in lately is let off the third limit, so that strangers
 * cannot lock people out of their work. Of an IPv6 address the first 64 bits count, since whoever has one has them all.
 *
 * <p>Kept in this process's memory, the most recent addresses and users only; each node counts for itself.
 */
public final class SignInThrottle {
    static final int ATTEMPTS_PER_USER = 5;
    static final int ATTEMPTS_PER_ADDRESS = 100;
    static final int ATTEMPTS_PER_USER_ALTOGETHER = 50;
    static final Duration PERIOD = Duration.ofMinutes(5);

    /** How long an address counts as a user's own after a sign-in: over a holiday. */
    static final Duration KNOWN = Duration.ofDays(30);

    private static final int KEPT = 20_000;
    private static final int LONGEST_NAME = 100;
    private static final int NETWORK_BYTES = 8;

    private record Key(String address, String tenant, String userName) {
        static Key ofUser(String address, TenantId tenant, String userName) {
            return new Key(network(address), tenant.value(), shortened(userName));
        }

        static Key altogether(String address) {
            return new Key(network(address), "", "");
        }

        static Key fromEverywhere(TenantId tenant, String userName) {
            return new Key("", tenant.value(), shortened(userName));
        }

        private static String shortened(String userName) {
            return userName.substring(0, Math.min(LONGEST_NAME, userName.length()));
        }

        private static String network(String address) {
            try {
                return InetAddress.ofLiteral(address) instanceof Inet6Address six
                        ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                        : address;
            } catch (IllegalArgumentException e) {
                return address;
            }
        }
    }

    private record Count(int attempts, Instant until) {}

    private static final class Recent<V> extends LinkedHashMap<Key, V> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, V> eldest) {
            return size() > KEPT;
        }
    }

    private final InstantSource clock;
    private final Map<Key, Count> counts = new Recent<>();
    private final Map<Key, Instant> signedIn = new Recent<>();

    public SignInThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts an attempt; answers how long to wait if it must not be made. */
    public synchronized Optional<Duration> attempt(String address, TenantId tenant, String userName) {
        Instant now = clock.instant();
        Key user = Key.ofUser(address, tenant, userName);
        Key altogether = Key.altogether(address);
        Key fromEverywhere = Key.fromEverywhere(tenant, userName);
        Count ofUser = count(user, now);
        Count ofAddress = count(altogether, now);
        Count everywhere = count(fromEverywhere, now);
        if (ofUser.attempts >= ATTEMPTS_PER_USER) {
            return Optional.of(Duration.between(now, ofUser.until));
        }
        if (ofAddress.attempts >= ATTEMPTS_PER_ADDRESS) {
            return Optional.of(Duration.between(now, ofAddress.until));
        }
        if (everywhere.attempts >= ATTEMPTS_PER_USER_ALTOGETHER && !isKnown(user, now)) {
            return Optional.of(Duration.between(now, everywhere.until));
        }
        counts.put(fromEverywhere, new Count(everywhere.attempts + 1, everywhere.until));
        counts.put(user, new Count(ofUser.attempts + 1, ofUser.until));
        counts.put(altogether, new Count(ofAddress.attempts + 1, ofAddress.until));
        return Optional.empty();
    }

    /** Takes back what a successful attempt counted, and forgives this user's failures. */
    public synchronized void succeeded(String address, TenantId tenant, String userName) {
        Key user = Key.ofUser(address, tenant, userName);
        counts.remove(user);
        takeBack(Key.altogether(address));
        takeBack(Key.fromEverywhere(tenant, userName));
        signedIn.put(user, clock.instant());
    }

    private void takeBack(Key key) {
        counts.computeIfPresent(key, (k, count) -> new Count(Math.max(0, count.attempts - 1), count.until));
    }

    private boolean isKnown(Key user, Instant now) {
        Instant last = signedIn.get(user);
        return last != null && now.isBefore(last.plus(KNOWN));
    }

    private Count count(Key key, Instant now) {
        Count count = counts.get(key);
        return count == null || !now.isBefore(count.until) ? new Count(0, now.plus(PERIOD)) : count;
    }
}
