package org.afterword.benchmarks;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, from a microsecond to an hour, to four digits; and in which minute, to two. */
final class Latencies {
    private final Histogram micros = new ConcurrentHistogram(TimeUnit.HOURS.toMicros(1), 4);
    private final Map<Long, Histogram> minutes = new ConcurrentSkipListMap<>();
    private final AtomicLong begun = new AtomicLong();

    void record(Duration duration) {
        long value = Math.max(0, duration.toNanos() / 1000);
        micros.recordValue(value);
        begun.compareAndSet(0, System.nanoTime());
        minutes.computeIfAbsent(
                        TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - begun.get()),
                        _ -> new ConcurrentHistogram(TimeUnit.HOURS.toMicros(1), 2))
                .recordValue(value);
    }

    /** Of what was recorded in the minute that began so many minutes after the first; empty if nothing was. */
    String percentileInMinute(long minute, double percent) {
        Histogram its = minutes.get(minute);
        return its == null ? "" : seconds(its.getValueAtPercentile(percent));
    }

    void recordSince(long nanos) {
        record(Duration.ofNanos(System.nanoTime() - nanos));
    }

    /** Forgets what was recorded. */
    void clear() {
        micros.reset();
        minutes.clear();
        begun.set(0);
    }

    long count() {
        return micros.getTotalCount();
    }

    double secondsAt(double percent) {
        return micros.getValueAtPercentile(percent) / 1e6;
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
