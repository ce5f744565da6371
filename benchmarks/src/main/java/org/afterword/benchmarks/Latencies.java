package org.afterword.benchmarks;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;

/** How long things took, from a microsecond to an hour, to four digits. */
final class Latencies {
    private final ConcurrentHistogram micros = new ConcurrentHistogram(TimeUnit.HOURS.toMicros(1), 4);

    void record(Duration duration) {
        micros.recordValue(Math.max(0, duration.toNanos() / 1000));
    }

    void recordSince(long nanos) {
        record(Duration.ofNanos(System.nanoTime() - nanos));
    }

    long count() {
        return micros.getTotalCount();
    }

    String percentile(double percent) {
        return seconds(micros.getValueAtPercentile(percent));
    }

    String max() {
        return seconds(micros.getMaxValue());
    }

    String min() {
        return seconds(micros.getMinValue());
    }

    private static String seconds(long micros) {
        double seconds = micros / 1e6;
        return String.format(Locale.ROOT, seconds < 1 ? "%.3f s" : seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }
}
