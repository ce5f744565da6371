package org.afterword.wrapup.internal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.afterword.desk.Desk;
import org.afterword.identity.AgentId;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.Tenants;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Notes every few seconds that some node is up, and after a downtime gives windows back what it took of them, before the
 * first deadline is looked at. Only the first node that comes up finds a gap, so nothing is credited twice.
 */
final class Uptime implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Uptime.class);
    private static final Duration BEAT_EVERY = Duration.ofSeconds(2);

    /** A gap shorter than this is a late beat, not a downtime. */
    private static final Duration SHORTEST_OUTAGE = Duration.ofSeconds(5);

    private static final String FIRST_BEAT = "INSERT INTO uptime (beat_at) VALUES (?) ON CONFLICT DO NOTHING";

    /** Answers the beat before. Of two nodes that start together, one gets the old beat and the other the new one. */
    private static final String BEAT = """
            UPDATE uptime SET beat_at = greatest(beat_at, ?)
              FROM (SELECT beat_at AS last FROM uptime FOR UPDATE) AS before
            RETURNING before.last
            """;

    private final JdbcTemplate jdbc;
    private final Tenancy tenancy;
    private final Tenants tenants;
    private final Desk desk;
    private final Situations situations;
    private final WrapUpRepository wrapUps;
    private final AfterCallRules rules;
    private final InstantSource clock;
    private volatile boolean running;
    private @Nullable Thread thread;

    Uptime(
            JdbcTemplate jdbc,
            Tenancy tenancy,
            Tenants tenants,
            Desk desk,
            Situations situations,
            WrapUpRepository wrapUps,
            AfterCallRules rules,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.tenancy = tenancy;
        this.tenants = tenants;
        this.desk = desk;
        this.situations = situations;
        this.wrapUps = wrapUps;
        this.rules = rules;
        this.clock = clock;
    }

    /** Before the workers that let deadlines take effect. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 1;
    }

    @Override
    public void start() {
        creditOutage();
        running = true;
        thread = Thread.ofVirtual().name("uptime").start(this::keepBeating);
    }

    @Override
    public void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Credits the time since the last beat, if it was a downtime. */
    void creditOutage() {
        Instant now = clock.instant();
        Instant last = beat(now);
        if (Duration.between(last, now).compareTo(SHORTEST_OUTAGE) >= 0) {
            tenants.list().forEach(tenant -> credit(tenant, last, now));
        }
    }

    private Instant beat(Instant now) {
        jdbc.update(FIRST_BEAT, Timestamp.from(now));
        Timestamp before = jdbc.queryForObject(BEAT, Timestamp.class, Timestamp.from(now));
        return before == null ? now : before.toInstant();
    }

    private void credit(TenantId tenant, Instant downSince, Instant upAgain) {
        int credited = tenancy.in(tenant, () -> {
            List<WrapUpId> open = wrapUps.openWithDeadline(tenant);
            List<AgentId> agents = wrapUps.byIds(tenant, open).stream()
                    .map(WrapUp::agent)
                    .distinct()
                    .toList();
            desk.lock(agents);
            Situations.Loaded before = situations.load(agents, List.of(), upAgain);
            var after = new ArrayList<Situation>();
            for (AgentId agent : agents) {
                Situation situation = before.of(agent);
                for (WrapUp wrapUp : situation.holding()) {
                    situation = rules.outageCredited(situation, wrapUp.id(), downSince, upAgain);
                }
                after.add(situation);
            }
            situations.store(before, after, upAgain);
            return after.stream()
                    .mapToInt(situation -> situation.announcements().size())
                    .sum();
        });
        if (credited > 0) {
            log.info(
                    "Tenant {}: {} windows are longer by what a downtime of {} s took of them",
                    tenant,
                    credited,
                    Duration.between(downSince, upAgain).toSeconds());
        }
    }

    private void keepBeating() {
        while (running) {
            try {
                Thread.sleep(BEAT_EVERY);
                beat(clock.instant());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("The uptime cannot be noted, trying again: {}", e.toString());
            }
        }
    }
}
