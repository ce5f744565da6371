package org.afterword.governance.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.afterword.governance.ChainHead;
import org.afterword.governance.internal.Chained.Content;
import org.afterword.governance.internal.Chained.Entry;
import org.afterword.governance.internal.Chained.Key;
import org.afterword.governance.internal.Chained.Link;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code audit_link}, which only ever grows, and the entries as the chain sees them; in the tenant's transaction. */
public final class ChainRepository {
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";
    private static final String HEAD = """
            SELECT sequence, encode(hash, 'hex') AS hash FROM audit_link
             WHERE tenant_id = ? ORDER BY sequence DESC LIMIT 1
            """;
    private static final String LINKABLE = """
            SELECT recorded_at, number, actor, kind, subject, encode(digest, 'hex') AS digest, now() AS now
              FROM afterword_linkable(?, ?)
             ORDER BY xid, number
            """;
    private static final String TENANTS_TO_LINK = "SELECT afterword_tenants_to_link(?::text[])";
    private static final String INSERT = """
            INSERT INTO audit_link (tenant_id, sequence, recorded_at, number, linked_at, hash)
            SELECT ?, sequence, recorded_at, number, linked_at, decode(hash, 'hex')
              FROM unnest(?::bigint[], ?::timestamptz[], ?::bigint[], ?::timestamptz[], ?::text[])
                   AS l (sequence, recorded_at, number, linked_at, hash)
            """;
    private static final String LINKS = """
            SELECT sequence, recorded_at, number, linked_at, encode(hash, 'hex') AS hash FROM audit_link
             WHERE tenant_id = ? AND sequence > ? ORDER BY sequence LIMIT ?
            """;

    /** The range of time says which partitions to look into; the keys alone do not tell the planner. */
    private static final String ENTRIES = """
            SELECT e.recorded_at, e.number, e.actor, e.kind, e.subject, encode(e.digest, 'hex') AS digest,
                   encode(c.salt, 'hex') AS salt, c.content
              FROM unnest(?::timestamptz[], ?::bigint[]) AS k (recorded_at, number)
              JOIN audit_entry AS e ON (e.recorded_at, e.number) = (k.recorded_at, k.number)
                   AND e.tenant_id = ? AND e.recorded_at BETWEEN ?::timestamptz AND ?::timestamptz
              LEFT JOIN audit_content AS c ON (c.recorded_at, c.number) = (k.recorded_at, k.number)
                   AND c.tenant_id = ? AND c.recorded_at BETWEEN ?::timestamptz AND ?::timestamptz
            """;

    private static final String LINKED_OR_NOT = """
            SELECT xid::text AS xid, recorded_at, number, linked, before FROM afterword_links(?, ?::xid8, ?, ?)
             ORDER BY xid, number
            """;

    private final JdbcTemplate jdbc;

    public ChainRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Which of these tenants have something to link; in no tenant's transaction. */
    List<TenantId> tenantsToLink(List<TenantId> tenants) {
        String[] ids = tenants.stream().map(TenantId::value).toArray(String[]::new);
        return jdbc.query(TENANTS_TO_LINK, (rs, n) -> new TenantId(rs.getString(1)), (Object) ids);
    }

    /** False if another transaction links this tenant's entries; else nobody else does until this one ends. */
    boolean tryLock(TenantId tenant) {
        String name = Tenancy.lockName(tenant, "audit-chain", "all");
        return Boolean.TRUE.equals(jdbc.queryForObject(TRY_LOCK, Boolean.class, name));
    }

    ChainHead head(TenantId tenant) {
        return jdbc
                .query(HEAD, (rs, n) -> new ChainHead(rs.getLong("sequence"), rs.getString("hash")), tenant.value())
                .stream()
                .findFirst()
                .orElse(ChainHead.NONE);
    }

    /** @param now the transaction's time, by the database's clock */
    record Linkable(Key key, Entry entry, Instant now) {}

    /** The entries to link next, in their order. */
    List<Linkable> linkable(TenantId tenant, int limit) {
        return jdbc.query(
                LINKABLE, (rs, n) -> new Linkable(key(rs), entry(rs), instant(rs, "now")), tenant.value(), limit);
    }

