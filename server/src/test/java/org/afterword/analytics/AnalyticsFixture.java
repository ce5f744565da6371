package org.afterword.analytics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.afterword.analytics.internal.AcwFigures;
import org.afterword.analytics.internal.AnalyticsConfiguration;
import org.afterword.analytics.internal.EffectRepository;
import org.afterword.analytics.internal.LeakRepository;
import org.afterword.analytics.internal.RestRepository;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.EventLog;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.Rush;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.afterword.platform.internal.EventPump;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** Events in, reports out, over a real log and a real database. */
public final class AnalyticsFixture {
    public static final TenantId TENANT = TenantId.DEFAULT;
    public static final Caller SUPERVISOR = new Caller(TENANT, "user:sue", "Sue", Role.SUPERVISOR, null);

    /** When {@code second} 0 of all tests is. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final PipelinedJdbc jdbc;
    private final Tenancy tenancy;
    private final EventLog eventLog;
    private final EventConsumer consumer;
    private final EventPump pump;
    private final Reports reports;
    private long sequence;

    public AnalyticsFixture(PostgresDatabase db, InstantSource clock) {
        jdbc = new PipelinedJdbc(db.dataSource());
        tenancy = new Tenancy(jdbc, new DataSourceTransactionManager(db.dataSource()));
        eventLog = new EventLog(tenancy, jdbc);
        consumer = AnalyticsConfiguration.consumer(jdbc, clock);
        pump = new EventPump(
                tenancy, eventLog, jdbc, () -> List.of(TENANT), List.of(consumer), new Rush(InstantSource.system()));
        reports = new Reports(
                new AcwFigures(jdbc, clock),
                new LeakRepository(jdbc),
                new RestRepository(jdbc),
                new EffectRepository(jdbc, clock),
                tenancy,
                clock);
    }

    /** Seconds after {@link #START}. */
    public static Instant at(long second) {
        return START.plusSeconds(second);
    }

    /** Announces a released wrap-up of a leg; call {@link #pump} when all is announced. */
    public void leg(String agent, long started, long ended, long released, Map<String, Object> more) {
        sequence++;
        var figures = new HashMap<String, Object>(Map.of(
                "legStartedAt",
                at(started),
                "legEndedAt",
                at(ended),
                "releasedAt",
                at(released),
                "acwSeconds",
                released - ended,
                "talkSeconds",
                ended - started,
                "firstPart",
                true));
        figures.putAll(more);
        wrapUp("w" + sequence, "i" + sequence, agent, sequence, "COMPLETED", figures);
    }

    public void leg(String agent, long started, long ended, long released) {
        leg(agent, started, ended, released, Map.of());
    }

    public void wrapUp(
            String id, String interaction, String agent, long sequence, String status, Map<String, Object> figures) {
        append(
                "wrapup.released",
                id,
                Map.of(
                        "wrapUpId", id,
                        "interactionId", interaction,
                        "legId", interaction + "/" + agent + "/1",
                        "agentId", agent,
                        "status", status,
                        "sequence", sequence,
                        "version", 1,
                        "figures", figures));
    }

    public void state(String agent, String state, long since) {
        append(
                "agent.state-changed",
                agent,
                Map.of("agentId", agent, "name", agent, "team", "team-" + agent, "state", state, "since", at(since)));
    }

    public void append(String type, String subject, Map<String, Object> data) {
        tenancy.run(TENANT, () -> eventLog.append(new EventLog.NewEvent(START, type, subject, null, data)));
    }

    /** Feeds all events that are not read yet. */
    public void pump() {
        while (pump.feed(TENANT, consumer)) {
            // until the log is read
        }
    }

    public void readTheLogFromTheStart() {
        tenancy.run(TENANT, () -> jdbc.update("UPDATE event_cursor SET xid = '0', number = 0"));
        pump();
    }

    public AcwReport report(long from, long to, GroupBy groupBy) {
        return report(SUPERVISOR, from, to, groupBy);
    }

    public AcwReport report(Caller caller, long from, long to, GroupBy groupBy) {
        return reports.acw(caller, AcwQuery.of(at(from), at(to), groupBy, ZoneId.of("UTC")));
    }

    public AcwReport report(AcwQuery query) {
        return reports.acw(SUPERVISOR, query);
    }

    public Reports reports() {
        return reports;
    }

    public static long hours(int hours) {
        return Duration.ofHours(hours).toSeconds();
    }
}
