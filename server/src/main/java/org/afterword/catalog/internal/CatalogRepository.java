package org.afterword.catalog.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.afterword.catalog.internal.CatalogChanges.Placed;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import tools.jackson.databind.JsonNode;

/** The tables {@code catalog_version} and {@code catalog_item}. */
public final class CatalogRepository {
    private static final String CURRENT_VERSION =
            "SELECT coalesce(max(version), 0) FROM catalog_version WHERE tenant_id = ?";
    private static final String ITEMS = """
            SELECT kind, item
              FROM catalog_item
             WHERE tenant_id = ? AND since_version <= ? AND (until_version IS NULL OR until_version > ?)
             ORDER BY kind, position
            """;
    private static final String HISTORY = """
            SELECT i.code, i.since_version, v.changed_at, v.changed_by, i.item
              FROM catalog_item i JOIN catalog_version v ON v.tenant_id = i.tenant_id AND v.version = i.since_version
             WHERE i.tenant_id = ? AND i.kind = ? AND i.code = ANY (?) AND i.since_version <= ?
             ORDER BY i.code, i.since_version DESC
            """;
    private static final String ADD_VERSION =
            "INSERT INTO catalog_version (tenant_id, version, changed_at, changed_by) VALUES (?, ?, ?, ?)";
    private static final String END = """
            UPDATE catalog_item SET until_version = ?
             WHERE tenant_id = ? AND kind = ? AND code = ? AND until_version IS NULL
            """;
    private static final String BEGIN = """
            INSERT INTO catalog_item (tenant_id, kind, code, since_version, position, item)
            VALUES (?, ?, ?, ?, ?, ?::jsonb)
            """;

    /** @param kind as the document names it */
    public record StoredItem(String kind, JsonNode item) {}

    private final PipelinedJdbc jdbc;

    public CatalogRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** 0 if there is none. */
    public Supplier<Integer> currentVersion(TenantId tenant) {
        return jdbc.ask(CURRENT_VERSION, rs -> rs.next() ? rs.getInt(1) : 0, tenant.value());
    }

    /** What a version consists of, each list in its order. */
    public List<StoredItem> items(TenantId tenant, int version) {
        return jdbc.query(
                ITEMS,
                (rs, n) -> new StoredItem(rs.getString("kind"), Json.read(rs.getString("item"))),
                tenant.value(),
                version,
                version);
    }

    /** One item as somebody left it. */
    public record Step(String code, int version, Instant at, String by, JsonNode item) {}

    /** What items were up to a version, each from its newest state to its first. */
    public List<Step> history(TenantId tenant, CatalogKind kind, Collection<String> codes, long version) {
        return jdbc.query(
                HISTORY,
                (rs, n) -> new Step(
                        rs.getString("code"),
                        rs.getInt("since_version"),
                        rs.getTimestamp("changed_at").toInstant(),
                        rs.getString("changed_by"),
                        Json.read(rs.getString("item"))),
                tenant.value(),
                kind.property(),
                codes.toArray(String[]::new),
                version);
    }

    public void store(TenantId tenant, int version, Instant at, String by, CatalogChanges changes) {
        jdbc.update(ADD_VERSION, tenant.value(), version, Timestamp.from(at), by);
        jdbc.batchUpdate(
                END,
                changes.ended().stream()
                        .map(old -> new Object[] {
                            version,
                            tenant.value(),
                            old.kind().property(),
                            old.item().code()
                        })
                        .toList());
        jdbc.batchUpdate(
                BEGIN,
                changes.begun().stream()
                        .map(item -> beginning(tenant, version, item))
                        .toList());
    }

    private static Object[] beginning(TenantId tenant, int version, Placed placed) {
        return new Object[] {
            tenant.value(),
            placed.kind().property(),
            placed.item().code(),
            version,
            placed.position(),
            Json.write(placed.item())
        };
    }
}
