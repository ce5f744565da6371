package org.afterword.desk;

/** What an agent shows. Derived, in this order: the first that applies. */
public enum AgentState {
    /** Signed out. */
    OFFLINE,
    /** A leg is on. */
    ENGAGED,
    /** A wrap-up holds units. */
    AFTER_CALL_WORK,
    /** Rests: is offered nothing for a while, though nothing holds the agent. Others are shown {@code NOT_READY}. */
    RECOVERY,
    /** Wants work, and nothing holds the agent. */
    AVAILABLE,
    /** Wants no work now. */
    NOT_READY
}
