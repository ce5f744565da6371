package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {
    private static final TenantId NORTH = new TenantId("north");
    private static final TenantId SOUTH = new TenantId("south");

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void fiveAttemptsOfOneAddressForOneUserAreLetThrough() {
        assertThat(letThrough(10, "192.0.2.1", NORTH, "ann")).isEqualTo(5);
        assertThat(letThrough(1, "192.0.2.1", NORTH, "bob")).isEqualTo(1);
        assertThat(letThrough(1, "192.0.2.1", SOUTH, "ann")).isEqualTo(1);
        assertThat(letThrough(1, "192.0.2.2", NORTH, "ann")).isEqualTo(1);
    }

    @Test
    void afterFiveMinutesTheyCountAnew() {
        letThrough(10, "192.0.2.1", NORTH, "ann");
        clock.advance(SignInThrottle.PERIOD);

        assertThat(letThrough(10, "192.0.2.1", NORTH, "ann")).isEqualTo(5);
    }

    @Test
    void aHundredOfOneAddressAreLetThroughWhoeverTheyAreFor() {
        int through = 0;
        for (int user = 0; user < 200; user++) {
            through += letThrough(1, "192.0.2.1", NORTH, "user" + user);
        }
        assertThat(through).isEqualTo(SignInThrottle.ATTEMPTS_PER_ADDRESS);
    }

    @Test
    void oneUserIsNotGuessedFromManyAddresses() {
        int through = 0;
        for (int host = 1; host <= 100; host++) {
            through += letThrough(1, "198.51.100." + host, NORTH, "ann");
        }
        assertThat(through).isEqualTo(SignInThrottle.ATTEMPTS_PER_USER_ALTOGETHER);
    }

    @Test
    void strangersDoNotLockOutWhoSignedInFromHereBefore() {
        throttle.attempt("192.0.2.1", NORTH, "ann");
        throttle.succeeded("192.0.2.1", NORTH, "ann");
        clock.advance(Duration.ofDays(3));
        for (int host = 1; host <= 100; host++) {
            letThrough(1, "198.51.100." + host, NORTH, "ann");
        }

        assertThat(letThrough(1, "198.51.100.200", NORTH, "ann")).isZero();
        assertThat(letThrough(10, "192.0.2.1", NORTH, "ann")).isEqualTo(5);
    }

    @Test
    void theAddressesOfOneNetworkOfVersionSixAreOne() {
        assertThat(letThrough(3, "2001:db8:1:2::1", NORTH, "ann")).isEqualTo(3);
        assertThat(letThrough(9, "2001:db8:1:2:ffff::9", NORTH, "ann")).isEqualTo(2);
        assertThat(letThrough(1, "2001:db8:1:3::1", NORTH, "ann")).isEqualTo(1);
    }

    private int letThrough(int attempts, String address, TenantId tenant, String user) {
        int through = 0;
        for (int i = 0; i < attempts; i++) {
            through += throttle.attempt(address, tenant, user).isEmpty() ? 1 : 0;
        }
        return through;
    }
}
