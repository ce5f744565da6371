package org.afterword.governance.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.afterword.governance.Trail;
import org.afterword.platform.Repeated;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Drops months that are older than the settings say; events only when every consumer has read them. The audit trail, records, figures
 * and deliveries are not among them.
 */
final class Retention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private static final String DROP =
            "SELECT parent, part, removed FROM afterword_drop_before(?, ?, ?::text[]) ORDER BY parent, part";

    private record Dropped(String table, String part, long rows) {}

    private final RetentionSettings settings;
    private final JdbcTemplate jdbc;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final Trail trail;
    private final Supplier<List<String>> consumers;
    private final InstantSource clock;
    private final Repeated looking = new Repeated("retention", LOOK_EVERY, this::drop);

    /** @param consumers the names of all who read the event log */
    Retention(
            RetentionSettings settings,
            JdbcTemplate jdbc,
            Tenancy tenancy,
            Tenants tenants,
            Trail trail,
            Supplier<List<String>> consumers,
            InstantSource clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.trail = trail;
        this.consumers = consumers;
        this.clock = clock;
    }

    @Override
    public void start() {
        looking.start();
    }

    @Override
    public void stop() {
        looking.stop();
    }

    @Override
    public boolean isRunning() {
        return looking.isRunning();
    }

    /** Drops what is too old now. */
    void drop() {
        drop("events", settings.eventsMonths());
        drop("conversations", settings.conversationsMonths());
    }

    private void drop(String kind, @Nullable Integer months) {
        if (months == null) {
            return;
        }
        OffsetDateTime bound = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC))
                .minusMonths(months)
                .atDay(1)
                .atStartOfDay()
                .atOffset(ZoneOffset.UTC);
        String[] readers = consumers.get().toArray(String[]::new);
        List<Dropped> dropped = jdbc.query(
                DROP,
                (rs, n) -> new Dropped(rs.getString("parent"), rs.getString("part"), rs.getLong("removed")),
                kind,
                bound,
                readers);
        for (Dropped one : dropped) {
            log.info("Dropped {} rows of {} from before {} ({})", one.rows, one.table, bound, one.part);
            for (TenantId tenant : tenants.list()) {
                // how many rows there were is not told: they were of all tenants
                tenancy.run(
                        tenant,
                        () -> trail.record(
                                "system",
                                "retention.dropped",
                                "table:" + one.table,
                                Map.of(
                                        "part",
                                        one.part,
                                        "before",
                                        bound.toInstant().toString())));
            }
        }
    }
}
