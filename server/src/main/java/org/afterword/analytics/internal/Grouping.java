package org.afterword.analytics.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.afterword.analytics.AcwQuery;
import org.afterword.analytics.GroupBy;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * How the legs, the agents' times and the leaks of a report are divided.
 *
 * @param legKey  SQL for the group of a row of {@code wrap_up_fact}
 * @param timeKey SQL for the group of an interval that lies within one slice; null if time cannot be divided like this
 * @param leakKey SQL for the group of a row of {@code gate_leak}; null if leaks cannot be divided like this
 * @param slices  the time asked for, cut where a new group begins; one slice if groups do not go by time
 */
record Grouping(
        String legKey, @Nullable String timeKey, @Nullable String leakKey, List<Slice> slices) {
    private static final int MOST_SLICES = 5_000;

    /** The slice in which a time lies. */
    private static final String SLICE_OF = "width_bucket(%s, (SELECT :starts::text[]::timestamptz[]))::text";

    /** @param label what the API calls it */
    record Slice(Instant start, String label) {}

    Grouping {
        slices = List.copyOf(slices);
    }

    /** Everything in one group. */
    static Grouping none(AcwQuery query) {
        return new Grouping("''", "''", "''", List.of(new Slice(query.from(), "")));
    }

    static Grouping of(AcwQuery query) {
        return switch (query.groupBy()) {
            case AGENT -> whole(query, "agent_id", "agent_id", "agent_id");
            case TEAM -> whole(query, "team", "team", "team");
            case QUEUE -> whole(query, "queue", null, "queue");
            case CAMPAIGN -> whole(query, "campaign", null, "campaign");
            case CHANNEL -> whole(query, "channel", null, "channel");
            case CALL_TYPE -> whole(query, "call_type", null, "call_type");
            case COMPLEXITY -> whole(query, "complexity", null, null);
            case DISPOSITION -> whole(query, "disposition", null, null);
            case INTERVAL, HOUR, DAY ->
                new Grouping(
                        SLICE_OF.formatted("leg_ended_at"),
                        "slice::text",
                        SLICE_OF.formatted("leaked_at"),
                        slices(query));
        };
    }

    private static Grouping whole(AcwQuery query, String legKey, @Nullable String timeKey, @Nullable String leakKey) {
        return new Grouping(legKey, timeKey, leakKey, List.of(new Slice(query.from(), "")));
    }

    String[] starts() {
        return slices.stream().map(slice -> slice.start().toString()).toArray(String[]::new);
    }

    /** What the API calls the group that the database calls {@code key}. */
    @Nullable
    String label(AcwQuery query, @Nullable String key) {
        return query.groupBy().isTime() && key != null
                ? slices.get(Integer.parseInt(key) - 1).label()
                : key;
    }

    /** Begins anew each day, so that an hour is an hour on a day with a changed clock too. */
    private static List<Slice> slices(AcwQuery query) {
        var slices = new ArrayList<Slice>();
        LocalDate day = query.from().atZone(query.zone()).toLocalDate();
        while (startOf(day, query).isBefore(query.to())) {
            Instant end = earlier(startOf(day.plusDays(1), query), query.to());
            for (Instant start = startOf(day, query); start.isBefore(end); start = start.plus(length(query))) {
                Instant next = earlier(start.plus(length(query)), end);
                if (next.isAfter(query.from())) {
                    slices.add(new Slice(later(start, query.from()), label(query, day, start)));
                }
            }
            if (slices.size() > MOST_SLICES) {
                throw new ProblemException(
                        ProblemType.INVALID,
                        "From %s to %s there are more than %d rows; ask for less time or longer intervals."
                                .formatted(query.from(), query.to(), MOST_SLICES));
            }
            day = day.plusDays(1);
        }
        return slices;
    }

    private static String label(AcwQuery query, LocalDate day, Instant start) {
        return query.groupBy() == GroupBy.DAY ? day.toString() : start.toString();
    }

    private static Duration length(AcwQuery query) {
        return switch (query.groupBy()) {
            case INTERVAL -> Duration.ofMinutes(query.minutes());
            case HOUR -> Duration.ofHours(1);
            default -> Duration.ofDays(2); // a day ends where the next begins, after 23 to 25 hours
        };
    }

    private static Instant startOf(LocalDate day, AcwQuery query) {
        return day.atStartOfDay(query.zone()).toInstant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
