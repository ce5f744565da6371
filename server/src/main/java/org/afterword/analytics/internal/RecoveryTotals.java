package org.afterword.analytics.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.afterword.analytics.RecoveryReport;
import org.jspecify.annotations.Nullable;

/**
 * Adds up who recovered for how long, and leaves out what would tell of single agents. Each figure is of one group in one whole
 * week, so that asking for other times, and taking one answer from another, shows no smaller part.
 */
final class RecoveryTotals {
    /** What one agent had in one group in one week. */
    record Share(LocalDate week, @Nullable String key, String agentId, long recoveries, double seconds) {}

    private static final class Group {
        private final @Nullable String key;
        private final Set<String> agents = new HashSet<>();
        private long recoveries;
        private double seconds;

        Group(@Nullable String key) {
            this.key = key;
        }

        void add(Share share) {
            agents.add(share.agentId());
            recoveries += share.recoveries();
            seconds += share.seconds();
        }
    }

    private RecoveryTotals() {}

    static List<RecoveryReport.Row> rows(Collection<Share> shares) {
        var weeks = new TreeMap<LocalDate, Map<String, Group>>();
        for (Share share : shares) {
            weeks.computeIfAbsent(share.week(), week -> new LinkedHashMap<>())
                    .computeIfAbsent(String.valueOf(share.key()), key -> new Group(share.key()))
                    .add(share);
        }
        var rows = new ArrayList<RecoveryReport.Row>();
        weeks.forEach((week, groups) -> shown(groups.values()).stream()
                .map(group -> new RecoveryReport.Row(week, group.key, group.recoveries, group.seconds))
                .forEach(rows::add));
        return rows;
    }

    /**
     * Groups with enough agents; and of those as many, the smallest first, are left out as it takes for what is left out to have
     * enough agents too: else the sum of all would tell of them.
     */
    private static List<Group> shown(Collection<Group> groups) {
        var shown = new ArrayList<Group>();
        var hidden = new HashSet<String>();
        List<Group> smallestFirst = groups.stream()
                .sorted(Comparator.comparingInt((Group group) -> group.agents.size())
                        .thenComparing(group -> Objects.requireNonNullElse(group.key, "")))
                .toList();
        for (Group group : smallestFirst) {
            boolean few = group.agents.size() < RecoveryReport.FEWEST_AGENTS;
            boolean tells = !hidden.isEmpty() && hidden.size() < RecoveryReport.FEWEST_AGENTS;
            if (few || tells) {
                hidden.addAll(group.agents);
            } else {
                shown.add(group);
            }
        }
        shown.sort(Comparator.comparing(group -> Objects.requireNonNullElse(group.key, "")));
        return shown;
    }
}
