package org.afterword.wrapup.internal;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.afterword.governance.Sealer.Sealed;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.springframework.stereotype.Repository;

/** The encrypted values of sensitive fields, by the masks that stand for them; every call is part of a tenant's running transaction. */
@Repository
class SealedFieldRepository {
    private static final String PUT = """
            INSERT INTO sealed_field (tenant_id, wrap_up_id, mask, field, key, sealed, sealed_by, sealed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String LOAD =
            "SELECT mask, key, sealed FROM sealed_field WHERE tenant_id = ? AND wrap_up_id = ? AND mask = ANY (?)";
    private static final String KEEP =
            "DELETE FROM sealed_field WHERE tenant_id = ? AND wrap_up_id = ? AND NOT mask = ANY (?)";

    private final PipelinedJdbc jdbc;

    SealedFieldRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    void put(TenantId tenant, WrapUpId id, String mask, String field, Sealed value, String actor, Instant now) {
        jdbc.later(PUT, tenant.value(), id.value(), mask, field, value.key(), value.text(), actor, Timestamp.from(now));
    }

    Map<String, Sealed> load(TenantId tenant, WrapUpId id, Collection<String> masks) {
        var found = new HashMap<String, Sealed>();
        if (!masks.isEmpty()) {
            jdbc.query(
                    LOAD,
                    rs -> {
                        found.put(rs.getString("mask"), new Sealed(rs.getString("key"), rs.getBytes("sealed")));
                    },
                    tenant.value(),
                    id.value(),
                    masks.toArray(String[]::new));
        }
        return found;
    }

    /** Deletes all of the wrap-up but these. */
    void keepOnly(TenantId tenant, WrapUpId id, Collection<String> masks) {
        jdbc.later(KEEP, tenant.value(), id.value(), masks.toArray(String[]::new));
    }
}
