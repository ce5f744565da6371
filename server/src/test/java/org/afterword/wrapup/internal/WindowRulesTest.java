package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the modes do, and what moves a deadline. */
class WindowRulesTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);
    private static final WrapUp.Result DONE = new WrapUp.Result("DONE", null, 0, 0, null);

    private int events;

    @Test
    void whereAfterCallWorkIsOptionalTheAgentIsReleasedAtOnce() {
        var desk = afterACall("{'mode': 'OPTIONAL'}");

        assertThat(desk.wrapUp("call").state()).isEqualTo(new WrapUpState.Expired(END, "notStarted"));
        assertThat(desk.wrapUp("call").cut()).isFalse();
        assertThat(desk.wrapUp("call").acwTime()).isZero();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void whatWasBegunDuringAnOptionalCallIsOwed() {
        var desk = duringACall("{'mode': 'OPTIONAL'}");
        write(desk, "/summary");
        desk.receive(ended("call"), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").owed()).isOne();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aWindowThatWasAskedForDuringTheCallOpensAtItsEnd() {
        var desk = duringACall("{'mode': 'ON_REQUEST', 'windowSeconds': 40, 'atDeadline': 'DEFER'}");
        request(desk, END.minusSeconds(5));
        desk.receive(ended("call"), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(40));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
    }

    @Test
    void aWindowMayBeAskedForTenSecondsAfterTheEndAndNoLonger() {
        String policy = "{'mode': 'ON_REQUEST', 'windowSeconds': 40}";
        var soon = afterACall(policy);
        assertThat(soon.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(soon.agent("ann").owed()).isZero();
        request(soon, END.plusSeconds(9));
        assertThat(soon.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(soon.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);

        var late = afterACall(policy);
        assertThatThrownBy(() -> request(late, END.plusSeconds(10)))
                .hasMessageContaining("none that ended within the last 10 seconds");
        late.sweep(END.plusSeconds(10));
        assertThat(late.wrapUp("call").state()).isEqualTo(new WrapUpState.Expired(END, "notStarted"));
        assertThat(late.wrapUp("call").wasDeferred()).isFalse();
    }

    @Test
    void whoHasTheNextContactGetsNoWindowForTheLastOne() {
        var desk = afterACall("{'mode': 'ON_REQUEST', 'windowSeconds': 40}");
        desk.receive(connected("next", END.plusSeconds(2), LegRole.PRIMARY), END.plusSeconds(2));

        request(desk, END.plusSeconds(4));

        assertThat(desk.wrapUp("call").state().holds()).isFalse();
        assertThat(desk.wrapUp("next").requested()).isTrue();
    }

    @Test
    void aFixedWindowHoldsToItsDeadlineThoughItsRecordIsConfirmed() {
        var desk = afterACall("{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        complete(desk, END.plusSeconds(20), new NextState(AgentState.NOT_READY, "BREAK"));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(desk.wrapUp("call").state().releasedAt()).isNull();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        desk.sweep(END.plusSeconds(30));
        assertThat(desk.wrapUp("call").state()).isInstanceOfSatisfying(WrapUpState.Completed.class, completed -> {
            assertThat(completed.isFinal()).isTrue();
            assertThat(completed.releasedAt()).isNull();
        });

        desk.sweep(END.plusSeconds(60));

        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(60));
        assertThat(desk.wrapUp("call").cut()).isFalse();
        assertThat(desk.agent("ann").reason()).isEqualTo("BREAK");
    }

    @Test
    void aFixedWindowCannotBeLeftByDeferring() {
        var desk = afterACall("{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'deferrable': true}");

        assertThatThrownBy(() -> defer(desk, END.plusSeconds(20))).hasMessageContaining("lets nobody go before");
    }

    @Test
    void whoSignsOutOfAFixedWindowIsReleasedByThat() {
        var desk = afterACall("{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60}");
        complete(desk, END.plusSeconds(20), null);
        Instant out = END.plusSeconds(25);
        desk.receive(new ContactEvent.AgentSignedOut(at(out), agentId("ann"), null), out);

        assertThat(desk.wrapUp("call").state().releasedAt()).isEqualTo(out);
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void aWindowIsAsLongAsTheWorkThatIsLeft() {
        String policy = """
                {'mode': 'TIMEBOXED', 'windowSeconds': 20, 'requiredParts': ['/summary', '/disposition', '/fields/amount'],
                 'partSeconds': {'/summary': 25, '/disposition': 10, '/tags': 100}}""";
        var nothingDone = afterACall(policy);
        var prepared = duringACall(policy);
        write(prepared, "/summary");
        prepared.receive(ended("call"), END);

        assertThat(nothingDone.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(20 + 25 + 10));
        assertThat(prepared.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(20 + 10));
        // what is written later does not shorten what is left
        write(nothingDone, "/summary");
        assertThat(nothingDone.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(55));
    }

    @Test
    void aDeadlineWaitsWhileKeysArePressedButNotForever() {
        var desk = afterACall(
                "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'graceSeconds': 5, 'typingGraceSeconds': 10, 'atDeadline': 'DEFER'}");
        input(desk, END.plusSeconds(64));
        desk.sweep(END.plusSeconds(65));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        desk.sweep(END.plusSeconds(67));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);

        var on = afterACall(
                "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'typingGraceSeconds': 10, 'atDeadline': 'DEFER'}");
        for (int second = 58; second < 70; second++) {
            input(on, END.plusSeconds(second));
            on.sweep(END.plusSeconds(second));
        }
        assertThat(on.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        input(on, END.plusSeconds(70));
        on.sweep(END.plusSeconds(70));
        assertThat(on.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(on.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60));
    }

    @Test
    void whoDoesNothingUntilTheTimeRunsOutGetsNoFurtherWork() {
        String policy = "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'noResponseSeconds': 30, 'atDeadline': 'DEFER'}";
        var away = afterACall(policy);
        away.sweep(END.plusSeconds(60));
        assertThat(away.agent("ann").state()).isEqualTo(AgentState.NOT_READY);
        assertThat(away.agent("ann").reason()).isEqualTo("NO_RESPONSE");

        var atWork = afterACall(policy);
        input(atWork, END.plusSeconds(31));
        atWork.sweep(END.plusSeconds(60));
        assertThat(atWork.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);

        var chose = afterACall(policy);
        chose.change(
                chose.wrapUp("call").id(),
                s -> chose.rules.wants(s, new NextState(AgentState.AVAILABLE, null), true, "f", END.plusSeconds(1)));
        chose.sweep(END.plusSeconds(60));
        assertThat(chose.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aSwitchThatSaysAgainWhoIsThereDropsNoChoice() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        desk.change(
                desk.wrapUp("call").id(),
                s -> desk.rules.wants(s, new NextState(AgentState.NOT_READY, "BREAK"), true, "f", END.plusSeconds(1)));
        desk.receive(
                new ContactEvent.AgentSignedIn(
                        at(END.plusSeconds(10)), agentId("ann"), null, null, null, null, null, null, null),
                END.plusSeconds(10));
        desk.sweep(END.plusSeconds(60));

        assertThat(desk.agent("ann").reason()).isEqualTo("BREAK");
    }

    @Test
    void aHoldThatBecomesKnownLateMovesNoDeadline() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        Instant late = END.plusSeconds(58);
        desk.receive(
                new ContactEvent.Held(
                        new ContactEvent.Envelope("switch", "held", END.minusSeconds(20), late),
                        interaction("call"),
                        agentId("ann"),
                        null),
                late);

        assertThat(desk.wrapUp("call").span().held()).hasSeconds(20);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60));
    }

    @Test
    void theClockStandsStillWhileTheAgentCallsOut() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        Instant out = END.plusSeconds(20);
        desk.receive(List.of(outbound("callback", out), connected("callback", out, LegRole.PRIMARY)), out);

        desk.sweep(END.plusSeconds(500));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.leaks).isEmpty();

        desk.receive(
                new ContactEvent.Ended(at(END.plusSeconds(50)), interaction("callback"), null), END.plusSeconds(501));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60 + 30));
    }

    @Test
    void aWaitWhileTheClockStandsStillAnywayGivesNothing() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        Instant out = END.plusSeconds(20);
        desk.receive(List.of(outbound("callback", out), connected("callback", out, LegRole.PRIMARY)), out);
        waited(desk, "crm-1", END.plusSeconds(24), 8); // 4 of its seconds before the call

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60 + 4));
        desk.receive(
                new ContactEvent.Ended(at(END.plusSeconds(50)), interaction("callback"), null), END.plusSeconds(50));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60 + 4 + 30));
    }

    @Test
    void whatTheSwitchForcesOnAnAgentIsALeakAndStopsNoClock() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        desk.receive(connected("forced", END.plusSeconds(20), LegRole.PRIMARY), END.plusSeconds(20));

        assertThat(desk.leaks).hasSize(1);
        desk.sweep(END.plusSeconds(60));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void whatAnAgentWaitsForOurSystemsIsGivenBackOnceAndWithinACap() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'systemWaitSeconds': 15}");
        waited(desk, "crm-1", END.plusSeconds(20), 8);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(68));
        waited(desk, "crm-1", END.plusSeconds(20), 8);
        waited(desk, "crm-2", END.plusSeconds(22), 6); // 4 of its 6 seconds are known
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(70));
        waited(desk, "crm-3", END.plusSeconds(50), 20);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(75));
        assertThat(WindowClock.systemWait(desk.wrapUp("call"))).isEqualTo(seconds(30));
    }

    @Test
    void aDraftThatIsLateGivesItsTimeBackOnce() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'systemWaitSeconds': 15}");
        waitedForADraft(desk, END.minusSeconds(5), END.plusSeconds(8));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(68));
        waitedForADraft(desk, END.plusSeconds(20), END.plusSeconds(24));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(68));

        var overdue = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        overdue.sweep(END.plusSeconds(60));
        waitedForADraft(overdue, END, END.plusSeconds(70));
        assertThat(overdue.wrapUp("call").status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(overdue.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60));
        assertThat(WindowClock.systemWait(overdue.wrapUp("call"))).hasSeconds(70);
    }

    private static void waitedForADraft(PureDesk desk, Instant since, Instant until) {
        var id = desk.wrapUp("call").id();
        desk.change(id, s -> WindowRules.systemWaited(s, id, "draft", since, until));
    }

    @Test
    void moreTimeForAnOverdueWindowIsThereAfterTheCallOut() {
        var desk = afterACall(
                "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'OVERDUE', 'extensions': {'count': 1, 'seconds': 30}}");
        desk.sweep(END.plusSeconds(80));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OVERDUE);
        Instant out = END.plusSeconds(90);
        desk.receive(List.of(outbound("callback", out), connected("callback", out, LegRole.PRIMARY)), out);

        var id = desk.wrapUp("call").id();
        desk.change(id, s -> WindowRules.extended(s, id, null, END.plusSeconds(110)));
        desk.sweep(END.plusSeconds(300));
        Instant back = END.plusSeconds(300);
        desk.receive(new ContactEvent.Ended(at(back), interaction("callback"), null), back);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(back.plusSeconds(30));
    }

    @Test
    void aWaitDuringTheCallGivesNothing() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        waited(desk, "crm-1", END.plusSeconds(3), 10);

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(63));
    }

    @Test
    void nobodyOwesMoreThanThePolicyAllows() {
        var desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'deferralCap': 1}");
        defer(desk, END.plusSeconds(10));
        Instant next = END.plusSeconds(100);
        desk.receive(connected("next", END.plusSeconds(20), LegRole.PRIMARY), END.plusSeconds(20));
        desk.receive(new ContactEvent.Ended(at(next), interaction("next"), null), next);

        var id = desk.wrapUp("next").id();
        assertThatThrownBy(() -> desk.change(
                        id,
                        s -> desk.rules.deferred(
                                s, id, AfterCallRules.Deferral.toTheAgent("later"), next.plusSeconds(5))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("owes 1 records");
        desk.sweep(next.plusSeconds(60));

        assertThat(desk.wrapUp("next").status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(desk.agent("ann").owed()).isOne();
    }

    @Test
    void aConsultedAgentHasAWindowWhereThePolicySaysSo() {
        for (boolean wanted : List.of(true, false)) {
            var desk = new PureDesk(APolicy.of("p", "{'consults': %s}".formatted(wanted)));
            desk.receive(connected("call", NINE, LegRole.CONSULT), NINE);
            desk.receive(ended("call"), END);

            assertThat(desk.wrapUp("call").state().holds()).isEqualTo(wanted);
            assertThat(desk.agent("ann").heldUnits()).isEqualTo(wanted ? 1 : 0);
        }
    }

    @Test
    void anAttemptThatFailedHasAWindowWhereThePolicySaysSo() {
        for (boolean wanted : List.of(true, false)) {
            var desk = new PureDesk(APolicy.of("p", "{'failedAttempts': %s}".formatted(wanted)));
            desk.receive(
                    List.of(
                            new ContactEvent.AgentSignedIn(
                                    at(NINE.minusSeconds(1)), agentId("ann"), null, null, null, null, null, null, null),
                            outbound("call", NINE),
                            new ContactEvent.Failed(at(NINE), interaction("call"), agentId("ann"), "busy")),
                    NINE);

            assertThat(desk.wrapUps()).hasSize(wanted ? 1 : 0);
            assertThat(desk.agent("ann").heldUnits()).isEqualTo(wanted ? 1 : 0);
        }
    }

    @Test
    void anAttemptDuringAContactIsNoneOfItsOwn() {
        var desk = duringACall("{'failedAttempts': true}");
        desk.receive(new ContactEvent.Failed(at(END), interaction("call"), agentId("ann"), "busy"), END);

        assertThat(desk.wrapUps()).hasSize(1);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
    }

    @Test
    void anotherCallTypeAsksForItsPartsAndGivesItsWindowIfThatIsLonger() {
        var desk = new PureDesk(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 45, 'requiredParts': ['/disposition']}"),
                APolicy.of("short", "{'callType': 'HOURS'}", "{'windowSeconds': 20, 'requiredParts': ['/tags']}"),
                APolicy.of("long", "{'callType': 'CLAIM'}", "{'windowSeconds': 90, 'requiredParts': ['/summary']}"));
        desk.receive(connected("call", NINE, LegRole.PRIMARY), NINE);
        desk.receive(ended("call"), END);

        choose(desk, new WrapUp.Choice("HOURS", false));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(45));
        assertThat(desk.wrapUp("call").fixedPolicy().requiredParts()).containsExactly("/tags");
        choose(desk, new WrapUp.Choice("CLAIM", false));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));
        choose(desk, new WrapUp.Choice("HOURS", false));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));
        assertThat(desk.wrapUp("call").fixedPolicy().rule()).isEqualTo("all");
    }

    @Test
    void anEscalatedContactIsOfHighComplexity() {
        var desk = new PureDesk(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 45}"),
                APolicy.of("high", "{'complexity': 'HIGH'}", "{'windowSeconds': 120}"));
        desk.receive(connected("call", NINE, LegRole.PRIMARY), NINE);
        desk.receive(ended("call"), END);

        choose(desk, new WrapUp.Choice(null, true));

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(120));
    }

    @Test
    void theCallTypeThatAnAgentChoseDuringTheCallDecidesWhereNoEventNamedOne() {
        var desk = new PureDesk(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 45}"),
                APolicy.of("hours", "{'callType': 'HOURS'}", "{'windowSeconds': 20}"));
        desk.receive(connected("call", NINE, LegRole.PRIMARY), NINE);
        choose(desk, new WrapUp.Choice("HOURS", false));
        desk.receive(ended("call"), END);

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(20));
        assertThat(desk.wrapUp("call").fixedPolicy().rule()).isEqualTo("hours");
    }

    /** An event that comes in at once. */
    private ContactEvent.Envelope at(Instant time) {
        return new ContactEvent.Envelope("switch", "e" + events++, time, time);
    }

    private PureDesk duringACall(String settings) {
        var desk = new PureDesk(APolicy.of("p", settings));
        desk.receive(connected("call", NINE, LegRole.PRIMARY), NINE);
        return desk;
    }

    private PureDesk afterACall(String settings) {
        PureDesk desk = duringACall(settings);
        desk.receive(ended("call"), END);
        return desk;
    }

    private ContactEvent connected(String call, Instant at, LegRole role) {
        return new ContactEvent.Connected(at(at), interaction(call), agentId("ann"), null, role);
    }

    private ContactEvent ended(String call) {
        return new ContactEvent.Ended(at(END), interaction(call), null);
    }

    private ContactEvent outbound(String call, Instant at) {
        return new ContactEvent.Started(
                at(at),
                interaction(call),
                new InteractionDetails(Channel.VOICE, Direction.OUTBOUND, null, null, null, null, null, Map.of()));
    }

    private void waited(PureDesk desk, String id, Instant until, double seconds) {
        desk.receive(
                new ContactEvent.DesktopApp(
                        new ContactEvent.Envelope(
                                "desktop", id + desk.wrapUp("call").sequence(), until, until),
                        agentId("ann"),
                        "CRM",
                        true,
                        seconds,
                        interaction("call")),
                until);
    }

    private static void write(PureDesk desk, String part) {
        desk.change(
                desk.wrapUp("call").id(), s -> s.with(desk.wrapUp("call").written(Set.of(part), END.minusSeconds(30))));
    }

    private static void input(PureDesk desk, Instant at) {
        var id = desk.wrapUp("call").id();
        desk.change(id, s -> WindowRules.input(s, id, at));
    }

    private static void request(PureDesk desk, Instant at) {
        desk.change(desk.wrapUps().getFirst().id(), s -> desk.rules.requested(s, at));
    }

    private static void complete(PureDesk desk, Instant at, @Nullable NextState next) {
        var id = desk.wrapUp("call").id();
        desk.change(id, s -> desk.rules.completed(s, id, DONE, "user:ann", next, at));
    }

    private static void defer(PureDesk desk, Instant at) {
        var id = desk.wrapUp("call").id();
        desk.change(id, s -> desk.rules.deferred(s, id, AfterCallRules.Deferral.toTheAgent("later"), at));
    }

    private static void choose(PureDesk desk, WrapUp.Choice choice) {
        var id = desk.wrapUp("call").id();
        desk.change(
                id,
                s -> desk.rules.chosen(s, id, choice, InteractionDetails.UNKNOWN, desk.policies, END.plusSeconds(1)));
    }
}
