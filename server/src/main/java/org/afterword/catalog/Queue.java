package org.afterword.catalog;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where contacts wait for an agent. {@code defaultCallType} is used until an event or a person names another.
 *
 * @param surge from when on too many wait; null = only a supervisor says so
 * @param calm  when agents who owe records get time for them; null = never
 * @param rejoin when a customer who comes again goes on with the contact before; null = each contact is one of its own, unless a
 *     person says otherwise
 */
public record Queue(
        String code,
        String label,
        List<String> requiredSkills,
        @Nullable String defaultCallType,
        @Nullable SurgeThreshold surge,
        @Nullable Calm calm,
        @Nullable Rejoin rejoin)
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

    /**
     * Time that agents of a calm queue get to finish records that they owe, and in which they are offered nothing.
     *
     * @param waiting      contacts that wait at most while the queue is calm, 0 to 100,000
     * @param slotSeconds  how long that time is, 60 to 900
     * @param mostPercent  of those who could take the queue's contacts now, how many have it at the same time, 1 to 100
     * @param everyMinutes before an agent gets the next, 10 to 480
     */
    public record Calm(int waiting, int slotSeconds, int mostPercent, int everyMinutes) {
        public boolean isMetBy(int waitingNow) {
            return waitingNow <= waiting;
        }

        public Duration slot() {
            return Duration.ofSeconds(slotSeconds);
        }

        public Duration pause() {
            return Duration.ofMinutes(everyMinutes);
        }

        private boolean isWithinRanges() {
            return waiting >= 0
                    && waiting <= 100_000
                    && slotSeconds >= 60
                    && slotSeconds <= 900
                    && mostPercent >= 1
                    && mostPercent <= 100
                    && everyMinutes >= 10
                    && everyMinutes <= 480;
        }
    }

    /**
     * A contact of the same customer with the same agent continues the one before, if that ended no longer ago.
     *
     * @param minutes       1 to 1,440
     * @param closesEarlier the wrap-up of the one before is closed if it is still open and nobody has begun it
     */
    public record Rejoin(int minutes, boolean closesEarlier) {}

    public Queue {
        CatalogItem.check("queues", code, label);
        requiredSkills = requiredSkills == null ? List.of() : List.copyOf(requiredSkills);
        if (rejoin != null && (rejoin.minutes() < 1 || rejoin.minutes() > 1440)) {
            throw new IllegalArgumentException(
                    "queues: '%s' has a rejoin of %d minutes; it must be 1 to 1440".formatted(code, rejoin.minutes()));
        }
        if (surge != null) {
            boolean given = surge.waiting() != null || surge.longestWaitSeconds() != null;
            if (!given || !isWithin(surge.waiting(), 100_000) || !isWithin(surge.longestWaitSeconds(), 86_400)) {
                throw new IllegalArgumentException(
                        "queues: '%s' has a surge of waiting %s and longestWaitSeconds %s; one of them is needed, 1 to 100000 and 1 to 86400"
                                .formatted(code, surge.waiting(), surge.longestWaitSeconds()));
            }
        }
        if (calm != null && !calm.isWithinRanges()) {
            throw new IllegalArgumentException(
                    "queues: '%s' has %s; waiting must be 0 to 100000, slotSeconds 60 to 900, mostPercent 1 to 100, everyMinutes 10 to 480"
                            .formatted(code, calm));
        }
    }

    /** One whose contacts are each one of its own. */
    public Queue(
            String code,
            String label,
            List<String> requiredSkills,
            @Nullable String defaultCallType,
            @Nullable SurgeThreshold surge,
            @Nullable Calm calm) {
        this(code, label, requiredSkills, defaultCallType, surge, calm, null);
    }

    /** One whose surge nobody but a supervisor declares. */
    public Queue(String code, String label, List<String> requiredSkills, @Nullable String defaultCallType) {
        this(code, label, requiredSkills, defaultCallType, null, null, null);
    }

    private static boolean isWithin(@Nullable Integer value, int most) {
        return value == null || (value >= 1 && value <= most);
    }
}
