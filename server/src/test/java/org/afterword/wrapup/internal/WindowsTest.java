package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.WrapUpFixture.ANN;
import static org.afterword.wrapup.internal.WrapUpFixture.BEN;
import static org.afterword.wrapup.internal.WrapUpFixture.SAM;
import static org.afterword.wrapup.internal.WrapUpFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.APolicy;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.platform.PostgresDatabase;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.afterword.wrapup.WrapUps.Completion;
import org.afterword.wrapup.WrapUps.Deferral;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Modes and clocks of windows, stored and read again. */
class WindowsTest {
    @RegisterExtension
    static final PostgresDatabase db = PostgresDatabase.migrated();

    private final WrapUpFixture floor = new WrapUpFixture(db);

    @Test
    void aFixedWindowSendsItsRecordOutAndHoldsItsAgentToTheDeadline() {
        aCall("{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'requiredParts': []}");
        later(20);
        WrapUpView confirmed = confirm(new NextState(AgentState.NOT_READY, "BREAK"));
        assertThat(confirmed.status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(confirmed.releasedAt()).isNull();
        assertThat(confirmed.deadline()).isNotNull();

        later(10);
        assertThat(floor.work()).isOne();
        assertThat(floor.announced()).contains("wrapup.completed");
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");

        later(30);
        assertThat(floor.work()).isOne();
        assertThat(floor.stateOf("ann")).isEqualTo("NOT_READY");
        assertThat(floor.wrapUpOf("call").acwSeconds()).isEqualTo(60.0);
        assertThat(floor.announced()).contains("wrapup.released");
    }

    @Test
    void nobodyIsHeldWhereNobodyAskedAndWhoAsksInTimeIs() {
        aCall("{'mode': 'ON_REQUEST', 'windowSeconds': 40}");
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        later(5);
        floor.wrapUps.request(ANN, new AgentId("ann"));
        assertThat(floor.stateOf("ann")).isEqualTo("AFTER_CALL_WORK");
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OPEN);

        floor.connect("other", "ben");
        floor.hangUp("other");
        assertThat(floor.wrapUps.owed(BEN, new AgentId("ben"), 10)).isEmpty();
        later(10);
        assertThat(floor.work()).isOne();
        assertThat(floor.wrapUpOf("other").reason()).isEqualTo("notStarted");
        assertThat(floor.wrapUpOf("other").status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThatThrownBy(() -> floor.wrapUps.request(BEN, new AgentId("ben"))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aDeadlineThatWaitsForKeysIsPlannedAnew() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'typingGraceSeconds': 20, 'atDeadline': 'DEFER'}");
        later(59);
        floor.wrapUps.input(ANN, floor.idOf("call"));
        later(1);
        assertThat(floor.work()).isZero();
        later(2);
        assertThat(floor.work()).isOne();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void whatIsWrittenCountsAsPressingKeys() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'typingGraceSeconds': 20, 'atDeadline': 'DEFER'}");
        later(59);
        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary': 'Asked.'}"));
        later(1);
        assertThat(floor.work()).isZero();
    }

    @Test
    void aWindowIsShorterByWhatWasFilledInDuringTheCall() {
        floor.policy(APolicy.of("p", """
                {'mode': 'TIMEBOXED', 'windowSeconds': 20, 'requiredParts': ['/summary', '/disposition'],
                 'partSeconds': {'/summary': 25, '/disposition': 10}}"""));
        floor.connect("call", "ann");
        floor.wrapUps.patch(ANN, floor.idOf("call"), 0, record("{'summary': 'Asked.'}"));
        floor.hangUp("call");

        WrapUpView view = floor.wrapUpOf("call");
        assertThat(Duration.between(view.openedAt(), view.deadline())).hasSeconds(30);
        assertThat(view.policy()).containsEntry("windowSeconds", 30L);
        assertThat(view.policy()).containsEntry("partSeconds", Map.of("/disposition", 10));
    }

    @Test
    void aCallOutOfAWindowStopsItsClockUntilItEnds() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        later(10);
        floor.take(
                floor.event("interaction.started", "out", "{'channel': 'voice', 'direction': 'outbound'}"),
                floor.event("interaction.connected", "out", "{'agentId': 'ann'}"));
        assertThat(floor.wrapUpOf("call").clockStopped()).isTrue();
        later(300);
        assertThat(floor.work()).isZero();
        floor.hangUp("out");

