package org.afterword.stream.internal;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Which events a listener gets. Rests of agents are told to nobody but themselves.
 *
 * @param only the agent whose events these are; null for those who watch the whole floor
 */
record Audience(Set<Topic> topics, @Nullable AgentId only) implements Predicate<DomainEvent> {
    private static final String OF_THE_AGENT_ALONE = "rest.";

    Audience {
        topics = Set.copyOf(topics);
    }

    /** @throws ProblemException FORBIDDEN if the caller's role watches neither the floor nor a desk of its own */
    static Audience of(Caller caller, Set<Topic> topics) {
        if (caller.role() != Role.AGENT) {
            caller.require(
                    Role.SUPERVISOR, Role.REVIEWER, Role.COACH, Role.PLANNER, Role.ADMINISTRATOR, Role.INTEGRATION);
            return new Audience(topics, null);
        }
        if (caller.agentId() == null) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "'%s' has the role agent but is no agent.".formatted(caller.actor()));
        }
        return new Audience(topics, caller.agentId());
    }

    @Override
    public boolean test(DomainEvent event) {
        return topics.stream().anyMatch(topic -> topic.covers(event.type()))
                && (only == null ? !event.type().startsWith(OF_THE_AGENT_ALONE) : concerns(only, event));
    }

    /** Its own, or about a record that was given to it. */
    private static boolean concerns(AgentId agent, DomainEvent event) {
        return Stream.of("agentId", "assignee")
                .anyMatch(who -> agent.value().equals(event.data().path(who).asString("")));
    }
}
