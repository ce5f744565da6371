package org.afterword.governance.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.afterword.governance.TrailEntry;
import org.afterword.governance.TrailPage;
import org.afterword.governance.TrailQuery;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables {@code audit_entry} and {@code audit_content}, which only ever grow. */
public final class TrailRepository {
    private static final String INSERT = """
            WITH entry AS (
                INSERT INTO audit_entry (tenant_id, recorded_at, actor, kind, subject)
                VALUES (?, ?::timestamptz, ?, ?, ?)
                RETURNING tenant_id, recorded_at, number)
            INSERT INTO audit_content (tenant_id, recorded_at, number, content)
            SELECT tenant_id, recorded_at, number, content
              FROM entry, CAST(? AS jsonb) AS content
             WHERE content <> '{}'
            """;
    private static final String LIST = """
            SELECT e.recorded_at, e.number, e.actor, e.kind, e.subject, c.content
              FROM audit_entry AS e
              LEFT JOIN audit_content AS c USING (tenant_id, recorded_at, number)
             WHERE e.tenant_id = ? AND e.recorded_at >= ?::timestamptz AND e.recorded_at < ?::timestamptz
               AND (e.recorded_at, e.number) < (?::timestamptz, ?)
               AND (?::text IS NULL OR e.actor = ?) AND (?::text IS NULL OR e.kind = ?) AND (?::text IS NULL OR e.subject = ?)
             ORDER BY e.recorded_at DESC, e.number DESC
             LIMIT ?
            """;
    private static final String FOREVER = "infinity";

    /** A place in the list: just after the entry of this time and number. */
    private record Cursor(String time, long number) {
        static final Cursor START = new Cursor(FOREVER, Long.MAX_VALUE);

        static Cursor parse(@Nullable String text) {
            if (text == null) {
                return START;
            }
            String[] parts = text.split("-", -1);
            try {
                if (parts.length == 2) {
                    return new Cursor(
                            Instant.ofEpochMilli(Long.parseLong(parts[0])).toString(), Long.parseLong(parts[1]));
                }
            } catch (NumberFormatException e) {
                // falls through to the one message below
            }
            throw ProblemException.invalid("#/cursor", "'%s' is none that a list has answered with".formatted(text));
        }
    }

    private final JdbcTemplate jdbc;

    public TrailRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(TenantId tenant, Instant at, String actor, String kind, String subject, Map<String, ?> details) {
        jdbc.update(INSERT, tenant.value(), at.toString(), actor, kind, subject, Json.write(details));
    }

    public TrailPage list(TenantId tenant, TrailQuery query, int limit) {
        Cursor cursor = Cursor.parse(query.cursor());
        List<TrailEntry> found = jdbc.query(
                LIST,
                (rs, n) -> entry(rs),
                tenant.value(),
                query.from() == null ? "-infinity" : query.from().toString(),
                query.to() == null ? FOREVER : query.to().toString(),
                cursor.time(),
                cursor.number(),
                query.actor(),
                query.actor(),
                query.kind(),
                query.kind(),
                query.subject(),
                query.subject(),
                limit + 1);
        return found.size() <= limit
                ? new TrailPage(found, null)
                : new TrailPage(found.subList(0, limit), found.get(limit - 1).id());
    }

    private static TrailEntry entry(ResultSet rs) throws SQLException {
        Instant at = rs.getTimestamp("recorded_at").toInstant();
        String content = rs.getString("content");
        return new TrailEntry(
                at.toEpochMilli() + "-" + rs.getLong("number"),
                at,
                rs.getString("actor"),
                rs.getString("kind"),
                rs.getString("subject"),
                content == null ? null : Json.read(content));
    }
}
