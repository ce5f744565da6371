package org.afterword.wrapup.internal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** By what the legs of a replay are told apart. */
enum ReplayGroupBy {
    /** The rule that said most of the policy that the wrap-up had. */
    RULE("rule"),
    QUEUE("queue"),
    CALL_TYPE("callType"),
    /** In which the agent is now. */
    TEAM("team"),
    AGENT("agent");

    private final String code;

    ReplayGroupBy(String code) {
        this.code = code;
    }

    /** As the API names it. */
    @JsonValue
    String code() {
        return code;
    }

    /** Null for what belongs to no group, such as contacts without a queue. */
    @Nullable
    String key(PastWrapUp past) {
        return switch (this) {
            case RULE -> past.wrapUp().fixedPolicy().rule();
            case QUEUE -> past.details().queue();
            case CALL_TYPE -> past.callType();
            case TEAM -> past.profile().team();
            case AGENT -> past.wrapUp().agent().value();
        };
    }

    /** Throws {@link IllegalArgumentException} that names the value if it is none. */
    static ReplayGroupBy parse(String code) {
        return Arrays.stream(values())
                .filter(value -> value.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is '%s' and must be one of %s"
                        .formatted(
                                code,
                                Arrays.stream(values()).map(ReplayGroupBy::code).collect(Collectors.joining(", ")))));
    }
}
