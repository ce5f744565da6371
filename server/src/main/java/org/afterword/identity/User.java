package org.afterword.identity;

import java.time.Instant;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in on a page.
 *
 * @param userName what is typed at the sign-in, in lower case; unique in the tenant
 * @param name     what other people read
 * @param agentId  the agent this person is; role {@code agent} has one, no other role has
 */
public record User(
        String userId,
        String userName,
        String name,
        Role role,
        @Nullable AgentId agentId,
        boolean disabled,
        Instant createdAt) {

    private static final String ACTOR_PREFIX = "user:";

    /** The user as the one who makes a request. */
    public Caller caller(TenantId tenant) {
        return new Caller(tenant, actor(), name, role, agentId);
    }

    /** As the trail names this user. */
    public String actor() {
        return ACTOR_PREFIX + userId;
    }

    /** Whether {@code actor} is what {@link #actor} answers of some user. */
    static boolean isUser(String actor) {
        return actor.startsWith(ACTOR_PREFIX);
    }

    /** The id in what {@link #actor} answered. */
    static String idOf(String actor) {
        if (!isUser(actor)) {
            throw new IllegalArgumentException("'%s' is not a user".formatted(actor));
        }
        return actor.substring(ACTOR_PREFIX.length());
    }
}
