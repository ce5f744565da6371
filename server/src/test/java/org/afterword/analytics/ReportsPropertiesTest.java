package org.afterword.analytics;

import static org.afterword.analytics.AnalyticsFixture.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.afterword.platform.PostgresDatabase;
import org.jspecify.annotations.Nullable;

/** Reports against a second computation: slower, second by second, and in Java. */
class ReportsPropertiesTest {
    /** Two hours, of which the report sees the middle one. */
    private static final int END = 7200;

    private static final int FROM = 1800;
    private static final int TO = 5400;

    record Leg(String agent, int started, int ended, int released) {}

    record Change(String agent, String state, int since) {}

    record Floor(List<Leg> legs, List<Change> changes) {}

    final PostgresDatabase db = PostgresDatabase.migrated();

    @AfterTry
    void emptyDatabase() throws Exception {
        db.empty();
    }

    @Property(tries = 40)
    void unionsAreThoseOfSecondsCountedOneByOne(@ForAll("floors") Floor floor) {
        AnalyticsFixture fixture = play(floor);

        for (GroupBy groupBy : List.of(GroupBy.AGENT, GroupBy.INTERVAL)) {
            AcwReport report = fixture.report(FROM, TO, groupBy);
            for (AcwRow row : report.rows()) {
                check(row, Seconds.of(floor, groupBy, String.valueOf(row.key())));
            }
            check(report.totals(), Seconds.of(floor, groupBy, null));
        }
    }

    @Property(tries = 40)
    void quantilesAreThoseOfTheSortedValues(@ForAll("floors") Floor floor) {
        AcwRow totals = play(floor).report(FROM, TO, GroupBy.TEAM).totals();

        double[] sorted = floor.legs().stream()
                .filter(leg -> leg.ended >= FROM && leg.ended < TO)
                .mapToDouble(leg -> leg.released - leg.ended)
                .sorted()
                .toArray();
        assertThat(totals.handled()).isEqualTo(sorted.length);
        assertThat(totals.acwTotalSeconds()).isEqualTo(Arrays.stream(sorted).sum());
        if (sorted.length > 0) {
            assertThat(totals.acwMedianSeconds()).isCloseTo(quantile(sorted, 0.5), within(1e-6));
            assertThat(totals.acwP90Seconds()).isCloseTo(quantile(sorted, 0.9), within(1e-6));
            assertThat(totals.acwP99Seconds()).isCloseTo(quantile(sorted, 0.99), within(1e-6));
            assertThat(totals.acwSpreadSeconds())
                    .isCloseTo(quantile(sorted, 0.75) - quantile(sorted, 0.25), within(1e-6));
        }
    }

    private AnalyticsFixture play(Floor floor) {
        var fixture = new AnalyticsFixture(db, InstantSource.fixed(at(END)));
        floor.changes().forEach(change -> fixture.state(change.agent, change.state, change.since));
        floor.legs().forEach(leg -> fixture.leg(leg.agent, leg.started, leg.ended, leg.released));
        fixture.pump();
        return fixture;
    }

    private static void check(AcwRow row, Seconds seconds) {
        if (seconds.signedIn == 0) {
            assertThat(row.acwPercent()).isNull();
            assertThat(row.occupancy()).isNull();
            return;
        }
        assertThat(row.workSeconds()).isCloseTo(seconds.signedIn, within(1e-6));
        assertThat(row.acwPercent())
                .isCloseTo(100.0 * seconds.acw / seconds.signedIn, within(1e-6))
                .isLessThanOrEqualTo(100);
        if (seconds.available == 0) {
            assertThat(row.occupancy()).isNull();
        } else {
            assertThat(row.occupancy())
                    .isCloseTo(seconds.busy / (double) seconds.available, within(1e-6))
                    .isLessThanOrEqualTo(1);
        }
    }

    private static double quantile(double[] sorted, double p) {
        double position = p * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** Seconds of all agents of a group, each second of an agent counted once. */
    private record Seconds(long signedIn, long acw, long busy, long available) {
        static Seconds of(Floor floor, GroupBy groupBy, @Nullable String key) {
            Map<String, Agent> agents = new HashMap<>();
            floor.changes()
                    .forEach(change -> agents.computeIfAbsent(change.agent, id -> new Agent())
                            .add(change));
            floor.legs()
                    .forEach(leg ->
                            agents.computeIfAbsent(leg.agent, id -> new Agent()).add(leg));
            var sum = new long[4];
            agents.forEach((id, agent) -> {
                for (int second = FROM; second < TO; second++) {
                    boolean ofGroup = key == null
                            || (groupBy == GroupBy.AGENT
                                    ? key.equals(id)
                                    : key.equals(at(second / 1800 * 1800).toString()));
                    if (ofGroup && agent.isSignedIn(second)) {
                        sum[0]++;
                        sum[1] += agent.isInAcw(second) ? 1 : 0;
                        sum[2] += agent.isBusy(second) ? 1 : 0;
                        sum[3] += agent.isBusy(second) || !agent.state(second).equals("NOT_READY") ? 1 : 0;
                    }
                }
            });
            return new Seconds(sum[0], sum[1], sum[2], sum[3]);
        }
    }

    private static final class Agent {
        final TreeMap<Integer, String> changes = new TreeMap<>();
        final BitSet acw = new BitSet();
        final BitSet busy = new BitSet();

        void add(Leg leg) {
            busy.set(leg.started, leg.released);
            acw.set(leg.ended, leg.released);
        }

        /** Says how it has been since then, whatever was said before. */
        void add(Change change) {
            changes.tailMap(change.since, true).clear();
            changes.put(change.since, change.state);
        }

        String state(int second) {
            var entry = changes.floorEntry(second);
            return entry == null ? "OFFLINE" : entry.getValue();
        }

        boolean isSignedIn(int second) {
            return !state(second).equals("OFFLINE");
        }

        boolean isInAcw(int second) {
            return acw.get(second) || state(second).equals("AFTER_CALL_WORK");
        }

        boolean isBusy(int second) {
            return busy.get(second) || isInAcw(second) || state(second).equals("ENGAGED");
        }
    }

    @Provide
    Arbitrary<Floor> floors() {
        Arbitrary<String> agents = Arbitraries.of("ann", "bob");
        Arbitrary<Leg> legs = Combinators.combine(
                        agents,
                        Arbitraries.integers().between(0, END - 3000),
                        Arbitraries.integers().between(1, 1500),
                        Arbitraries.integers().between(0, 1500))
                .as((agent, started, talk, acw) -> new Leg(agent, started, started + talk, started + talk + acw));
        Arbitrary<Change> changes = Combinators.combine(
                        agents,
                        Arbitraries.of("AVAILABLE", "NOT_READY", "ENGAGED", "AFTER_CALL_WORK", "RECOVERY", "OFFLINE"),
                        Arbitraries.integers().between(0, END))
                .as(Change::new);
        return Combinators.combine(legs.list().ofMaxSize(12), changes.list().ofMaxSize(10))
                .as(Floor::new);
    }
}
