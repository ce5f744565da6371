package org.afterword.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How customer and agent talk. */
public enum Channel {
    @JsonProperty("voice")
    VOICE,
    @JsonProperty("chat")
    CHAT,
    @JsonProperty("email")
    EMAIL,
    @JsonProperty("message")
    MESSAGE
}
