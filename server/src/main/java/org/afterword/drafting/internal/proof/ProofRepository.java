package org.afterword.drafting.internal.proof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.afterword.drafting.DraftQuality.Unattended;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.Proportion;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Who sees drafts, what became of them, and what parts earned; every call is part of a tenant's running transaction. */
@Repository
public class ProofRepository {
    private static final String SETTINGS = "SELECT settings, salt, changed_at FROM draft_rollout WHERE tenant_id = ?";
    private static final String PUT_SETTINGS = """
            INSERT INTO draft_rollout (tenant_id, settings, salt, changed_at) VALUES (?, ?::jsonb, ?, ?)
                ON CONFLICT (tenant_id) DO UPDATE SET settings = excluded.settings, changed_at = excluded.changed_at
            """;

    private static final String LATEST_GRADES = """
            SELECT DISTINCT ON (queue, part) queue, part, since, grade, judged, agreed
              FROM draft_grade WHERE tenant_id = ? ORDER BY queue, part, since DESC
            """;
    private static final String GRADE_CHANGES = """
            SELECT queue, part, since, grade, judged, agreed FROM draft_grade WHERE tenant_id = ? ORDER BY since DESC LIMIT ?
            """;
    private static final String PUT_GRADE = """
            INSERT INTO draft_grade (tenant_id, queue, part, since, grade, judged, agreed) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
            """;

    /** Of each part since the day after its grade changed: that day itself saw both. */
    private static final String EVIDENCE = """
            SELECT a.queue, a.part, a.blind, a.audited, sum(a.accepted) AS agreed, sum(a.accepted + a.edited + a.rejected) AS judged
              FROM draft_agreement AS a
              LEFT JOIN (SELECT queue, part, max(since) AS since FROM draft_grade WHERE tenant_id = ? GROUP BY queue, part) AS g
                ON g.queue = a.queue AND g.part = a.part
             WHERE a.tenant_id = ? AND a.day >= ?::date AND (g.since IS NULL OR a.day > (g.since AT TIME ZONE 'UTC')::date)
             GROUP BY a.queue, a.part, a.blind, a.audited
            """;

    private static final String PUT_OUTCOME = """
            INSERT INTO draft_outcome (tenant_id, confirmed_at, wrap_up_id, interaction_id, draft_id, queue, call_type, arm, source,
                                       model, was_read, audited, parts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                ON CONFLICT DO NOTHING
            """;
    private static final String OUTCOMES = """
            SELECT * FROM draft_outcome
             WHERE tenant_id = ? AND confirmed_at >= ? AND confirmed_at < ? AND (?::text IS NULL OR queue = ?)
               AND (confirmed_at, wrap_up_id) < (?, ?)
             ORDER BY confirmed_at DESC, wrap_up_id DESC LIMIT ?
            """;
    private static final String ADD_AGREEMENT = """
            INSERT INTO draft_agreement AS known
                   (tenant_id, day, queue, part, model, blind, audited, accepted, edited, rejected, missed)
            SELECT ?, day::date, queue, part, model, blind::boolean, audited::boolean, accepted::bigint, edited::bigint,
                   rejected::bigint, missed::bigint
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS more (day, queue, part, model, blind, audited, accepted, edited, rejected, missed)
             ORDER BY day, queue, part, model, blind, audited
                ON CONFLICT (tenant_id, day, queue, part, model, blind, audited) DO UPDATE
               SET accepted = known.accepted + excluded.accepted, edited = known.edited + excluded.edited,
                   rejected = known.rejected + excluded.rejected, missed = known.missed + excluded.missed
            """;
    private static final String ADD_UNATTENDED = """
            INSERT INTO draft_unattended AS known (tenant_id, day, queue, approved, amended)
            SELECT ?, day::date, queue, approved::bigint, amended::bigint
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS more (day, queue, approved, amended)
             ORDER BY day, queue
                ON CONFLICT (tenant_id, day, queue) DO UPDATE
               SET approved = known.approved + excluded.approved, amended = known.amended + excluded.amended
            """;
    private static final String UNATTENDED = """
            SELECT coalesce(sum(approved), 0) AS approved, coalesce(sum(amended), 0) AS amended
              FROM draft_unattended
             WHERE tenant_id = ? AND day >= ?::date AND day < ?::date AND (?::text IS NULL OR queue = ?)
            """;
    private static final String AUDITED = """
            SELECT count(*) FROM draft_outcome
             WHERE tenant_id = ? AND confirmed_at >= ? AND confirmed_at < ? AND audited AND (?::text IS NULL OR queue = ?)
            """;
    private static final String ADD_CONFUSION = """
            INSERT INTO disposition_confusion AS known (tenant_id, day, queue, drafted, confirmed, blind, contacts)
            SELECT ?, day::date, queue, drafted, confirmed, blind::boolean, contacts::bigint
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                   AS more (day, queue, drafted, confirmed, blind, contacts)
             ORDER BY day, queue, drafted, confirmed, blind
                ON CONFLICT (tenant_id, day, queue, drafted, confirmed, blind) DO UPDATE SET contacts = known.contacts + excluded.contacts
            """;

