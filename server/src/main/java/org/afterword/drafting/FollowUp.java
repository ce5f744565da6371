package org.afterword.drafting;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody promised for later.
 *
 * @param text  the promise as a note: "Agent will call back by Friday."
 * @param owner who promised
 * @param dueAt until when, if that was said: the end of the named day in the tenant's zone, or the named time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FollowUp(
        String text, Kind kind, Owner owner, @Nullable Instant dueAt) {

    /** How the promise is kept; the channel follows from it. */
    public enum Kind {
        @JsonProperty("email")
        EMAIL,
        @JsonProperty("sms")
        SMS,
        @JsonProperty("callback")
        CALLBACK,
        @JsonProperty("reminder")
        REMINDER,
        @JsonProperty("task")
        TASK,
        @JsonProperty("document")
        DOCUMENT,
        @JsonProperty("process")
        PROCESS
    }

    public enum Owner {
        @JsonProperty("agent")
        AGENT,
        @JsonProperty("customer")
        CUSTOMER
    }
}
