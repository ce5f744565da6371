package org.afterword.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Supplier;

/**
 * The program's own figures at {@code /metrics}. Names begin with {@code afterword.} and hold the unit; labels are few, and of
 * tenants at most {@value #MOST_TENANTS} are told apart. Like a logger, it is at hand everywhere.
 */
public final class Meters {
    /** The tenants after those share the label {@code other}. */
    public static final int MOST_TENANTS = 1_000;

    private static final String TENANT = "tenant";
    private static final String OTHER = "other";
    private static final Set<TenantId> LABELLED = ConcurrentHashMap.newKeySet();

    /** Upper bounds of the buckets by which a latency can be looked at: from what nobody notices to what everybody does. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private Meters() {}

    /** Adds to a counter. @param tags further labels, name and value in turn */
    public static void count(String name, double by, String... tags) {
        Metrics.counter(name, tags).increment(by);
    }

    /** As {@link #count(String, double, String...)}, told apart by tenant. */
    public static void count(String name, TenantId tenant, double by, String... tags) {
        Metrics.globalRegistry
                .counter(name, Tags.of(tags).and(TENANT, label(tenant)))
                .increment(by);
    }

    /** Notes how long something took, or was late. */
    public static void time(String name, Duration took, String... tags) {
        timer(name, tags).record(took.isNegative() ? Duration.ZERO : took);
    }

    /** Shows a figure of {@link #time} as never noted: an alarm for its growth would not see one that begins at 1. */
    public static void expectTime(String name, String... tags) {
        timer(name, tags);
    }

    private static Timer timer(String name, String... tags) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(Metrics.globalRegistry);
    }

    /** A figure that is read when it is asked for: keep it cheap, and without the database. */
    public static void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(Metrics.globalRegistry);
    }

    static String label(TenantId tenant) {
        if (LABELLED.contains(tenant)) {
            return tenant.value();
        }
        // two at the same moment may make it one more; the bound is against growth without end
        return LABELLED.size() < MOST_TENANTS && LABELLED.add(tenant) ? tenant.value() : OTHER;
    }

    /** A figure with labels whose values are taken now and then, all at once: see {@link SampledFigures}. */
    public static final class Rows {
        /** Name → labels → row. Two programs in one process, as in tests, show figures of the same name. */
        private static final Map<String, Map<Tags, Row>> SHOWN = new ConcurrentHashMap<>();

        private record Row(AtomicReference<Double> value, Gauge gauge) {}

        private final String name;
        private final String description;
        private final DoubleBinaryOperator merge;
        private final Map<Tags, Row> shown;
        private final Set<Tags> own = new HashSet<>();
        private final Map<Tags, Double> taken = new LinkedHashMap<>();

        /** @param merge of the values of tenants that share a label: sum or maximum */
        private Rows(String name, String description, DoubleBinaryOperator merge) {
            this.name = name;
            this.description = description;
            this.merge = merge;
            this.shown = SHOWN.computeIfAbsent(name, figure -> new ConcurrentHashMap<>());
        }

        /** Of numbers of things. */
        public static Rows sums(String name, String description) {
            return new Rows(name, description, Double::sum);
        }

        /** Of ages and delays. */
        public static Rows maxima(String name, String description) {
            return new Rows(name, description, Math::max);
        }

        /** Takes a value; it shows with {@link #show}. */
        public void take(TenantId tenant, double value, String... tags) {
            taken.merge(Tags.of(tags).and(TENANT, label(tenant)), value, merge::applyAsDouble);
        }

        /** Takes a value that belongs to no tenant. */
        public void take(double value, String... tags) {
            taken.merge(Tags.of(tags), value, merge::applyAsDouble);
        }

        /** Shows what was taken since, in place of what was shown before. */
        public void show() {
            // what stays is left where it is: taken out and put back, it could be seen twice, and /metrics not be read
            // at that moment
            synchronized (SHOWN) {
                taken.forEach((tags, value) -> shown.computeIfAbsent(tags, row -> row(row, value))
                        .value()
                        .set(value));
                own.removeAll(taken.keySet());
                own.forEach(this::remove);
                own.clear();
                own.addAll(taken.keySet());
            }
            taken.clear();
        }

        private Row row(Tags tags, double first) {
            var value = new AtomicReference<>(first);
            return new Row(
                    value,
                    Gauge.builder(name, value, AtomicReference::get)
                            .description(description)
                            .tags(tags)
                            .strongReference(true)
                            .register(Metrics.globalRegistry));
        }

        private void remove(Tags tags) {
            Row row = shown.remove(tags);
            if (row != null) {
                Metrics.globalRegistry.remove(row.gauge());
            }
        }

        /** Shows nothing. */
        public void hide() {
            taken.clear();
            show();
        }
    }
}
