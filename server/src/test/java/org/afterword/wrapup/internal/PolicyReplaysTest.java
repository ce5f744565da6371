package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ADA;
import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.TENANT;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicyProposal;
import org.afterword.catalog.PolicyRule;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Json;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.platform.TenantId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.afterword.wrapup.internal.ReplayReport.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Policies run over what a floor has stored. */
class PolicyReplaysTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);
    private static final PolicyRule A_MINUTE = APolicy.of("minute", """
            {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 1, 'seconds': 30},
             'typingGraceSeconds': 5}""");
    private static final PolicyRule HALF_A_MINUTE =
            APolicy.of("minute", "{'mode': 'TIMEBOXED', 'windowSeconds': 30, 'atDeadline': 'DEFER'}");

    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);
    private final Instant from = floor.clock.instant();

    @Test
    void policiesThatDoNotChangeChangeNothing() {
        aMorning();
        var audited = floor.count("audit_entry");
        List<String> before = floor.rowsOf("wrap_up");

        Figures same = replay().totals();
        // one that only shows lets everything be replayed
        ReplayReport shown = replay(APolicy.of("minute", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 1, 'seconds': 30},
                 'typingGraceSeconds': 5, 'warningSeconds': 3}"""));

        for (Figures figures : List.of(same, shown.totals())) {
            assertThat(figures.legs()).isEqualTo(9);
            assertThat(figures.notJudged()).containsExactly(Map.entry("stillHeld", 1L));
            assertThat(figures.differing()).isEqualTo(new ReplayReport.Change(0, 0, 0, 0, 0));
            assertThat(figures.censored()).isZero();
            assertThat(figures.assumed()).isZero();
            assertThat(figures.held())
                    .isEqualTo(new ReplayReport.Held(20 + 85 + 60 + 64 + 25 + 45 + 50 + 70, 419, 419, 0, 0, 0));
        }
        assertThat(shown.examples()).isEmpty();
        assertThat(shown.complete()).isTrue();
        assertThat(floor.rowsOf("wrap_up")).isEqualTo(before);
        assertThat(floor.count("audit_entry")).isEqualTo(audited);
    }

    /** Nine calls of ann, each with an end of its own; the last is still held. */
    private void aMorning() {
        floor.policy(A_MINUTE);
        floor.take(floor.event("agent.signed-in", "ann", "{'team': 'north'}"), floor.event("agent.ready", "ann", "{}"));
        aCall("confirmed");
        later(20);
        confirm("confirmed");
        aCall("extended");
        later(50);
        floor.wrapUps.extend(ANN, floor.idOf("extended"), null);
        later(35);
        confirm("extended");
        aCall("cut");
        later(60);
        floor.work();
        aCall("typing");
        later(59);
        floor.wrapUps.input(ANN, floor.idOf("typing"));
        later(2);
        floor.wrapUps.input(ANN, floor.idOf("typing"));
        later(3);
        floor.work();
        aCall("deferred");
        later(25);
        floor.wrapUps.defer(ANN, floor.idOf("deferred"), new Deferral(WrapUpState.Owner.AGENT, null, "later"));
        later(5);
        confirm("deferred");
        aCall("ended");
        later(45);
        floor.wrapUps.override(SAM, floor.idOf("ended"), WrapUps.Intervention.of(WrapUps.OverrideAction.END, "why"));
        aCall("left");
        later(50);
        floor.take(floor.event("agent.signed-out", "ann", "{}"));
        later(1);
        floor.take(floor.event("agent.signed-in", "ann", "{}"), floor.event("agent.ready", "ann", "{}"));
        aCall("waited");
        later(10);
        floor.take(floor.event(
                "desktop.app", "ann", "{'name': 'CRM', 'state': 'waiting', 'seconds': 10, 'interactionId': 'waited'}"));
        later(60);
        floor.work();
        aCall("held");
    }

    @Test
    void whatAShorterWindowWouldHaveCutIsToldInSecondsAndLegs() {
        aMorning();

        ReplayReport report = replay(HALF_A_MINUTE);

        Figures totals = report.totals();
        // by the deadline: extended 85, cut 60, typing 64, ended 45, left 50, and 70 of which 10 stood still;
        // whether keys were pressed at 30 nobody knows, and then it had waited for 15 more
        assertThat(totals.heldShorter())
                .isEqualTo(new ReplayReport.Change(
                        6, 0, -(55 + 30 + 34 + 15 + 20 + 30), -(55 + 30 + 19 + 15 + 20 + 30), 0));
        assertThat(totals.timedOutOtherwise().legs()).isEqualTo(3);
        assertThat(totals.deferredOtherwise().legs()).isEqualTo(2);
        assertThat(totals.held().beforeSeconds()).isEqualTo(419);
        assertThat(totals.held().mostSeconds()).isEqualTo(419 - 169);
        assertThat(report.groups()).singleElement().satisfies(group -> {
            assertThat(group.key()).isEqualTo("minute");
            assertThat(group.figures()).isEqualTo(totals);
        });
        assertThat(report.examples()).hasSize(6).first().satisfies(example -> {
            assertThat(example.interactionId().value()).isEqualTo("extended");
            assertThat(example.before().heldSeconds()).isEqualTo(85);
            assertThat(example.before().windowSeconds()).isEqualTo(60);
            assertThat(example.after().heldSeconds()).isEqualTo(30);
            assertThat(example.after().windowSeconds()).isEqualTo(30);
            assertThat(example.after().ending()).isEqualTo(PolicyReplay.Ending.DEFERRED_AT_DEADLINE);
        });
        assertThat(report.catalogVersion()).isOne();
    }

    @Test
    void whatIsNotKnownIsToldByItsBounds() {
        aMorning();

        Figures totals = replay(APolicy.of("minute", """
                        {'mode': 'TIMEBOXED', 'windowSeconds': 90, 'atDeadline': 'OVERDUE', 'deferrable': true,
                         'extensions': {'count': 1, 'seconds': 30}, 'typingGraceSeconds': 5}""")).totals();

        // the three that their deadline cut: nothing known would have ended them
        assertThat(totals.censored()).isEqualTo(3);
        assertThat(totals.heldLonger()).isEqualTo(new ReplayReport.Change(0, 3, 0, 0, 3));
        assertThat(totals.timedOutOtherwise().legs()).isEqualTo(3);
        assertThat(totals.held().openEnded()).isEqualTo(3);
    }

    @Test
    void whatARecordLacksIsToldWhereItIsNewlyRequired() {
        aMorning();

        ReplayReport report = replay(APolicy.of("minute", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 1, 'seconds': 30},
                 'typingGraceSeconds': 5, 'requiredParts': ['/disposition', '/summary']}"""));

        // confirmed in time, after more time, and when it was owed
        assertThat(report.totals().partsMissing().legs()).isEqualTo(3);
        assertThat(report.totals().differing().legs()).isEqualTo(3);
        assertThat(report.examples())
                .allSatisfy(example -> assertThat(example.partsMissing()).containsExactly("/summary"));
        assertThat(report.totals().censored()).isEqualTo(2);
    }

    @Test
    void legsAreToldApartByTeamAgentAndQueue() {
        aMorning();

        assertThat(keys(ReplayGroupBy.TEAM)).containsExactly("north");
        assertThat(keys(ReplayGroupBy.AGENT)).containsExactly("ann");
        assertThat(keys(ReplayGroupBy.QUEUE)).containsExactly((String) null);
        assertThat(keys(ReplayGroupBy.CALL_TYPE)).containsExactly((String) null);
    }

    private List<String> keys(ReplayGroupBy groupBy) {
        return floor
                .replays(LONG_ENOUGH)
                .replay(SAM, from, floor.clock.instant(), changed(HALF_A_MINUTE), groupBy)
                .groups()
                .stream()
                .map(ReplayReport.Group::key)
                .toList();
    }

    @Test
    void onlyLegsThatEndedWithinThePeriodCount() {
        floor.policy(A_MINUTE);
        aCall("first");
        Instant firstEnd = floor.clock.instant();
        later(20);
        confirm("first");
        aCall("second");
        Instant secondEnd = floor.clock.instant();
        later(20);
        confirm("second");

        assertThat(legs(from, firstEnd)).isZero();
        assertThat(legs(firstEnd, secondEnd)).isOne();
        assertThat(legs(firstEnd, secondEnd.plusMillis(1))).isEqualTo(2);
    }

    private long legs(Instant begin, Instant end) {
        return floor.replays(LONG_ENOUGH)
                .replay(SAM, begin, end, changed(), ReplayGroupBy.RULE)
                .totals()
                .legs();
    }

    @Test
    void whatTakesTooLongStopsAndGoesOnFromThere() {
        floor.policy(A_MINUTE);
        for (int round = 0; round < 13; round++) {
            var batch = new ArrayList<JsonNode>();
            for (int i = 0; i < 100; i++) {
                batch.add(floor.event(
                        "interaction.connected", "c%d-%d".formatted(round, i), "{'agentId': 'agent%d'}".formatted(i)));
            }
            floor.take(batch.toArray(JsonNode[]::new));
            later(60);
            batch.clear();
            for (int i = 0; i < 100; i++) {
                batch.add(floor.event("interaction.ended", "c%d-%d".formatted(round, i), "{}"));
            }
            floor.take(batch.toArray(JsonNode[]::new));
            later(60);
            while (floor.work() > 0) {}
        }
        Instant now = floor.clock.instant();
        Figures whole = replay(HALF_A_MINUTE).totals();

        ReplayReport first =
                floor.replays(Duration.ZERO).replay(SAM, from, now, changed(HALF_A_MINUTE), ReplayGroupBy.RULE);
        ReplayReport second = floor.replays(LONG_ENOUGH)
                .replay(SAM, first.reached(), now, changed(HALF_A_MINUTE), ReplayGroupBy.RULE);

        assertThat(whole.legs()).isEqualTo(1300);
        assertThat(whole.heldShorter()).isEqualTo(new ReplayReport.Change(1300, 0, -39_000, -39_000, 0));
        assertThat(first.complete()).isFalse();
        assertThat(first.reached()).isBetween(from, now.minusMillis(1));
        assertThat(first.totals().legs()).isEqualTo(500);
        assertThat(second.complete()).isTrue();
        assertThat(second.totals().legs()).isEqualTo(800);
        assertThat(first.examples()).hasSize(50);
    }

    @Test
    void nothingOfAnotherTenantIsCounted() {
        aMorning();
        var stranger = new Caller(new TenantId("elsewhere"), "user:eve", "Eve", Role.ADMINISTRATOR, null);

        ReplayReport report = floor.replays(LONG_ENOUGH)
                .replay(stranger, from, floor.clock.instant(), changed(HALF_A_MINUTE), ReplayGroupBy.AGENT);

        assertThat(report.totals().legs()).isZero();
        assertThat(report.groups()).isEmpty();
        assertThat(report.examples()).isEmpty();
    }

    @Test
    void windowsOfOlderCatalogsAreReplayedUnderTheirOwn() {
        floor.policy(A_MINUTE);
        aCall("first");
        later(40);
        confirm("first");
        floor.policy(HALF_A_MINUTE);
        aCall("second");
        later(20);
        confirm("second");

        // what was saved in between differs from what was before, whatever is proposed now
        assertThat(replay().totals().heldShorter()).isEqualTo(new ReplayReport.Change(1, 0, -10, -10, 0));
        assertThat(replay(A_MINUTE).totals().differing().legs()).isZero();
    }

    @Test
    void whoChangesNobodysTimeReplaysNothing() {
        for (Role role : Role.values()) {
            var caller = new Caller(TENANT, "user:x", "X", role, role == Role.AGENT ? new AgentId("ann") : null);
            boolean may =
                    List.of(Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR).contains(role);
            var replays = floor.replays(LONG_ENOUGH);
            if (may) {
                assertThat(replays.replay(caller, from, from.plusSeconds(1), changed(), ReplayGroupBy.RULE)
                                .complete())
                        .isTrue();
            } else {
                assertThatThrownBy(
                                () -> replays.replay(caller, from, from.plusSeconds(1), changed(), ReplayGroupBy.RULE))
                        .isInstanceOf(ProblemException.class);
            }
        }
    }

    // ---- helpers ----------------------------------------------------------------------------------------------------

    private ReplayReport replay(PolicyRule... rules) {
        return floor.replays(LONG_ENOUGH)
                .replay(ADA, from, floor.clock.instant().plusSeconds(1), changed(rules), ReplayGroupBy.RULE);
    }

    private static PolicyProposal changed(PolicyRule... rules) {
        return new PolicyProposal(null, Json.tree(rules), null);
    }

    private void aCall(String call) {
        floor.connect(call, "ann");
        later(100);
        floor.hangUp(call);
    }

    private void confirm(String call) {
        floor.wrapUps.complete(
                ANN, floor.idOf(call), 0, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, null));
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }
}
