package org.afterword.wrapup.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.afterword.desk.Desk;
import org.afterword.identity.AgentId;
import org.afterword.platform.DueWork;
import org.afterword.platform.DueWorkHandler;
import org.afterword.platform.Repeated;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * Notes every few seconds for each tenant that some node is up and has the database, and after a downtime gives windows back what
 * it took of them. The beat moves in the transaction of the credit, so that a downtime is credited once whatever happens. No
 * deadline is looked at before: the node starts with a beat, and {@link #creditedFirst} sees to it while it runs, since after
 * an outage of the database the deadlines' workers may be back before the next beat.
 */
final class Uptime implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Uptime.class);
    private static final Duration BEAT_EVERY = Duration.ofSeconds(2);

    /** A gap shorter than this is a late beat, not a downtime. */
    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(5);

    private static final String FIRST_BEATS = """
            INSERT INTO uptime (tenant_id, beat_at) SELECT tenant_id, ? FROM unnest(?::text[]) AS t (tenant_id)
                ON CONFLICT DO NOTHING
            """;

    /** Passes over tenants that had a downtime: their beat moves with the credit. What is locked is being seen to. */
    private static final String BEAT = """
            UPDATE uptime SET beat_at = greatest(beat_at, ?)
              FROM (SELECT tenant_id FROM uptime WHERE beat_at > ? FOR UPDATE SKIP LOCKED) AS up
             WHERE up.tenant_id = uptime.tenant_id
            """;

    private static final String DOWN = "SELECT tenant_id FROM uptime WHERE beat_at <= ? ORDER BY tenant_id";
    private static final String LAST_BEAT = "SELECT beat_at FROM uptime WHERE tenant_id = ?";
    private static final String MOVE_BEAT = "UPDATE uptime SET beat_at = greatest(beat_at, ?) WHERE tenant_id = ?";

    private final JdbcTemplate jdbc;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final WrapUpSettings settings;
    private final InstantSource clock;
    private final Repeated beating = new Repeated("uptime", BEAT_EVERY, this::beatOrTryAgain);

    Uptime(
            JdbcTemplate jdbc,
            Tenancy tenancy,
            Tenants tenants,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            WrapUpSettings settings,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.settings = settings;
        this.clock = clock;
    }

    /** Before the workers that let deadlines take effect. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }

    @Override
    public void start() {
        beat();
        beating.start();
    }

    @Override
    public void stop() {
        beating.stop();
    }

    @Override
    public boolean isRunning() {
        return beating.isRunning();
    }

    /** Notes that we are up. Where the last beat was too long ago, windows first get back what that took of them. */
    void beat() {
        Instant now = clock.instant();
        Timestamp stillUp = Timestamp.from(now.minus(SHORTEST_OUTAGE));
        String[] all = tenants.list().stream().map(TenantId::value).toArray(String[]::new);
        jdbc.update(FIRST_BEATS, Timestamp.from(now), all);
        jdbc.update(BEAT, Timestamp.from(now), stillUp);
        for (TenantId tenant : jdbc.query(DOWN, (rs, n) -> new TenantId(rs.getString("tenant_id")), stillUp)) {
            try {
                creditOutage(tenant);
            } catch (RuntimeException e) {
                log.warn("Tenant {}: a downtime cannot be credited yet, trying again: {}", tenant, e.toString());
            }
        }
    }

    /** Does the same as {@code deadlines}, but never before a downtime has been credited. */
    DueWorkHandler creditedFirst(DueWorkHandler deadlines) {
        return new DueWorkHandler() {
            @Override
            public String kind() {
                return deadlines.kind();
            }

            @Override
            public int batchSize() {
                return deadlines.batchSize();
            }

            @Override
            public Duration lease() {
                return deadlines.lease();
            }

            @Override
            public boolean isUrgent() {
                return true;
            }

            @Override
            public int concurrency() {
                return deadlines.concurrency();
            }

            @Override
            public void handle(TenantId tenant, List<DueWork.Item> items) {
                Instant now = clock.instant();
                if (isDowntime(lastBeat(tenant, now), now)) {
                    creditOutage(tenant);
                }
                deadlines.handle(tenant, items);
            }
        };
    }

    private static boolean isDowntime(Instant lastBeat, Instant now) {
        return Duration.between(lastBeat, now).compareTo(SHORTEST_OUTAGE) >= 0;
    }

    /** {@code now} for a tenant that has none yet. */
    private Instant lastBeat(TenantId tenant, Instant now) {
        return jdbc.query(LAST_BEAT, (rs, n) -> rs.getTimestamp("beat_at").toInstant(), tenant.value()).stream()
                .findFirst()
                .orElse(now);
    }

    private void creditOutage(TenantId tenant) {
        try {
            tenancy.run(tenant, () -> {
                tenancy.lock("uptime", List.of(tenant.value()));
                // read again: what was found before the lock may have been credited
                Instant now = clock.instant();
                Instant last = lastBeat(tenant, now);
                if (isDowntime(last, now)) {
                    List<AgentId> agents = wrapUps.agentsUnderDeadline(tenant);
                    desk.lock(agents);
                    // the time is taken once nobody else changes these windows, as everywhere
                    Instant upAgain = clock.instant();
                    credit(tenant, agents, last, upAgain);
                    jdbc.update(MOVE_BEAT, Timestamp.from(upAgain), tenant.value());
                }
            });
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("Tenant {}: windows get nothing back of a downtime, so that they end at all", tenant, e);
            jdbc.update(MOVE_BEAT, Timestamp.from(clock.instant()), tenant.value());
        }
    }

    private void credit(TenantId tenant, List<AgentId> agents, Instant downSince, Instant upAgain) {
        Situations.Loaded before = situations.load(agents, List.of(), upAgain);
        var after = new ArrayList<Situation>();
        for (AgentId agent : agents) {
            Situation situation = before.of(agent);
            for (WrapUp wrapUp : situation.holding()) {
                situation =
                        WindowRules.outageCredited(situation, wrapUp.id(), downSince, upAgain, settings.outageCredit());
            }
            after.add(situation);
        }
        situations.store(before, after, Deed.OF_THE_SYSTEM, upAgain);
        int credited = after.stream()
                .mapToInt(situation -> situation.announcements().size())
                .sum();
        long seconds = Duration.between(downSince, upAgain).toSeconds();
        if (credited > 0) {
            Tenancy.afterCommit(() -> log.info(
                    "Tenant {}: {} windows are longer by what a downtime of {} s took of them",
                    tenant,
                    credited,
                    seconds));
        }
    }

    private void beatOrTryAgain() {
        try {
            beat();
        } catch (RuntimeException e) {
            log.warn("The uptime cannot be noted, trying again: {}", e.toString());
        }
    }
}
