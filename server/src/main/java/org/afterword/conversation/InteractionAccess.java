package org.afterword.conversation;

import org.afterword.identity.AgentId;

/** Says whose an interaction is; implemented one module higher, where legs are known. Called in the tenant's transaction. */
public interface InteractionAccess {
    /** Whether the agent has, or had, a leg in the interaction. */
    boolean takesPart(AgentId agent, InteractionId interaction);
}
