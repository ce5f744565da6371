package org.afterword.conversation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who began. */
public enum Direction {
    @JsonProperty("inbound")
    INBOUND,
    @JsonProperty("outbound")
    OUTBOUND
}