    private static final String AGREEMENT = """
            SELECT date_trunc('week', day)::date AS week, part, model, blind, sum(accepted) AS accepted, sum(edited) AS edited,
                   sum(rejected) AS rejected, sum(missed) AS missed
              FROM draft_agreement
             WHERE tenant_id = ? AND day >= ?::date AND day < ?::date AND (?::text IS NULL OR queue = ?)
             GROUP BY week, part, model, blind
             ORDER BY week, part, model, blind
            """;
    private static final String CONFUSION = """
            SELECT drafted, confirmed, sum(contacts) AS contacts
              FROM disposition_confusion
             WHERE tenant_id = ? AND day >= ?::date AND day < ?::date AND (?::text IS NULL OR queue = ?)
             GROUP BY drafted, confirmed
            """;

    private static final RowMapper<GradeRow> GRADE = (rs, n) -> new GradeRow(
            rs.getString("queue"),
            rs.getString("part"),
            rs.getTimestamp("since").toInstant(),
            Grade.valueOf(rs.getString("grade")),
            Proportion.of(rs.getLong("agreed"), rs.getLong("judged")));

    private final PipelinedJdbc jdbc;

    public ProofRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    public record Settings(Rollout rollout, String salt, Instant changedAt) {}

    public Optional<Settings> settings(TenantId tenant) {
        return jdbc
                .query(
                        SETTINGS,
                        (rs, n) -> new Settings(
                                Json.read(rs.getString("settings"), Rollout.class),
                                rs.getString("salt"),
                                rs.getTimestamp("changed_at").toInstant()),
                        tenant.value())
                .stream()
                .findFirst();
    }

    /** @param salt counts the first time alone */
    public void put(TenantId tenant, Rollout rollout, String salt, Instant at) {
        jdbc.update(PUT_SETTINGS, tenant.value(), Json.write(rollout), salt, Timestamp.from(at));
    }

    /** @param measured what the grade was changed by */
    public record GradeRow(String queue, String part, Instant since, Grade grade, Proportion measured) {}

    public List<GradeRow> latestGrades(TenantId tenant) {
        return jdbc.query(LATEST_GRADES, GRADE, tenant.value());
    }

    /** The latest first. */
    public List<GradeRow> gradeChanges(TenantId tenant, int limit) {
        return jdbc.query(GRADE_CHANGES, GRADE, tenant.value(), limit);
    }

    /** Queue → part → grade, of the parts whose grade ever changed. */
    Map<String, Map<String, Grade>> earned(TenantId tenant) {
        var earned = new HashMap<String, Map<String, Grade>>();
        latestGrades(tenant)
                .forEach(row -> earned.computeIfAbsent(row.queue(), _ -> new HashMap<>())
                        .put(row.part(), row.grade()));
        return earned;
    }

