package org.afterword.conversation;

/** How customer and agent talk. */
public enum Channel {
    VOICE,
    CHAT,
    EMAIL,
    MESSAGE
}
