package org.afterword.analytics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.analytics.RecoveryReport;
import org.afterword.analytics.RecoveryReport.Row;
import org.afterword.analytics.internal.RecoveryTotals.Share;
import org.junit.jupiter.api.Test;

class RecoveryTotalsTest {
    private static final LocalDate WEEK = LocalDate.parse("2026-03-02");

    @Test
    void aFigureOfFewerThanFiveAgentsIsNotThere() {
        assertThat(RecoveryTotals.rows(agents("north", 1, 4))).isEmpty();
        assertThat(RecoveryTotals.rows(agents("north", 1, 5))).containsExactly(new Row(WEEK, "north", 5, 300));
    }

    @Test
    void weeksAreNotAddedUp() {
        List<Share> fewInEach = Stream.concat(
                        agents("north", 1, 4).stream(),
                        agents("north", 5, 8).stream()
                                .map(s -> new Share(WEEK.plusWeeks(1), s.key(), s.agentId(), 1, 60)))
                .toList();

        assertThat(RecoveryTotals.rows(fewInEach)).isEmpty();
    }

    @Test
    void whatIsHiddenCannotBeReckonedFromTheSumOfAll() {
        var shares = Stream.of(agents("north", 1, 2), agents("south", 3, 8), agents("west", 9, 20))
                .flatMap(List::stream)
                .toList();

        assertThat(RecoveryTotals.rows(shares)).extracting(Row::key).containsExactly("west");
    }

    @Test
    void enoughThatIsHiddenHidesNoMore() {
        var shares = Stream.of(agents("north", 1, 3), agents("east", 4, 6), agents("south", 7, 12))
                .flatMap(List::stream)
                .toList();

        assertThat(RecoveryTotals.rows(shares)).extracting(Row::key).containsExactly("south");
    }

    /** Whatever is shown, and whatever is left of the sum of all: nobody, or five agents and more, stand behind it. */
    @Property(tries = 500)
    void fiveAgentsStandBehindEverythingThatCanBeReckoned(@ForAll("shares") List<Share> shares) {
        List<Row> rows = RecoveryTotals.rows(shares);

        Set<String> shown = rows.stream().map(row -> String.valueOf(row.key())).collect(Collectors.toSet());
        for (Row row : rows) {
            assertThat(agentsOf(shares, Set.of(String.valueOf(row.key()))))
                    .hasSizeGreaterThanOrEqualTo(RecoveryReport.FEWEST_AGENTS);
        }
        Set<String> hidden = shares.stream()
                .map(share -> String.valueOf(share.key()))
                .filter(key -> !shown.contains(key))
                .collect(Collectors.toSet());
        assertThat(rows.isEmpty()
                        || hidden.isEmpty()
                        || agentsOf(shares, hidden).size() >= RecoveryReport.FEWEST_AGENTS)
                .isTrue();
    }

    private static Set<String> agentsOf(List<Share> shares, Set<String> keys) {
        return shares.stream()
                .filter(share -> keys.contains(String.valueOf(share.key())))
                .map(Share::agentId)
                .collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<List<Share>> shares() {
        return Combinators.combine(
                        Arbitraries.of("north", "south", "west", "east"),
                        Arbitraries.integers().between(1, 25))
                .as((team, agent) -> new Share(WEEK, team, "agent" + agent, 1, 60))
                .list()
                .ofMaxSize(60);
    }

    private static List<Share> agents(String team, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(agent -> new Share(WEEK, team, "agent" + agent, 1, 60))
                .toList();
    }
}
