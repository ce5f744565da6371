package org.afterword.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where contacts wait for an agent. {@code defaultCallType} is used until an event or a person names another.
 *
 * @param surge from when on too many wait; null = only a supervisor says so
 */
public record Queue(
        String code,
        String label,
        List<String> requiredSkills,
        @Nullable String defaultCallType,
        @Nullable SurgeThreshold surge)
        implements CatalogItem {

    /**
     * A queue surges while as many wait, or one waits for as long. What is null does not count; one of the two is given.
     *
     * @param waiting            contacts, 1 to 100,000
     * @param longestWaitSeconds 1 to 86,400
     */
    public record SurgeThreshold(
            @Nullable Integer waiting, @Nullable Integer longestWaitSeconds) {
        public boolean isPassedBy(int waitingNow, double longestWaitSecondsNow) {
            return (waiting != null && waitingNow >= waiting)
                    || (longestWaitSeconds != null && longestWaitSecondsNow >= longestWaitSeconds);
        }
    }

    public Queue {
        CatalogItem.check("queues", code, label);
        requiredSkills = requiredSkills == null ? List.of() : List.copyOf(requiredSkills);
        if (surge != null) {
            boolean given = surge.waiting() != null || surge.longestWaitSeconds() != null;
            if (!given
                    || !isWithin(surge.waiting(), 100_000)
                    || !isWithin(surge.longestWaitSeconds(), 86_400)) {
                throw new IllegalArgumentException(
                        "queues: '%s' has a surge of waiting %s and longestWaitSeconds %s; one of them is needed, 1 to 100000 and 1 to 86400"
                                .formatted(code, surge.waiting(), surge.longestWaitSeconds()));
            }
        }
    }

    /** One whose surge nobody but a supervisor declares. */
    public Queue(String code, String label, List<String> requiredSkills, @Nullable String defaultCallType) {
        this(code, label, requiredSkills, defaultCallType, null);
    }

    private static boolean isWithin(@Nullable Integer value, int most) {
        return value == null || (value >= 1 && value <= most);
    }
}
