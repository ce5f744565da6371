package org.afterword.demo.internal;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Pace pace = new Pace(2, START);

    @Test
    void talkAddsUpOverAllSpeedsAndPauses() {
        pace.setSpeed(4, START.plusSeconds(10));
        pace.setPaused(true, START.plusSeconds(15));
        pace.setPaused(false, START.plusSeconds(100));

        assertThat(pace.talked(START.plusSeconds(101))).isEqualTo(ofSeconds(20 + 20 + 4));
    }

    @Test
    void whatIsPlannedComesSoonerWhenItGoesFasterAndNeverWhileItIsPaused() {
        assertThat(pace.when(ofSeconds(8), START)).contains(START.plusSeconds(4));

        pace.faster(START);
        assertThat(pace.when(ofSeconds(8), START)).contains(START.plusSeconds(2));

        pace.setPaused(true, START);
        assertThat(pace.when(ofSeconds(8), START)).isEmpty();
    }

    @Test
    void aSpeedThatNobodyCouldFollowIsRefused() {
        assertThatThrownBy(() -> pace.setSpeed(100, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100.0")
                .hasMessageContaining("0.5 to 32.0");
    }
}
