package org.afterword.demo.internal;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who works in the demo's contact center, and who can sign in. */
public record People(List<Agent> agents, List<SignIn> signIns) {
    public People {
        agents = List.copyOf(agents);
        signIns = List.copyOf(signIns);
    }

    /** @param since hired on that day; @param level junior, senior …, free text */
    public record Agent(String id, String name, String team, List<String> skills, LocalDate since, String level) {
        public Agent {
            skills = List.copyOf(skills);
        }
    }

    /** @param agentId the desk that belongs to this user; null = none */
    public record SignIn(
            String userName,
            String name,
            String role,
            @Nullable String agentId) {}

    /** Agents that the demo plays; the others are left to the people who sign in. */
    public List<Agent> simulated() {
        return agents.stream()
                .filter(agent -> signIns.stream().noneMatch(signIn -> agent.id().equals(signIn.agentId())))
                .toList();
    }
}
