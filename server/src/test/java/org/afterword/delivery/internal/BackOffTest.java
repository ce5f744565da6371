package org.afterword.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Test
    void theLimitDoublesUpToAnHour() {
        assertThat(Stream.of(1, 2, 3, 11, 12, 1000).map(BackOff::limit))
                .containsExactly(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(2048),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
    }

    @Test
    void pausesAreSpreadOverAllOfIt() {
        var backOff = new BackOff(new Random(1));

        var pauses = Stream.generate(() -> backOff.pause(5)).limit(1000).toList();

        assertThat(pauses).allMatch(pause -> pause.compareTo(BackOff.limit(5)) <= 0);
        assertThat(pauses.stream().mapToLong(Duration::toMillis).average()).hasValueCloseTo(16_000.0, within(1000.0));
    }
}
