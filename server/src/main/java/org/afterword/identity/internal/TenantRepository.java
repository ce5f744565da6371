package org.afterword.identity.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.afterword.identity.Tenant;
import org.afterword.platform.TenantId;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code tenant}: the one that is read before a tenant is known. */
public final class TenantRepository {
    private static final String LIST = "SELECT tenant_id, name, host, zone FROM tenant ORDER BY tenant_id";
    private static final String INSERT = """
            INSERT INTO tenant (tenant_id, name, host, zone, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    /** Several nodes may try at once: the others wait for the first one's commit and then find the row. */
    private static final String INSERT_FIRST = """
            INSERT INTO tenant (tenant_id, name, host, zone, created_at)
            SELECT ?, ?, ?, ?, ?::timestamptz WHERE NOT EXISTS (SELECT FROM tenant)
                ON CONFLICT DO NOTHING
            """;

    private final JdbcTemplate jdbc;

    public TenantRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public List<Tenant> list() {
        return jdbc.query(
                LIST,
                (rs, n) -> new Tenant(
                        new TenantId(rs.getString("tenant_id")),
                        rs.getString("name"),
                        rs.getString("host"),
                        ZoneId.of(rs.getString("zone"))));
    }

    /** False if the id or the host is taken. */
    public boolean insert(Tenant tenant, Instant now) {
        return insert(INSERT, tenant, now);
    }

    /** False if there is any tenant. */
    public boolean insertFirst(Tenant tenant, Instant now) {
        return insert(INSERT_FIRST, tenant, now);
    }

    private boolean insert(String sql, Tenant tenant, Instant now) {
        return jdbc.update(
                        sql,
                        tenant.id().value(),
                        tenant.name(),
                        tenant.host(),
                        tenant.zone().getId(),
                        Timestamp.from(now))
                == 1;
    }
}
