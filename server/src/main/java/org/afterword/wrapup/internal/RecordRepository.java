package org.afterword.wrapup.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.afterword.platform.Json;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpId;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The contents of records and their revisions; every call is part of a tenant's running transaction. */
@Repository
class RecordRepository {
    private static final String LOAD = "SELECT * FROM wrap_up_record WHERE tenant_id = ? AND wrap_up_id = ANY (?)";

    /** Writes only over the version that was read: of two writers, one changes no row. */
    private static final String PUT = """
            INSERT INTO wrap_up_record (tenant_id, wrap_up_id, record, provenance, version, revision, updated_at)
            VALUES (?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
                ON CONFLICT (tenant_id, wrap_up_id) DO UPDATE
               SET record = excluded.record, provenance = excluded.provenance, version = excluded.version,
                   revision = excluded.revision, updated_at = excluded.updated_at
             WHERE wrap_up_record.version = excluded.version - 1
            """;

    private static final String KEEP_REVISION = """
            INSERT INTO wrap_up_revision (tenant_id, wrap_up_id, revision, record, provenance, reason, actor, at)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)
            """;
    private static final String REVISIONS = """
            SELECT revision, record, provenance, reason, actor, at FROM wrap_up_revision
             WHERE tenant_id = ? AND wrap_up_id = ? ORDER BY revision
            """;

    /** The record as it was before a revision. */
    record Revision(int revision, JsonNode record, JsonNode provenance, String reason, String by, Instant at) {}

    private final PipelinedJdbc jdbc;

    RecordRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    Supplier<Map<WrapUpId, StoredRecord>> load(TenantId tenant, Collection<WrapUpId> ids) {
        return ids.isEmpty()
                ? Map::of
                : jdbc.ask(
                        LOAD,
                        RecordRepository::records,
                        tenant.value(),
                        ids.stream().map(WrapUpId::value).toArray(String[]::new));
    }

    private static Map<WrapUpId, StoredRecord> records(ResultSet rs) throws SQLException {
        var found = new HashMap<WrapUpId, StoredRecord>();
        while (rs.next()) {
            var id = new WrapUpId(rs.getString("wrap_up_id"));
            found.put(
                    id,
                    new StoredRecord(
                            id,
                            (ObjectNode) Json.read(rs.getString("record")),
                            (ObjectNode) Json.read(rs.getString("provenance")),
                            rs.getLong("version"),
                            rs.getInt("revision")));
        }
        return found;
    }

    /** The record as stored; an empty one of version 0 if nobody put anything into it yet. */
    StoredRecord get(TenantId tenant, WrapUpId id) {
        return load(tenant, List.of(id)).get().getOrDefault(id, StoredRecord.empty(id));
    }

    /** Throws {@link IllegalStateException} if somebody wrote in between, which the agent's lock rules out. */
    void put(TenantId tenant, StoredRecord record, Instant now) {
        jdbc.oneRowLater(
                PUT,
                () -> new IllegalStateException("record of wrap-up %s moved on from version %d"
                        .formatted(record.wrapUp(), record.version() - 1)),
                tenant.value(),
                record.wrapUp().value(),
                Json.write(record.record()),
                Json.write(record.provenance()),
                record.version(),
                record.revision(),
                Timestamp.from(now));
    }

    void keep(TenantId tenant, StoredRecord before, String reason, String actor, Instant now) {
        jdbc.later(
                KEEP_REVISION,
                tenant.value(),
                before.wrapUp().value(),
                before.revision(),
                Json.write(before.record()),
                Json.write(before.provenance()),
                reason,
                actor,
                Timestamp.from(now));
    }

    List<Revision> revisions(TenantId tenant, WrapUpId id) {
        return jdbc.query(
                REVISIONS,
                (rs, n) -> new Revision(
                        rs.getInt("revision"),
                        Json.read(rs.getString("record")),
                        Json.read(rs.getString("provenance")),
                        rs.getString("reason"),
                        rs.getString("actor"),
                        rs.getTimestamp("at").toInstant()),
                tenant.value(),
                id.value());
    }
}
