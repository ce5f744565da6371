package org.afterword.conversation;

/** Who said a turn. */
public enum Speaker {
    AGENT,
    CUSTOMER,
    SYSTEM
}
