package org.afterword.analytics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much agents recovered, in weeks that are over. A figure that fewer than {@value #FEWEST_AGENTS} agents stand behind is not
 * there, nor is one by which such a figure could be reckoned.
 *
 * @param from a Monday
 * @param to   a Monday; its week is not in it
 */
public record RecoveryReport(LocalDate from, LocalDate to, By groupBy, List<Row> rows) {
    public static final int FEWEST_AGENTS = 5;

    /** There is no grouping by agent, and none by less than a week. */
    public enum By {
        TENANT("tenant"),
        TEAM("team"),
        /** Of the contact that the recovery followed. */
        QUEUE("queue");

        private final String code;

        By(String code) {
            this.code = code;
        }

        /** As the API names it. */
        @JsonValue
        public String code() {
            return code;
        }

        /** Throws {@link IllegalArgumentException} that names the value if it is none. */
        public static By parse(String code) {
            return Arrays.stream(values())
                    .filter(value -> value.code.equals(code))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("groupBy '%s' is none of %s"
                            .formatted(
                                    code, Arrays.stream(values()).map(By::code).collect(Collectors.joining(", ")))));
        }
    }

    /**
     * @param week its Monday; weeks and days are those of UTC
     * @param key  of the group; null for the whole, and for agents and contacts that have none
     */
    public record Row(LocalDate week, @Nullable String key, long recoveries, double recoverySeconds) {}

    public RecoveryReport {
        rows = List.copyOf(rows);
    }
}
