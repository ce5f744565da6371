package org.afterword.identity.internal;

import java.sql.Timestamp;
import java.time.Instant;
import org.afterword.platform.TenantId;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code admin_link}. */
public final class AdminLinkRepository {
    private static final String INSERT = "INSERT INTO admin_link (tenant_id, link_hash, expires_at) VALUES (?, ?, ?)";
    private static final String IS_OPEN =
            "SELECT EXISTS (SELECT FROM admin_link WHERE tenant_id = ? AND link_hash = ? AND expires_at > ?)";
    private static final String REMOVE =
            "DELETE FROM admin_link WHERE tenant_id = ? AND link_hash = ? AND expires_at > ?";
    private static final String REMOVE_EXPIRED = "DELETE FROM admin_link WHERE tenant_id = ? AND expires_at <= ?";

    private final JdbcTemplate jdbc;

    public AdminLinkRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void insert(TenantId tenant, byte[] hash, Instant expiresAt) {
        jdbc.update(INSERT, tenant.value(), hash, Timestamp.from(expiresAt));
    }

    public boolean isOpen(TenantId tenant, byte[] hash, Instant now) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject(IS_OPEN, Boolean.class, tenant.value(), hash, Timestamp.from(now)));
    }

    /** False if there is no such link, or it has expired. */
    public boolean remove(TenantId tenant, byte[] hash, Instant now) {
        jdbc.update(REMOVE_EXPIRED, tenant.value(), Timestamp.from(now));
        return jdbc.update(REMOVE, tenant.value(), hash, Timestamp.from(now)) == 1;
    }
}
