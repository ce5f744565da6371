package org.afterword.desk.internal;

import java.util.List;
import org.afterword.conversation.InteractionAccess;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.platform.Tenancy;
import org.springframework.stereotype.Component;

/** An interaction is that of the agents who have or had a leg in it. */
@Component
class LegAccess implements InteractionAccess {
    private final Tenancy tenancy;
    private final AgentRepository agents;

    LegAccess(Tenancy tenancy, AgentRepository agents) {
        this.tenancy = tenancy;
        this.agents = agents;
    }

    @Override
    public boolean takesPart(AgentId agent, InteractionId interaction) {
        return agents.agentsOf(tenancy.current(), List.of(interaction)).contains(agent);
    }
}
