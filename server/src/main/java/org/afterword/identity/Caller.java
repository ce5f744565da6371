package org.afterword.identity;

import java.util.Arrays;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request: a signed-in person or a token. Controllers get it as {@code @AuthenticationPrincipal}.
 *
 * @param actor   id of the user or token, as the trail names it ({@code user:ann}, {@code token:01h…})
 * @param name    what people read
 * @param agentId the agent this person is; only role {@code agent} has one
 */
public record Caller(
        TenantId tenant,
        String actor,
        String name,
        Role role,
        @Nullable AgentId agentId) implements java.io.Serializable {

    /** @throws ProblemException FORBIDDEN unless the caller has one of {@code roles} */
    public void require(Role... roles) {
        if (Arrays.stream(roles).noneMatch(role::equals)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    "Role %s may not do this; it takes %s."
                            .formatted(
                                    role.code(),
                                    String.join(
                                            " or ",
                                            Arrays.stream(roles).map(Role::code).toList())));
        }
    }

    /** @throws ProblemException FORBIDDEN unless {@code may} holds for the caller's role */
    public void requireThat(boolean may) {
        if (!may) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Role %s may not do this.".formatted(role.code()));
        }
    }

    /** @throws ProblemException FORBIDDEN unless the caller is this agent */
    public void requireSelf(AgentId agent) {
        if (!isSelf(agent)) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only agent '%s' may do this.".formatted(agent));
        }
    }

    /** @throws ProblemException FORBIDDEN unless the caller is this agent, or has one of {@code roles} */
    public void requireSelfOr(AgentId agent, Role... roles) {
        if (!isSelf(agent)) {
            require(roles);
        }
    }

    private boolean isSelf(AgentId agent) {
        return role == Role.AGENT && agent.equals(agentId);
    }
}
