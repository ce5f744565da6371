package org.afterword.conversation;

import org.afterword.identity.AgentId;

/** Says whose an interaction is; implemented in modules above, where legs are known and who was given their records. Called in the tenant's transaction. */
public interface InteractionAccess {
    /** Whether the agent has, or had, to do with the interaction. */
    boolean takesPart(AgentId agent, InteractionId interaction);
}