    void put(TenantId tenant, GradeRow row) {
        jdbc.update(
                PUT_GRADE,
                tenant.value(),
                row.queue(),
                row.part(),
                Timestamp.from(row.since()),
                row.grade().name(),
                row.measured().whole(),
                row.measured().part());
    }

    record Evidence(String queue, String part, boolean blind, boolean audited, Proportion agreed) {}

    /** How often people came to what is drafted, of each part since its grade changed, at most since that day. */
    List<Evidence> evidence(TenantId tenant, LocalDate since) {
        return jdbc.query(
                EVIDENCE,
                (rs, n) -> new Evidence(
                        rs.getString("queue"),
                        rs.getString("part"),
                        rs.getBoolean("blind"),
                        rs.getBoolean("audited"),
                        Proportion.of(rs.getLong("agreed"), rs.getLong("judged"))),
                tenant.value(),
                tenant.value(),
                since.toString());
    }

    /**
     * @param audited a policy would have approved it
     * @param parts   each a {@link Comparison.Judged}
     */
    public record OutcomeRow(
            Instant confirmedAt,
            String wrapUp,
            String interaction,
            String draftId,
            String queue,
            @Nullable String callType,
            Arm arm,
            String source,
            String model,
            boolean wasRead,
            boolean audited,
            JsonNode parts) {}

    void put(TenantId tenant, OutcomeRow row) {
        jdbc.later(
                PUT_OUTCOME,
                tenant.value(),
                Timestamp.from(row.confirmedAt()),
                row.wrapUp(),
                row.interaction(),
                row.draftId(),
                row.queue(),
                row.callType(),
                row.arm().name(),
                row.source(),
                row.model(),
                row.wasRead(),
                row.audited(),
                Json.write(row.parts()));
    }

    /** The latest first, those before {@code at} and {@code wrapUp}. */
    public List<OutcomeRow> outcomes(
            TenantId tenant, Instant from, Instant to, @Nullable String queue, Instant at, String wrapUp, int limit) {
        return jdbc.query(
                OUTCOMES,
                (rs, n) -> outcome(rs),
                tenant.value(),
                Timestamp.from(from),
                Timestamp.from(to),
                queue,
                queue,
                Timestamp.from(at),
                wrapUp,
                limit);
    }

    private static OutcomeRow outcome(ResultSet rs) throws SQLException {
        return new OutcomeRow(
                rs.getTimestamp("confirmed_at").toInstant(),
                rs.getString("wrap_up_id"),
                rs.getString("interaction_id"),
                rs.getString("draft_id"),
                rs.getString("queue"),
                rs.getString("call_type"),
                Arm.valueOf(rs.getString("arm")),
                rs.getString("source"),
                rs.getString("model"),
                rs.getBoolean("was_read"),
                rs.getBoolean("audited"),
                Json.read(rs.getString("parts")));
    }

    /** What sums are kept of. */
    record Measured(LocalDate day, String queue, String part, String model, boolean blind, boolean audited) {}

    public record Sums(long accepted, long edited, long rejected, long missed) {
        static final Sums NONE = new Sums(0, 0, 0, 0);

        Sums plus(Sums more) {
            return new Sums(
                    accepted + more.accepted, edited + more.edited, rejected + more.rejected, missed + more.missed);
        }

        /** Of what was drafted. */
        Proportion agreement() {
            return Proportion.of(accepted, accepted + edited + rejected);
        }
    }

