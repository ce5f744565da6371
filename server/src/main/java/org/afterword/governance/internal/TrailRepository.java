package org.afterword.governance.internal;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.afterword.governance.Trail;
import org.afterword.governance.TrailEntry;
import org.afterword.governance.TrailPage;
import org.afterword.governance.TrailQuery;
import org.afterword.governance.internal.Chained.Content;
import org.afterword.platform.Columns;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** The tables {@code audit_entry} and {@code audit_content}, which only ever grow. */
public final class TrailRepository {
    /** Takes the numbers first, so that each content finds its entry. */
    private static final String INSERT = """
            WITH entry AS MATERIALIZED (
                SELECT nextval('audit_entry_number_seq') AS number, actor, kind, subject,
                       decode(digest, 'hex') AS digest, decode(salt, 'hex') AS salt, content::json AS content
                  FROM (SELECT *
                          FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                               WITH ORDINALITY AS e (actor, kind, subject, digest, salt, content, n)
                         ORDER BY n) AS ordered),
            inserted AS (
                INSERT INTO audit_entry (tenant_id, recorded_at, number, actor, kind, subject, digest)
                OVERRIDING SYSTEM VALUE
                SELECT ?, ?::timestamptz, number, actor, kind, subject, digest FROM entry)
            INSERT INTO audit_content (tenant_id, recorded_at, number, salt, content)
            SELECT ?, ?::timestamptz, number, salt, content FROM entry WHERE content IS NOT NULL
            """;

    /**
     * Only those that were not noted for the same person already in the span that ends now. The offset keeps this a look-up by
     * subject for each read: joined, all that was recorded in the span would be read each time, of which there can be much.
     */
    private static final String INSERT_READS = """
            INSERT INTO audit_entry (tenant_id, recorded_at, actor, kind, subject, digest)
            SELECT ?, ?::timestamptz, actor, kind, subject, '\\x'
              FROM unnest(?::text[], ?::text[], ?::text[]) AS r (actor, kind, subject)
             WHERE NOT EXISTS (
                   SELECT FROM audit_entry AS e
                    WHERE e.tenant_id = ? AND e.subject = r.subject AND e.actor = r.actor AND e.kind = r.kind
                      AND e.recorded_at > ?::timestamptz AND e.recorded_at <= ?::timestamptz
                   OFFSET 0)
            """;

    private static final String LIST = """
            SELECT e.recorded_at, e.number, e.actor, e.kind, e.subject, c.content, l.sequence
              FROM audit_entry AS e
              LEFT JOIN audit_content AS c USING (tenant_id, recorded_at, number)
              LEFT JOIN audit_link AS l USING (tenant_id, recorded_at, number)
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

    private static final int SALT_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final PipelinedJdbc jdbc;

    public TrailRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds the entries in this order, each with the digest of its details if it has any. */
    public void insert(TenantId tenant, Instant at, List<Trail.NewEntry> entries) {
        List<Optional<Content>> contents = entries.stream()
                .map(entry -> entry.details().isEmpty()
                        ? Optional.<Content>empty()
                        : Optional.of(new Content(salt(), Json.write(entry.details()))))
                .toList();
        jdbc.later(
                INSERT,
                Columns.of(entries, Trail.NewEntry::actor),
                Columns.of(entries, Trail.NewEntry::kind),
                Columns.of(entries, Trail.NewEntry::subject),
                Columns.of(
                        contents, content -> content.map(Fingerprint::ofContent).orElse("")),
                Columns.of(contents, content -> content.map(Content::salt).orElse(null)),
                Columns.of(contents, content -> content.map(Content::text).orElse(null)),
                tenant.value(),
                at.toString(),
                tenant.value(),
                at.toString());
    }

    /** Adds those reads that the same actor did not do within {@code span} before. */
    public void insertReads(TenantId tenant, Instant at, Duration span, Collection<Trail.Read> reads) {
        jdbc.later(
                INSERT_READS,
                tenant.value(),
                at.toString(),
                Columns.of(reads, Trail.Read::actor),
                Columns.of(reads, Trail.Read::kind),
                Columns.of(reads, Trail.Read::subject),
                tenant.value(),
                at.minus(span).toString(),
                at.toString());
    }

    private String salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
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
        Long sequence = rs.getObject("sequence", Long.class);
        return new TrailEntry(
                at.toEpochMilli() + "-" + rs.getLong("number"),
                at,
                rs.getString("actor"),
                rs.getString("kind"),
                rs.getString("subject"),
                content == null ? null : Json.read(content),
                sequence != null,
                sequence);
    }
}
