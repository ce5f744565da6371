package org.afterword.analytics.internal;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.afterword.analytics.AcwQuery;
import org.afterword.analytics.AcwRow;
import org.afterword.analytics.GateFigures;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The figures of after-call work, for the tenant of the running transaction. */
public final class AcwFigures {
    private final AcwRepository repository;
    private final AcwQuantiles quantiles;

    public AcwFigures(JdbcTemplate jdbc, InstantSource clock) {
        var client = JdbcClient.create(jdbc);
        this.repository = new AcwRepository(client, clock);
        this.quantiles = new ExactQuantiles(client);
    }

    /** One row for each group with a leg or with time worked, in no order. */
    public List<AcwRow> rows(AcwQuery query, @Nullable AgentId only) {
        Grouping grouping = Grouping.of(query);
        Map<GroupKey, AcwRepository.Legs> legs = repository.legs(query, grouping, only);
        Map<GroupKey, AcwRepository.Times> times = repository.times(query, grouping, only);
        Map<GroupKey, AcwQuantiles.Quantiles> spread = quantiles.of(query, grouping, only);
        Map<GroupKey, Long> leaks = repository.leaks(query, grouping, only);
        var keys = new HashSet<>(legs.keySet());
        keys.addAll(times.keySet());
        keys.addAll(leaks.keySet());
        return keys.stream()
                .map(key -> row(
                        grouping.label(query, key.text()),
                        legs.getOrDefault(key, AcwRepository.Legs.NONE),
                        times.get(key),
                        spread.get(key),
                        grouping.leakKey() == null ? null : leaks.getOrDefault(key, 0L)))
                .toList();
    }

    /** The row of all groups together. */
    public AcwRow totals(AcwQuery query, @Nullable AgentId only) {
        Grouping grouping = Grouping.none(query);
        var all = new GroupKey("");
        return row(
                null,
                repository.legs(query, grouping, only).getOrDefault(all, AcwRepository.Legs.NONE),
                repository.times(query, grouping, only).get(all),
                quantiles.of(query, grouping, only).get(all),
                repository.leaks(query, grouping, only).getOrDefault(all, 0L));
    }

    private static AcwRow row(
            @Nullable String key,
            AcwRepository.Legs legs,
            AcwRepository.@Nullable Times times,
            AcwQuantiles.@Nullable Quantiles spread,
            @Nullable Long leaks) {
        return new AcwRow(
                key,
                legs.handled(),
                legs.interactions(),
                legs.held(),
                legs.acw(),
                ratio(legs.acw(), legs.handled()),
                ratio(legs.acw(), legs.interactions()),
                spread == null ? null : spread.median(),
                spread == null ? null : spread.p90(),
                spread == null ? null : spread.p99(),
                spread == null ? null : spread.quartile3() - spread.quartile1(),
                times == null ? null : ratio(100 * times.acw(), times.signedIn()),
                legs.aht(),
                times == null ? null : ratio(times.busy(), times.available()),
                times == null ? null : times.signedIn(),
                legs.compliance(),
                ratio(legs.overrun(), legs.handled()),
                ratio(legs.extended(), legs.handled()),
                ratio(legs.deferred(), legs.handled()),
                ratio(legs.cut(), legs.handled()),
                legs.documentation(),
                ratio(legs.keptParts(), legs.keptParts() + legs.editedParts()),
                legs.noContact(),
                legs.notStarted(),
                legs.systemWait(),
                legs.systemWaitMean(),
                leaks,
                leaks == null ? null : new GateFigures(leaks, legs.contacts()).leaksPer10000());
    }

    private static @Nullable Double ratio(double part, double whole) {
        return whole == 0 ? null : part / whole;
    }
}
