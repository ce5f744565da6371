package org.afterword.analytics;

import static org.afterword.analytics.AnalyticsFixture.TENANT;
import static org.afterword.analytics.AnalyticsFixture.at;
import static org.afterword.analytics.AnalyticsFixture.hours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportsTest {
    @RegisterExtension
    final PostgresDatabase db = PostgresDatabase.migrated();

    final TestClock clock = TestClock.at("2026-03-03T09:00:00Z");
    final AnalyticsFixture floor = new AnalyticsFixture(db, clock);

    @Test
    void twoThousandMinutesOverFiveHundredCallsAreFourMinutes() {
        for (int i = 0; i < 500; i++) {
            int acwSeconds = i % 2 == 0 ? 180 : 300;
            floor.leg("ann", i * 100L, i * 100L + 50, i * 100L + 50 + acwSeconds);
        }
        floor.pump();

        AcwRow totals = floor.report(0, hours(24), GroupBy.AGENT).totals();

        assertThat(totals.handled()).isEqualTo(500);
        assertThat(totals.acwTotalSeconds()).isEqualTo(2000 * 60);
        assertThat(totals.acwMeanSeconds()).isEqualTo(4 * 60);
    }

    @Test
    void aTransferredInteractionHasTwoLegsAndBothMeansAreNamed() {
        floor.wrapUp("w1", "i1", "ann", 1, "COMPLETED", leg(0, 100, 130));
        floor.wrapUp("w2", "i1", "bob", 2, "COMPLETED", leg(100, 200, 260));
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.handled()).isEqualTo(2);
        assertThat(totals.interactions()).isEqualTo(1);
        assertThat(totals.acwMeanSeconds()).isEqualTo(45);
        assertThat(totals.acwMeanPerInteractionSeconds()).isEqualTo(90);
        assertThat(totals.ahtSeconds()).isEqualTo((130 + 160) / 2.0);
    }

    @Test
    void twoWrapUpsAtOnceCountOnceInPercentButTwiceInTheMean() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("ann", "OFFLINE", 1000);
        floor.leg("ann", 0, 100, 200);
        floor.leg("ann", 0, 150, 250);
        floor.pump();

        AcwRow ann = floor.report(0, 1000, GroupBy.AGENT).rows().getFirst();

        assertThat(ann.acwMeanSeconds()).isEqualTo(100);
        assertThat(ann.acwPercent()).isCloseTo(15, within(1e-9));
        assertThat(ann.occupancy()).isCloseTo(0.25, within(1e-9));
        assertThat(ann.workSeconds()).isEqualTo(1000);
    }

    @Test
    void timeNotReadyIsNotWorkThatOneCouldBeBusyIn() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("ann", "NOT_READY", 500);
        floor.state("ann", "OFFLINE", 1000);
        floor.leg("ann", 0, 200, 250);
        floor.pump();

        AcwRow ann = floor.report(0, 1000, GroupBy.AGENT).rows().getFirst();

        assertThat(ann.occupancy()).isCloseTo(0.5, within(1e-9));
        assertThat(ann.acwPercent()).isCloseTo(5, within(1e-9));
    }

    @Test
    void aLegThatIsStillOnCountsAsBusy() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("ann", "ENGAGED", 500);
        floor.pump();

        AcwRow ann = floor.report(0, 1000, GroupBy.AGENT).rows().getFirst();

        assertThat(ann.handled()).isZero();
        assertThat(ann.occupancy()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aWrapUpThatStillHoldsItsAgentIsNoHandledLegYet() {
        floor.wrapUp(
                "held",
                "i0",
                "ann",
                1,
                "OPEN",
                Map.of("legStartedAt", at(0), "legEndedAt", at(100), "firstPart", true));
        floor.leg("ann", 200, 300, 360);
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.handled()).isEqualTo(1);
        assertThat(totals.held()).isEqualTo(1);
        assertThat(totals.acwMeanSeconds()).isEqualTo(60);
    }

    @Test
    void aLegThatWasSplitCountsByItsFirstWrapUp() {
        floor.wrapUp("w1", "i1", "ann", 1, "COMPLETED", leg(0, 100, 160));
        floor.wrapUp("w2", "i1", "ann", 2, "COMPLETED", with(leg(0, 100, 160), Map.of("firstPart", false)));
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.handled()).isEqualTo(1);
        assertThat(totals.acwTotalSeconds()).isEqualTo(60);
    }

    @Test
    void contactsThatContinueEachOtherAreOneInteractionOfSeveralLegs() {
        floor.wrapUp("w1", "i1", "ann", 1, "COMPLETED", leg(0, 100, 160));
        floor.wrapUp("w2", "i2", "ann", 2, "COMPLETED", with(leg(200, 300, 340), Map.of("contactId", "i1")));
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.handled()).isEqualTo(2);
        assertThat(totals.interactions()).isEqualTo(1);
        assertThat(totals.acwTotalSeconds()).isEqualTo(100);
    }

    @Test
    void theEndOfARangeIsOutAndItsStartIsIn() {
        floor.leg("ann", 0, 100, 110);
        floor.leg("ann", 150, 200, 220);
        floor.pump();

        assertThat(floor.report(100, 200, GroupBy.AGENT).totals().acwTotalSeconds())
                .isEqualTo(10);
        assertThat(floor.report(200, 300, GroupBy.AGENT).totals().acwTotalSeconds())
                .isEqualTo(20);
    }

    @Test
    void ratesAreSharesOfHandledLegs() {
        floor.leg("ann", 0, 10, 20, Map.of("overrunSeconds", 5, "extensionCount", 1, "compliance", 0.5));
        floor.leg("ann", 20, 30, 40, Map.of("deferred", true, "cut", true, "compliance", 1.0));
        floor.leg("ann", 40, 50, 60, Map.of("keptParts", 3, "editedParts", 1));
        floor.leg("ann", 60, 70, 80, Map.of("overrunSeconds", 0, "documentationSeconds", 12));
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.overrunRate()).isEqualTo(0.25);
        assertThat(totals.extensionRate()).isEqualTo(0.25);
        assertThat(totals.deferralRate()).isEqualTo(0.25);
        assertThat(totals.cutRate()).isEqualTo(0.25);
        assertThat(totals.acwCompliance()).isEqualTo(0.75);
        assertThat(totals.draftKeptRate()).isEqualTo(0.75);
        assertThat(totals.documentationMeanSeconds()).isEqualTo(12);
    }

    @Test
    void groupsAreSortedByWhatCostsMostAndThoseWithoutAKeyHaveNone() {
        floor.leg("ann", 0, 10, 20, Map.of("queue", "billing"));
        floor.leg("ann", 20, 30, 90, Map.of("queue", "travel"));
        floor.leg("ann", 90, 100, 130);
        floor.pump();

        AcwReport report = floor.report(0, 1000, GroupBy.QUEUE);

        assertThat(report.rows()).extracting(AcwRow::key).containsExactly("travel", null, "billing");
        assertThat(report.rows()).extracting(AcwRow::acwPercent).containsOnlyNulls();
    }

    @Test
    void everyGroupingAddsUpToTheTotals() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("bob", "AVAILABLE", 0);
        var dimensions = Map.<String, Object>of(
                "team",
                "team-ann",
                "queue",
                "q",
                "campaign",
                "c",
                "channel",
                "voice",
                "callType",
                "t",
                "complexity",
                "low",
                "disposition",
                "d");
        floor.leg("ann", 0, 100, 5000, dimensions);
        floor.leg("bob", 0, 3000, 9000);
        floor.pump();

        for (GroupBy groupBy : GroupBy.values()) {
            AcwReport report = floor.report(0, hours(3), groupBy);
            assertThat(report.rows()).as(groupBy.code()).isNotEmpty();
            assertThat(report.rows().stream().mapToLong(AcwRow::handled).sum())
                    .as(groupBy.code())
                    .isEqualTo(report.totals().handled());
            assertThat(report.rows().stream()
                            .mapToDouble(AcwRow::acwTotalSeconds)
                            .sum())
                    .as(groupBy.code())
                    .isEqualTo(report.totals().acwTotalSeconds());
            if (groupBy.isTime() || groupBy == GroupBy.AGENT) {
                assertThat(report.rows().stream()
                                .mapToDouble(row -> row.workSeconds() == null ? 0 : row.workSeconds())
                                .sum())
                        .as(groupBy.code())
                        .isEqualTo(report.totals().workSeconds());
            }
        }
    }

    @Test
    void daysBeginWhereTheZoneSaysAndIntervalsNameTheirStart() {
        floor.leg("ann", 0, 100, 160); // 09:01:40 UTC, in Auckland the same evening
        floor.leg("ann", hours(3), hours(3) + 60, hours(3) + 90); // 12:01 UTC, in Auckland after midnight
        floor.pump();
        var zone = ZoneId.of("Pacific/Auckland");

        AcwReport days = floor.report(AcwQuery.of(at(0), at(hours(4)), GroupBy.DAY, zone));
        AcwReport intervals = floor.report(AcwQuery.of(at(0), at(hours(4)), GroupBy.INTERVAL, zone));

        assertThat(days.rows()).extracting(AcwRow::key).containsExactly("2026-03-02", "2026-03-03");
        assertThat(intervals.rows())
                .extracting(AcwRow::key)
                .containsExactly("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z");
    }

    @Test
    void anIntervalThatBeginsBeforeTheRangeKeepsItsNameAndCountsItsPart() {
        floor.state("ann", "AVAILABLE", 0);
        floor.pump();

        AcwReport report = floor.report(600, 3600, GroupBy.INTERVAL);

        assertThat(report.rows())
                .extracting(AcwRow::key)
                .containsExactly("2026-03-02T09:00:00Z", "2026-03-02T09:30:00Z");
        assertThat(report.rows()).extracting(AcwRow::workSeconds).containsExactly(1200.0, 1800.0);
    }

    @Test
    void aReportWithMoreRowsThanAnybodyReadsIsRefused() {
        assertThatThrownBy(() -> floor.report(0, hours(24 * 365), GroupBy.INTERVAL))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 5000 rows");
    }

    @Test
    void aLaterEventReplacesTheFactAndAnOlderOneDoesNot() {
        floor.wrapUp("w1", "i1", "ann", 5, "COMPLETED", leg(0, 100, 160));
        floor.pump();
        floor.wrapUp("w1", "i1", "ann", 5, "COMPLETED", leg(0, 90, 110));
        floor.wrapUp("w1", "i1", "ann", 6, "COMPLETED", leg(0, 90, 115));
        floor.wrapUp("w1", "i1", "ann", 6, "COMPLETED", leg(0, 90, 120));
        floor.wrapUp("w1", "i1", "ann", 4, "COMPLETED", leg(0, 100, 1000));
        floor.pump();

        assertThat(floor.report(0, 1000, GroupBy.AGENT).totals().acwTotalSeconds())
                .isEqualTo(30);
    }

    @Test
    void aFactMovesWithTheEndOfItsLegAndGoesWithIt() {
        floor.wrapUp("w1", "i1", "ann", 1, "COMPLETED", leg(0, 100, 160));
        floor.pump();
        floor.wrapUp("w1", "i1", "ann", 2, "COMPLETED", leg(0, hours(24 * 40), hours(24 * 40) + 5));
        floor.pump();
        assertThat(floor.report(0, 1000, GroupBy.AGENT).totals().handled()).isZero();
        assertThat(floor.report(0, hours(24 * 50), GroupBy.AGENT).totals().handled())
                .isEqualTo(1);

        floor.wrapUp("w1", "i1", "ann", 3, "PREPARING", Map.of("legStartedAt", at(0)));
        floor.pump();

        assertThat(floor.report(0, hours(24 * 50), GroupBy.AGENT).totals().handled())
                .isZero();
    }

    @Test
    void aCorrectedStateReplacesWhatWasSaidAboutTheTimeSince() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("ann", "NOT_READY", 600);
        floor.pump();
        floor.state("ann", "ENGAGED", 300);
        floor.state("ann", "OFFLINE", 900);
        floor.pump();

        AcwRow ann = floor.report(0, 1000, GroupBy.AGENT).rows().getFirst();

        assertThat(ann.workSeconds()).isEqualTo(900);
        assertThat(ann.occupancy()).isCloseTo(600 / 900.0, within(1e-9));
    }

    @Test
    void readingTheLogAgainChangesNothing() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("ann", "NOT_READY", 600);
        floor.state("ann", "AVAILABLE", 300);
        floor.leg("ann", 0, 100, 160);
        floor.pump();
        AcwReport once = floor.report(0, 1000, GroupBy.AGENT);

        floor.readTheLogFromTheStart();

        assertThat(floor.report(0, 1000, GroupBy.AGENT)).isEqualTo(once);
    }

    @Test
    void anEventThatCannotBeReadKeepsNoOtherOut() {
        floor.append("wrapup.released", "w0", Map.of("wrapUpId", "w0", "figures", "none"));
        floor.append("wrapup.released", "w0", Map.of("wrapUpId", "w0"));
        floor.append("agent.state-changed", "ann", Map.of("agentId", "ann"));
        floor.leg("ann", 0, 100, 160);
        floor.pump();

        assertThat(floor.report(0, 1000, GroupBy.AGENT).totals().handled()).isEqualTo(1);
    }

    @Test
    void anAgentSeesItsOwnFiguresAlone() {
        floor.state("ann", "AVAILABLE", 0);
        floor.state("bob", "AVAILABLE", 0);
        floor.leg("ann", 0, 100, 160);
        floor.leg("bob", 0, 100, 190);
        floor.pump();
        var ann = new Caller(TENANT, "user:ann", "Ann", Role.AGENT, new AgentId("ann"));

        AcwReport report = floor.report(ann, 0, 1000, GroupBy.AGENT);

        assertThat(report.rows()).extracting(AcwRow::key).containsExactly("ann");
        assertThat(report.totals().acwTotalSeconds()).isEqualTo(60);
        assertThat(report.totals().workSeconds()).isEqualTo(1000);
    }

    @Test
    void aRoleThatReadsNoReportsIsRefused() {
        var integration = new Caller(TENANT, "token:1", "Switch", Role.INTEGRATION, null);

        assertThatThrownBy(() -> floor.report(integration, 0, 1000, GroupBy.AGENT))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void noTenantSeesAnothersFigures() {
        floor.leg("ann", 0, 100, 160);
        floor.pump();
        var stranger = new Caller(new TenantId("other"), "user:x", "X", Role.SUPERVISOR, null);

        assertThat(floor.report(stranger, 0, 1000, GroupBy.AGENT).totals().handled())
                .isZero();
    }

    @Test
    void aGateLeakCountsOnceHoweverOftenTheLogIsRead() {
        floor.append("gate.leaked", "ann", Map.of("agentId", "ann", "interactionId", "i1", "kind", "connected"));
        floor.pump();
        floor.readTheLogFromTheStart();

        assertThat(leaksSince(0)).isEqualTo(1);
        assertThat(leaksSince(1)).isZero();
    }

    @Test
    void aGateLeakThatIsToldTwiceCountsOnceAtTheTimeItHappened() {
        for (int held : new int[] {1, 2}) {
            floor.append(
                    "gate.leaked",
                    "ann",
                    Map.of(
                            "agentId", "ann",
                            "interactionId", "i1",
                            "kind", "connected",
                            "at", at(-60),
                            "heldUnits", held,
                            "source", "/switch",
                            "eventId", "e1"));
        }
        floor.pump();

        assertThat(leaksSince(-60)).isEqualTo(1);
        assertThat(leaksSince(0)).isZero();
    }

    @Test
    void leaksAreHeldAgainstAllContactsThatEnded() {
        leak("e1", "ann", at(100), Map.of("team", "team-ann", "queue", "billing", "channel", "VOICE"));
        leak("e2", "ann", at(200), Map.of("team", "team-ann", "queue", "travel", "channel", "VOICE"));
        leak("e3", "bob", at(hours(2)), Map.of());
        floor.leg("ann", 0, 100, 160, Map.of("queue", "billing", "channel", "VOICE"));
        floor.leg("ann", 200, 300, 300, Map.of("queue", "billing", "channel", "VOICE", "notStarted", true));
        floor.leg("ann", 300, 310, 320, Map.of("queue", "billing", "channel", "VOICE", "noContact", "SILENT"));
        floor.wrapUp("held", "i0", "ann", 1, "OPEN", Map.of("legStartedAt", at(0), "legEndedAt", at(100)));
        floor.pump();

        AcwReport byQueue = floor.report(0, hours(1), GroupBy.QUEUE);
        assertThat(row(byQueue, "billing").leaks()).isEqualTo(1);
        assertThat(row(byQueue, "billing").leaksPer10000()).isCloseTo(10_000 / 3.0, within(1e-9));
        assertThat(row(byQueue, "travel").leaks()).isEqualTo(1);
        assertThat(row(byQueue, "travel").leaksPer10000()).isNull();
        assertThat(row(byQueue, null).leaks()).isZero();
        assertThat(byQueue.totals().leaks()).isEqualTo(2);
        assertThat(byQueue.totals().leaksPer10000()).isEqualTo(5_000);
        assertThat(row(floor.report(0, hours(3), GroupBy.AGENT), "bob").leaks()).isEqualTo(1);
        assertThat(row(floor.report(0, hours(3), GroupBy.HOUR), "2026-03-02T09:00:00Z")
                        .leaks())
                .isEqualTo(2);
        assertThat(floor.report(0, hours(1), GroupBy.DISPOSITION).rows())
                .extracting(AcwRow::leaks)
                .containsOnlyNulls();
    }

    @Test
    void contactsOfTheDayAreThoseThatEndedWhateverIsToldOfThemLater() {
        floor.wrapUp("moved", "i0", "ann", 1, "OPEN", Map.of("legStartedAt", at(0), "legEndedAt", at(100)));
        floor.wrapUp("on", "i2", "bob", 1, "PREPARING", Map.of("legStartedAt", at(0)));
        floor.wrapUp("part", "i0", "ann", 1, "COMPLETED", with(leg(0, 100, 160), Map.of("firstPart", false)));
        floor.leg("ann", 200, hours(1), hours(1) + 60);
        floor.pump();
        assertThat(contactsSince(0)).isEqualTo(2);
        assertThat(contactsSince(hours(1))).isEqualTo(1);

        floor.wrapUp("moved", "i0", "ann", 2, "COMPLETED", leg(0, hours(2), hours(2) + 60));
        floor.pump();
        floor.readTheLogFromTheStart();
        assertThat(contactsSince(0)).isEqualTo(2);
        assertThat(contactsSince(hours(1))).isEqualTo(2);
    }

    @Test
    void whatWasNoContactAndWhatNobodyBeganIsCountedApart() {
        floor.state("ann", "AVAILABLE", 0);
        floor.leg("ann", 0, 100, 160, Map.of("disposition", "DONE", "keptParts", 1));
        floor.leg(
                "ann", 200, 202, 212, Map.of("noContact", "SHORT", "overrunSeconds", 4, "cut", true, "editedParts", 1));
        floor.leg("ann", 300, 303, 333, Map.of("noContact", "WRONG_NUMBER", "extensionCount", 1));
        floor.leg("ann", 400, 500, 500, Map.of("notStarted", true));
        floor.pump();

        AcwReport report = floor.report(0, 1000, GroupBy.AGENT);
        AcwRow ann = report.rows().getFirst();

        assertThat(ann.handled()).isEqualTo(1);
        assertThat(ann.interactions()).isEqualTo(1);
        assertThat(ann.noContact()).isEqualTo(2);
        assertThat(ann.notStarted()).isEqualTo(1);
        assertThat(ann.held()).isZero();
        assertThat(ann.acwTotalSeconds()).isEqualTo(60);
        assertThat(ann.acwMeanSeconds()).isEqualTo(60);
        assertThat(ann.acwMedianSeconds()).isEqualTo(60);
        assertThat(ann.acwP99Seconds()).isEqualTo(60);
        assertThat(ann.ahtSeconds()).isEqualTo(160);
        assertThat(ann.overrunRate()).isZero();
        assertThat(ann.extensionRate()).isZero();
        assertThat(ann.cutRate()).isZero();
        assertThat(ann.draftKeptRate()).isEqualTo(1);
        assertThat(ann.acwPercent()).as("of the agent's time all of it counts").isCloseTo(10, within(1e-9));
        assertThat(report.totals().noContact()).isEqualTo(2);
    }

    @Test
    void theWaitForSystemsStandsBesideTheTimeItIsPartOf() {
        floor.leg("ann", 0, 100, 160, Map.of("systemWaitSeconds", 12.5));
        floor.leg("ann", 200, 300, 330, Map.of("systemWaitSeconds", 0));
        floor.leg("ann", 400, 500, 530); // of a time when nobody counted it
        floor.leg("ann", 600, 601, 630, Map.of("systemWaitSeconds", 9, "noContact", "TEST"));
        floor.pump();

        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.systemWaitTotalSeconds()).isEqualTo(12.5);
        assertThat(totals.systemWaitMeanSeconds()).isEqualTo(6.25);
    }

    private void leak(String event, String agent, Instant at, Map<String, Object> more) {
        var data = new HashMap<String, Object>(
                Map.of("agentId", agent, "kind", "connected", "at", at, "source", "/switch", "eventId", event));
        data.putAll(more);
        floor.append("gate.leaked", agent, data);
    }

    private long leaksSince(long second) {
        return floor.reports().gate(AnalyticsFixture.SUPERVISOR, at(second)).leaks();
    }

    private long contactsSince(long second) {
        return floor.reports().gate(AnalyticsFixture.SUPERVISOR, at(second)).contacts();
    }

    private static AcwRow row(AcwReport report, @Nullable String key) {
        return report.rows().stream()
                .filter(row -> Objects.equals(row.key(), key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutLegsThereAreNoFiguresRatherThanZeros() {
        AcwRow totals = floor.report(0, 1000, GroupBy.AGENT).totals();

        assertThat(totals.handled()).isZero();
        assertThat(totals.acwTotalSeconds()).isZero();
        assertThat(totals.acwMeanSeconds()).isNull();
        assertThat(totals.acwMedianSeconds()).isNull();
        assertThat(totals.acwPercent()).isNull();
        assertThat(totals.overrunRate()).isNull();
    }

    private static Map<String, Object> leg(long started, long ended, long released) {
        return Map.of(
                "legStartedAt",
                at(started),
                "legEndedAt",
                at(ended),
                "releasedAt",
                at(released),
                "acwSeconds",
                released - ended,
                "talkSeconds",
                ended - started,
                "firstPart",
                true);
    }

    private static Map<String, Object> with(Map<String, Object> figures, Map<String, Object> more) {
        var all = new HashMap<>(figures);
        all.putAll(more);
        return all;
    }
}