        WrapUpView view = floor.wrapUpOf("call");
        assertThat(view.clockStopped()).isFalse();
        assertThat(Duration.between(view.openedAt(), view.deadline())).hasSeconds(360);
        later(50);
        assertThat(floor.work()).isPositive();
        assertThat(floor.statusOf("call")).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(floor.announced()).doesNotContain("gate.leaked");
    }

    @Test
    void aWaitForAnApplicationIsGivenBack() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        later(10);
        floor.take(floor.event(
                "desktop.app", "ann", "{'name': 'CRM', 'state': 'waiting', 'seconds': 7, 'interactionId': 'call'}"));

        WrapUpView view = floor.wrapUpOf("call");
        assertThat(Duration.between(view.openedAt(), view.deadline())).hasSeconds(67);
        assertThat(view.systemWaitSeconds()).isEqualTo(7.0);
    }

    @Test
    void onlyWhatMayBeOwedIsDeferred() {
        aCall("""
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'deferrable': true, 'deferrableParts': ['/summary'],
                 'requiredParts': ['/summary', '/disposition']}""");
        var id = floor.idOf("call");
        var later = new Deferral(WrapUpState.Owner.AGENT, null, "next call", List.of("/summary"));
        assertThatThrownBy(() -> floor.wrapUps.defer(ANN, id, later))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal -> assertThat(refusal.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactly("#/record/disposition"));
        assertThatThrownBy(() -> floor.wrapUps.defer(
                        ANN, id, new Deferral(WrapUpState.Owner.AGENT, null, "x", List.of("/tags"))))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal ->
                        assertThat(refusal.faults().getFirst().pointer()).isEqualTo("#/parts/0"));

        floor.wrapUps.patch(ANN, id, 0, record("{'disposition': 'DONE'}"));
        WrapUpView owed = floor.wrapUps.defer(ANN, id, later);

        assertThat(owed.status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(owed.owedParts()).containsExactly("/summary");
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
    }

    @Test
    void whereThereWasNoContactNothingIsAskedFor() {
        floor.policy(
                APolicy.of(
                        "p",
                        "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'requiredParts': ['/summary'], 'shortContactSeconds': 15}"));
        floor.connect("short", "ann");
        later(14);
        floor.hangUp("short");
        floor.connect("long", "ben");
        later(15);
        floor.hangUp("long");
        var tooLong = new Completion(null, List.of(), null, WrapUp.NoContact.SHORT, null);

        floor.drafts.propose("short", floor.clock.instant(), record("{'summary': 'Drafted.', 'disposition': 'DONE'}"));
        WrapUpView closed = floor.wrapUps.complete(ANN, floor.idOf("short"), 0, tooLong);
        assertThat(closed.record()).isEmpty();
        assertThat(closed.provenance()).isEmpty();
        assertThat(closed.status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(closed.noContact()).isEqualTo(WrapUp.NoContact.SHORT);
        assertThatThrownBy(() -> floor.wrapUps.complete(BEN, floor.idOf("long"), 0, tooLong))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal ->
                        assertThat(refusal.faults().getFirst().detail()).contains("took 15 s"));
        assertThat(floor.wrapUps
                        .complete(
                                BEN,
                                floor.idOf("long"),
                                0,
                                new Completion(null, List.of(), null, WrapUp.NoContact.WRONG_NUMBER, null))
                        .noContact())
                .isEqualTo(WrapUp.NoContact.WRONG_NUMBER);
    }

    @Test
    void whatTheRecordSaysAsksForMore() {
        aCall("""
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'requiredParts': [],
                 'requiredWhen': [{'resolution': 'escalated', 'parts': ['/nextSteps']}, {'disposition': 'DONE', 'tag': 'VIP', 'parts': ['/summary']}]}""");
        var id = floor.idOf("call");

        assertThatThrownBy(() -> floor.wrapUps.complete(
                        ANN,
                        id,
                        0,
                        new Completion(
                                record("{'resolution': 'escalated', 'disposition': 'DONE', 'tags': ['VIP']}"),
                                List.of(),
                                null,
                                null)))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal -> assertThat(refusal.faults())
                        .extracting(ProblemException.Fault::pointer)
                        .containsExactlyInAnyOrder("#/record/nextSteps", "#/record/summary"));
        assertThat(floor.wrapUps
                        .complete(
                                ANN,
                                id,
                                0,
                                new Completion(
                                        record("{'resolution': 'resolved', 'disposition': 'DONE'}"),
                                        List.of(),
                                        null,
                                        null))
                        .status())
                .isEqualTo(WrapUpStatus.COMPLETED);
    }

    @Test
    void aCallTypeThatAPersonNamesIsKeptAndShown() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'requiredParts': []}");
        assertThatThrownBy(() -> floor.wrapUps.choose(ANN, floor.idOf("call"), "NOPE", false))
                .isInstanceOf(ProblemException.class);
        WrapUpView escalated = floor.wrapUps.choose(ANN, floor.idOf("call"), null, true);

        assertThat(escalated.complexity()).hasToString("HIGH");
        assertThat(floor.wrapUpOf("call").complexity()).hasToString("HIGH");
    }

    @Test
    void onlyWhomThePolicyNamesOverrides() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'overriddenBy': ['reviewer']}");

        assertThatThrownBy(() -> floor.wrapUps.override(
                        SAM, floor.idOf("call"), WrapUps.Intervention.of(WrapUps.OverrideAction.END, "why")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aSupervisorGivesARecordToAColleague() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'requiredParts': []}");
        floor.take(floor.event("agent.signed-in", "ben", "{}"));
        floor.take(floor.event("agent.ready", "ben", "{}"));
        WrapUpId id = floor.idOf("call");
        assertThatThrownBy(() -> floor.wrapUps.get(BEN, id)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> floor.wrapUps.override(SAM, id, reassignedTo("nobody")))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refusal ->
                        assertThat(refusal.faults().getFirst().pointer()).isEqualTo("#/agentId"));

        WrapUpView given = floor.wrapUps.override(SAM, id, reassignedTo("ben"));
        assertThat(given.owner()).isEqualTo("colleague");
        assertThat(given.assignee()).isEqualTo(new AgentId("ben"));
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(owed("ann")).isZero();
        assertThat(floor.wrapUps.owed(ANN, new AgentId("ann"), 10)).isEmpty();
        assertThat(floor.wrapUps.owed(BEN, new AgentId("ben"), 10))
                .extracting(WrapUps.Owed::id)
                .containsExactly(id);

        floor.wrapUps.patch(BEN, id, 0, record("{'summary': 'Ben asked Ann.'}"));
        var unready = new NextState(AgentState.NOT_READY, "BREAK");
        floor.wrapUps.complete(BEN, id, 1, new Completion(null, List.of(), null, unready));
        assertThat(floor.stateOf("ann")).isEqualTo("AVAILABLE");
        assertThat(floor.stateOf("ben")).isEqualTo("AVAILABLE");

        // taken back, it is still Ben's
        floor.wrapUps.reopen(BEN, id);
        assertThat(floor.wrapUpOf("call").owner()).isEqualTo("colleague");
        assertThat(floor.wrapUps.override(SAM, id, reassignedTo("ann")).owner()).isEqualTo("agent");
        assertThat(owed("ann")).isOne();
        assertThatThrownBy(() -> floor.wrapUps.get(BEN, id)).isInstanceOf(ProblemException.class);
    }

    private static WrapUps.Intervention reassignedTo(String agent) {
        return new WrapUps.Intervention(WrapUps.OverrideAction.REASSIGN, "Ann has gone home", null, new AgentId(agent));
    }

    @Test
    void whatAnAgentOwesIsCounted() {
        aCall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'deferrable': true, 'requiredParts': []}");
        floor.wrapUps.defer(ANN, floor.idOf("call"), new Deferral(WrapUpState.Owner.AGENT, null, "later"));
        assertThat(owed("ann")).isOne();
        confirm(null);
        assertThat(owed("ann")).isZero();
    }

    private int owed(String agent) {
        return floor.owner
                .query("SELECT owed FROM agent WHERE agent_id = ?", (rs, n) -> rs.getInt(1), agent)
                .getFirst();
    }

    private void aCall(String settings) {
        floor.policy(APolicy.of("p", settings));
        floor.connect("call", "ann");
        later(100);
        floor.hangUp("call");
    }

    private void later(int seconds) {
        floor.clock.advance(Duration.ofSeconds(seconds));
    }

    private WrapUpView confirm(@Nullable NextState next) {
        return floor.wrapUps.complete(
                ANN, floor.idOf("call"), 0, new Completion(record("{'disposition': 'DONE'}"), List.of(), null, next));
    }
}
