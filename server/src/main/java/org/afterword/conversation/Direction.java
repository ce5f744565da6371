package org.afterword.conversation;

/** Who began. */
public enum Direction {
    INBOUND,
    OUTBOUND
}
