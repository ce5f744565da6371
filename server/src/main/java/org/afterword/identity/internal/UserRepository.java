package org.afterword.identity.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.afterword.identity.AgentId;
import org.afterword.identity.Role;
import org.afterword.identity.User;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table {@code app_user}, and the sessions as far as a change of a user ends them. */
public final class UserRepository {
    private static final String COLUMNS = "user_id, user_name, display_name, role, agent_id, disabled, created_at";
    private static final String LIST = "SELECT " + COLUMNS + " FROM app_user WHERE tenant_id = ? ORDER BY user_name";
    private static final String FIND = "SELECT " + COLUMNS + " FROM app_user WHERE tenant_id = ? AND user_id = ?";
    private static final String FIND_BY_NAME =
            "SELECT password_hash, " + COLUMNS + " FROM app_user WHERE tenant_id = ? AND user_name = ?";
    private static final String INSERT = """
            INSERT INTO app_user (tenant_id, user_id, user_name, display_name, password_hash, role, agent_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tenant_id, user_name) DO NOTHING
            """;
    private static final String UPDATE = """
            UPDATE app_user
               SET display_name = ?, role = ?, agent_id = ?, disabled = ?, password_hash = coalesce(?, password_hash)
             WHERE tenant_id = ? AND user_id = ?
            """;
    private static final String END_SESSIONS = "DELETE FROM spring_session WHERE principal_name = ?";

    /** A user with what the password is checked against. */
    public record WithHash(User user, String hash) {}

    private final JdbcTemplate jdbc;

    public UserRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public List<User> list(TenantId tenant) {
        return jdbc.query(LIST, (rs, n) -> user(rs), tenant.value());
    }

    public Optional<User> find(TenantId tenant, String userId) {
        return jdbc.query(FIND, (rs, n) -> user(rs), tenant.value(), userId).stream()
                .findFirst();
    }

    public Optional<WithHash> findByName(TenantId tenant, String userName) {
        return jdbc
                .query(
                        FIND_BY_NAME,
                        (rs, n) -> new WithHash(user(rs), rs.getString("password_hash")),
                        tenant.value(),
                        userName)
                .stream()
                .findFirst();
    }

    /** False if the user name is taken. */
    public boolean insert(TenantId tenant, User user, String hash) {
        return jdbc.update(
                        INSERT,
                        tenant.value(),
                        user.userId(),
                        user.userName(),
                        user.name(),
                        hash,
                        user.role().code(),
                        agentId(user),
                        Timestamp.from(user.createdAt()))
                == 1;
    }

    /** @param hash of the new password; null = it stays */
    public void update(TenantId tenant, User user, @Nullable String hash) {
        jdbc.update(
                UPDATE,
                user.name(),
                user.role().code(),
                agentId(user),
                user.disabled(),
                hash,
                tenant.value(),
                user.userId());
    }

    public void endSessions(String principalName) {
        jdbc.update(END_SESSIONS, principalName);
    }

    private static @Nullable String agentId(User user) {
        return user.agentId() == null ? null : user.agentId().value();
    }

    private static User user(ResultSet rs) throws SQLException {
        String agentId = rs.getString("agent_id");
        return new User(
                rs.getString("user_id"),
                rs.getString("user_name"),
                rs.getString("display_name"),
                Role.parse(rs.getString("role")),
                agentId == null ? null : new AgentId(agentId),
                rs.getBoolean("disabled"),
                rs.getTimestamp("created_at").toInstant());
    }
}
