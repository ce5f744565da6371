package org.afterword.analytics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a row of a report stands for. */
public enum GroupBy {
    AGENT("agent"),
    TEAM("team"),
    QUEUE("queue"),
    CAMPAIGN("campaign"),
    CHANNEL("channel"),
    CALL_TYPE("callType"),
    COMPLEXITY("complexity"),
    DISPOSITION("disposition"),
    /** 15 or 30 minutes. */
    INTERVAL("interval"),
    HOUR("hour"),
    DAY("day");

    private final String code;

    GroupBy(String code) {
        this.code = code;
    }

    /** As the API names it. */
    @JsonValue
    public String code() {
        return code;
    }

    public boolean isTime() {
        return this == INTERVAL || this == HOUR || this == DAY;
    }

    /** Throws {@link IllegalArgumentException} that names the value if it is none. */
    public static GroupBy parse(String code) {
        return Arrays.stream(values())
                .filter(value -> value.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("groupBy '%s' is none of %s"
                        .formatted(
                                code, Arrays.stream(values()).map(GroupBy::code).collect(Collectors.joining(", ")))));
    }
}
