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
import org.afterword.platform.DatabaseTrouble;
import org.afterword.platform.Repeated;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Drops months that are older than the settings say; events only when every consumer has read them. The audit trail, records, figures
 * and deliveries are not among them. Each month goes in a transaction of its own, which tells the trail of every tenant first: what is
 * gone is told of, and nobody waits for more than the drop.
 */
final class Retention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    /** Rows of a rest partition that one transaction deletes: well within a second. */
    private static final int CHUNK = 10_000;

    /** Two nodes that dropped the same month would both tell of it, and one would wait for the other. */
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended('retention', 0))";

    private static final String MONTHS =
            "SELECT parent, part FROM afterword_months_before(?, ?, ?::text[]) ORDER BY parent, part";
    private static final String SET_TENANT = "SELECT set_config('afterword.tenant', ?, true)";
    private static final String DROP = "SELECT afterword_drop_month(?, ?, ?::text[], ?)";
    private static final String DELETE_REST =
            "SELECT parent, removed FROM afterword_delete_rest(?, ?, ?::text[], ?) ORDER BY parent";

    private record Month(String table, String part) {}

    private record Rest(String table, long rows) {}

    /** @param kind of tables, as the setting is called */
    private record Old(String kind, OffsetDateTime bound, String[] readers) {
        String before() {
            return bound.toInstant().toString();
        }
    }

    private final RetentionSettings settings;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final TrailRepository trail;
    private final Supplier<List<String>> consumers;
    private final InstantSource clock;
    private final Repeated looking = new Repeated("retention", LOOK_EVERY, this::drop);

    /** @param consumers the names of all who read the event log */
    Retention(
            RetentionSettings settings,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactionManager,
            Tenancy tenancy,
            Tenants tenants,
            TrailRepository trail,
            Supplier<List<String>> consumers,
            InstantSource clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
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

    /** Drops what is too old now. What cannot be dropped keeps nothing else: the next look tries again. */
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
        var old = new Old(kind, bound, consumers.get().toArray(String[]::new));
        List<Month> found = jdbc.query(
                MONTHS,
                (rs, n) -> new Month(rs.getString("parent"), rs.getString("part")),
                old.kind,
                old.bound,
                old.readers);
        for (Month month : found) {
            attempt(month.part, () -> dropMonth(old, month));
        }
        for (TenantId tenant : tenants.list()) {
            attempt("the rest of tenant " + tenant, () -> deleteRest(old, tenant));
        }
    }

    private static void attempt(String what, Runnable drop) {
        try {
            drop.run();
        } catch (RuntimeException e) {
            log.warn("Old rows are kept until the next look, {}: {}", what, DatabaseTrouble.describe(e));
            log.debug("{} could not be dropped", what, e);
        }
    }

    private void dropMonth(Old old, Month month) {
        Boolean dropped = transactions.execute(status -> {
            boolean goes = isTrue(TRY_LOCK);
            if (goes) {
                tellEverybody(old, month);
                goes = isTrue(DROP, old.kind, old.bound, old.readers, month.part);
            }
            if (!goes) {
                status.setRollbackOnly();
            }
            return goes;
        });
        if (Boolean.TRUE.equals(dropped)) {
            log.info("Dropped {}, of before {}", month.part, old.bound);
        }
    }

    /** How many rows there were is not told: they were of all tenants. */
    private void tellEverybody(Old old, Month month) {
        for (TenantId tenant : tenants.list()) {
            jdbc.queryForObject(SET_TENANT, String.class, tenant.value());
            trail.insert(
                    tenant,
                    clock.instant(),
                    List.of(entry(month.table, Map.of("part", month.part, "before", old.before()))));
        }
    }

    private void deleteRest(Old old, TenantId tenant) {
        while (tenancy.in(tenant, () -> deleteSomeOfTheRest(old, tenant))) {
            // the next rows
        }
    }

    /** False if there are no more. */
    private boolean deleteSomeOfTheRest(Old old, TenantId tenant) {
        List<Rest> deleted = jdbc.query(
                DELETE_REST,
                (rs, n) -> new Rest(rs.getString("parent"), rs.getLong("removed")),
                old.kind,
                old.bound,
                old.readers,
                CHUNK);
        for (Rest rest : deleted) {
            log.info("Dropped {} rows of {} from before {}, of tenant {}", rest.rows, rest.table, old.bound, tenant);
        }
        if (!deleted.isEmpty()) {
            trail.insert(
                    tenant,
                    clock.instant(),
                    deleted.stream()
                            .map(rest -> entry(
                                    rest.table,
                                    Map.of("part", rest.table + "_rest", "before", old.before(), "rows", rest.rows)))
                            .toList());
        }
        return deleted.stream().anyMatch(rest -> rest.rows == CHUNK);
    }

    private static Trail.NewEntry entry(String table, Map<String, ?> details) {
        return new Trail.NewEntry(Trail.SYSTEM, "retention.dropped", "table:" + table, details);
    }

    private boolean isTrue(String sql, Object... arguments) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, arguments));
    }
}