    void insert(TenantId tenant, List<Chained> links) {
        List<Link> all = links.stream()
                .map(chained -> Objects.requireNonNull(chained.link()))
                .toList();
        jdbc.update(
                INSERT,
                tenant.value(),
                all.stream().map(Link::sequence).toArray(Long[]::new),
                links.stream()
                        .map(chained -> chained.key().recordedAt().toString())
                        .toArray(String[]::new),
                links.stream().map(chained -> chained.key().number()).toArray(Long[]::new),
                all.stream().map(link -> link.linkedAt().toString()).toArray(String[]::new),
                all.stream().map(Link::hash).toArray(String[]::new));
    }

    /** Up to {@code limit} links behind {@code sequence}, with what there is of their entries. */
    public List<Chained> linkedAfter(TenantId tenant, long sequence, int limit) {
        record Row(Key key, Link link) {}
        List<Row> rows = jdbc.query(
                LINKS,
                (rs, n) -> new Row(
                        key(rs), new Link(rs.getLong("sequence"), instant(rs, "linked_at"), rs.getString("hash"))),
                tenant.value(),
                sequence,
                limit);
        Map<Key, Stored> stored = load(tenant, rows.stream().map(Row::key).toList());
        return rows.stream()
                .map(row -> Optional.ofNullable(stored.get(row.key()))
                        .map(found -> Chained.linked(row.key(), row.link(), found.entry(), found.content()))
                        .orElseGet(() -> Chained.linked(row.key(), row.link(), null, null)))
                .toList();
    }

    /** Where a list of entries without links goes on. */
    public record Position(String transaction, long number) {
        public static final Position START = new Position("0", 0);
    }

    /** @param last null = there are no more */
    public record Unlinked(List<Chained> entries, @Nullable Position last) {}

    /** Those without a link among the next {@code limit} entries, in the order in which they would be linked; often none. */
    public Unlinked unlinkedAfter(TenantId tenant, Position position, int limit) {
        record Row(
                Position position,
                Key key,
                boolean linked,
                @Nullable Long before) {}
        List<Row> rows = jdbc.query(
                LINKED_OR_NOT,
                (rs, n) -> new Row(
                        new Position(rs.getString("xid"), rs.getLong("number")),
                        key(rs),
                        rs.getBoolean("linked"),
                        rs.getObject("before", Long.class)),
                tenant.value(),
                position.transaction(),
                position.number(),
                limit);
        List<Row> unlinked = rows.stream().filter(row -> !row.linked()).toList();
        Map<Key, Stored> stored = load(tenant, unlinked.stream().map(Row::key).toList());
        List<Chained> entries = unlinked.stream()
                .filter(row -> stored.containsKey(row.key()))
                .map(row -> {
                    Stored found = Objects.requireNonNull(stored.get(row.key()));
                    return Chained.unlinked(row.key(), found.entry(), found.content(), row.before());
                })
                .toList();
        return new Unlinked(entries, rows.size() < limit ? null : rows.getLast().position());
    }

    private record Stored(Entry entry, @Nullable Content content) {}

    private Map<Key, Stored> load(TenantId tenant, Collection<Key> keys) {
        var found = new HashMap<Key, Stored>();
        if (keys.isEmpty()) {
            return found;
        }
        List<Instant> times = keys.stream().map(Key::recordedAt).toList();
        String first =
                times.stream().min(Comparator.naturalOrder()).orElseThrow().toString();
        String last =
                times.stream().max(Comparator.naturalOrder()).orElseThrow().toString();
        jdbc.query(
                ENTRIES,
                rs -> {
                    String content = rs.getString("content");
                    found.put(
                            key(rs),
                            new Stored(entry(rs), content == null ? null : new Content(rs.getString("salt"), content)));
                },
                times.stream().map(Instant::toString).toArray(String[]::new),
                keys.stream().map(Key::number).toArray(Long[]::new),
                tenant.value(),
                first,
                last,
                tenant.value(),
                first,
                last);
        return found;
    }

    private static Key key(ResultSet rs) throws SQLException {
        return new Key(instant(rs, "recorded_at"), rs.getLong("number"));
    }

    private static Entry entry(ResultSet rs) throws SQLException {
        return new Entry(rs.getString("actor"), rs.getString("kind"), rs.getString("subject"), rs.getString("digest"));
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }
}