    void add(TenantId tenant, Map<Measured, Sums> more) {
        if (more.isEmpty()) {
            return;
        }
        Collection<Map.Entry<Measured, Sums>> rows = more.entrySet();
        jdbc.update(
                ADD_AGREEMENT,
                tenant.value(),
                Columns.of(rows, row -> row.getKey().day()),
                Columns.of(rows, row -> row.getKey().queue()),
                Columns.of(rows, row -> row.getKey().part()),
                Columns.of(rows, row -> row.getKey().model()),
                Columns.of(rows, row -> row.getKey().blind()),
                Columns.of(rows, row -> row.getKey().audited()),
                Columns.of(rows, row -> row.getValue().accepted()),
                Columns.of(rows, row -> row.getValue().edited()),
                Columns.of(rows, row -> row.getValue().rejected()),
                Columns.of(rows, row -> row.getValue().missed()));
    }

    /** Where and when nobody looked. */
    record Unlooked(LocalDate day, String queue) {}

    void addUnattended(TenantId tenant, Map<Unlooked, Unattended> more) {
        if (more.isEmpty()) {
            return;
        }
        Collection<Map.Entry<Unlooked, Unattended>> rows = more.entrySet();
        jdbc.update(
                ADD_UNATTENDED,
                tenant.value(),
                Columns.of(rows, row -> row.getKey().day()),
                Columns.of(rows, row -> row.getKey().queue()),
                Columns.of(rows, row -> row.getValue().approved()),
                Columns.of(rows, row -> row.getValue().amended()));
    }

    /** @param to its day is not in */
    public Unattended unattended(TenantId tenant, LocalDate from, LocalDate to, @Nullable String queue) {
        Long audited = jdbc.queryForObject(
                AUDITED,
                Long.class,
                tenant.value(),
                Timestamp.from(from.atStartOfDay(ZoneOffset.UTC).toInstant()),
                Timestamp.from(to.atStartOfDay(ZoneOffset.UTC).toInstant()),
                queue,
                queue);
        return Objects.requireNonNull(jdbc.queryForObject(
                UNATTENDED,
                (rs, n) -> new Unattended(rs.getLong("approved"), rs.getLong("amended"), audited == null ? 0 : audited),
                tenant.value(),
                from.toString(),
                to.toString(),
                queue,
                queue));
    }

    record Pair(LocalDate day, String queue, String drafted, String confirmed, boolean blind) {}

    void addPairs(TenantId tenant, Map<Pair, Long> more) {
        if (more.isEmpty()) {
            return;
        }
        Collection<Map.Entry<Pair, Long>> rows = more.entrySet();
        jdbc.update(
                ADD_CONFUSION,
                tenant.value(),
                Columns.of(rows, row -> row.getKey().day()),
                Columns.of(rows, row -> row.getKey().queue()),
                Columns.of(rows, row -> row.getKey().drafted()),
                Columns.of(rows, row -> row.getKey().confirmed()),
                Columns.of(rows, row -> row.getKey().blind()),
                Columns.of(rows, Map.Entry::getValue));
    }

    /** @param week its Monday */
    public record WeekRow(LocalDate week, String part, String model, boolean blind, Sums sums) {}

    /** @param to its day is not in */
    public List<WeekRow> weeks(TenantId tenant, LocalDate from, LocalDate to, @Nullable String queue) {
        return jdbc.query(
                AGREEMENT,
                (rs, n) -> new WeekRow(
                        rs.getObject("week", LocalDate.class),
                        rs.getString("part"),
                        rs.getString("model"),
                        rs.getBoolean("blind"),
                        new Sums(
                                rs.getLong("accepted"),
                                rs.getLong("edited"),
                                rs.getLong("rejected"),
                                rs.getLong("missed"))),
                tenant.value(),
                from.toString(),
                to.toString(),
                queue,
                queue);
    }

    public record Confused(String drafted, String confirmed, long contacts) {}

    public List<Confused> confusion(TenantId tenant, LocalDate from, LocalDate to, @Nullable String queue) {
        return jdbc.query(
                CONFUSION,
                (rs, n) -> new Confused(rs.getString("drafted"), rs.getString("confirmed"), rs.getLong("contacts")),
                tenant.value(),
                from.toString(),
                to.toString(),
                queue,
                queue);
    }
}
