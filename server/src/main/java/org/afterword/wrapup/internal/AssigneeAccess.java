package org.afterword.wrapup.internal;

import org.afterword.conversation.InteractionAccess;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.platform.Tenancy;
import org.springframework.stereotype.Component;

/** Who was given the record of a leg reads what was said in it. */
@Component
class AssigneeAccess implements InteractionAccess {
    private final Tenancy tenancy;
    private final WrapUpRepository wrapUps;

    AssigneeAccess(Tenancy tenancy, WrapUpRepository wrapUps) {
        this.tenancy = tenancy;
        this.wrapUps = wrapUps;
    }

    @Override
    public boolean takesPart(AgentId agent, InteractionId interaction) {
        return wrapUps.isAssigned(tenancy.current(), agent, interaction);
    }
}
