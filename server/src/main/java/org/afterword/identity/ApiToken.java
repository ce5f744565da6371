package org.afterword.identity;

import java.time.Instant;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept: without its text, of which there is only a hash.
 *
 * @param lastUsedAt coarse: the hour of a recent use; null = never used
 */
public record ApiToken(
        String tokenId,
        String name,
        Role role,
        @Nullable AgentId agentId,
        Instant createdAt,
        String createdBy,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /** The token as the one that makes a request. */
    public Caller caller(TenantId tenant) {
        return new Caller(tenant, actor(), name, role, agentId);
    }

    /** As the trail names this token. */
    public String actor() {
        return "token:" + tokenId;
    }
}
