package org.afterword.identity.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.afterword.identity.AgentId;
import org.afterword.identity.ApiToken;
import org.afterword.identity.Role;
import org.afterword.platform.PipelinedJdbc;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/** The table {@code api_token}. */
public final class TokenRepository {
    private static final String COLUMNS =
            "token_id, name, role, agent_id, created_at, created_by, last_used_at, revoked_at";
    private static final String LIST =
            "SELECT " + COLUMNS + " FROM api_token WHERE tenant_id = ? ORDER BY created_at DESC, token_id DESC";
    private static final String FIND = "SELECT " + COLUMNS + " FROM api_token WHERE tenant_id = ? AND token_id = ?";
    private static final String FIND_VALID =
            "SELECT " + COLUMNS + " FROM api_token WHERE tenant_id = ? AND token_hash = ? AND revoked_at IS NULL";

    /** Nobody waits for the disk, and what a crash takes away is noted at the next use. */
    private static final String NOTE_WITHOUT_WAITING = "SET LOCAL synchronous_commit = off";

    private static final String INSERT = """
            INSERT INTO api_token (tenant_id, token_id, token_hash, name, role, agent_id, created_at, created_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String NOTE_USE = """
            UPDATE api_token
               SET last_used_at = date_trunc('hour', ?::timestamptz, 'UTC')
             WHERE tenant_id = ? AND token_hash = ? AND revoked_at IS NULL
               AND (last_used_at IS NULL OR last_used_at < ?::timestamptz)
            """;
    private static final String REVOKE =
            "UPDATE api_token SET revoked_at = ? WHERE tenant_id = ? AND token_id = ? AND revoked_at IS NULL";

    private final PipelinedJdbc jdbc;

    public TokenRepository(PipelinedJdbc jdbc) {
        this.jdbc = jdbc;
    }

    public List<ApiToken> list(TenantId tenant) {
        return jdbc.query(LIST, (rs, n) -> token(rs), tenant.value());
    }

    public Optional<ApiToken> find(TenantId tenant, String tokenId) {
        return jdbc.query(FIND, (rs, n) -> token(rs), tenant.value(), tokenId).stream()
                .findFirst();
    }

    /** The token with this hash as it was before this use of it, which is noted unless one is that was no longer ago than {@code since}. */
    public Supplier<Optional<ApiToken>> use(TenantId tenant, byte[] hash, Instant now, Instant since) {
        Supplier<Optional<ApiToken>> found =
                jdbc.ask(FIND_VALID, rs -> rs.next() ? Optional.of(token(rs)) : Optional.empty(), tenant.value(), hash);
        jdbc.later(NOTE_WITHOUT_WAITING);
        jdbc.later(NOTE_USE, now.toString(), tenant.value(), hash, since.toString());
        return found;
    }

    public void insert(TenantId tenant, ApiToken token, byte[] hash) {
        jdbc.update(
                INSERT,
                tenant.value(),
                token.tokenId(),
                hash,
                token.name(),
                token.role().code(),
                token.agentId() == null ? null : token.agentId().value(),
                Timestamp.from(token.createdAt()),
                token.createdBy());
    }

    /** False if there is no such token or it was revoked before. */
    public boolean revoke(TenantId tenant, String tokenId, Instant now) {
        return jdbc.update(REVOKE, Timestamp.from(now), tenant.value(), tokenId) == 1;
    }

    private static ApiToken token(ResultSet rs) throws SQLException {
        String agentId = rs.getString("agent_id");
        return new ApiToken(
                rs.getString("token_id"),
                rs.getString("name"),
                Role.parse(rs.getString("role")),
                agentId == null ? null : new AgentId(agentId),
                rs.getTimestamp("created_at").toInstant(),
                rs.getString("created_by"),
                instant(rs.getTimestamp("last_used_at")),
                instant(rs.getTimestamp("revoked_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
