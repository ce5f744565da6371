package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.afterword.catalog.PolicyRule.AtDeadline;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.junit.jupiter.api.Test;

class AfterCallRulesTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);

    private final PureDesk.Switch sw = new PureDesk.Switch(END);

    @Test
    void anAgentThatNobodyAnnouncedWantsWorkOnceItsFirstCallIsWrappedUp() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        desk.complete(desk.wrapUp("call").id(), END.plusSeconds(20));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(desk.agent("ann").presence().unannounced()).isTrue();
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(20));
    }

    @Test
    void theDeadlineOfADeferringPolicyReleasesTheAgentAndLeavesTheRecordOwed() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));

        desk.sweep(END.plusSeconds(59));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        desk.sweep(END.plusSeconds(60));

        assertThat(desk.wrapUp("call").state()).isInstanceOf(WrapUpState.Deferred.class);
        assertThat(desk.wrapUp("call").cut()).isTrue();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void theDeadlineOfAHoldingPolicyCountsAsOverrunAndKeepsTheAgentHeld() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));

        desk.sweep(END.plusSeconds(61));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(desk.agent("ann").isEligible(1, List.of(), END.plusSeconds(61)))
                .isFalse();
    }

    @Test
    void aWindowNeverEndsSoonerThanTenSecondsAfterTheEndOfItsCallBecameKnown() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.DEFER));
        Instant known = END.plusSeconds(58);
        desk.receive(connected("call"), NINE);
        desk.receive(
                new ContactEvent.Ended(
                        new ContactEvent.Envelope("switch", "end", END, known), interaction("call"), null),
                known);

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(known.plusSeconds(10));
    }

    @Test
    void anExtensionIsGivenAsOftenAsThePolicySays() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        var id = desk.wrapUp("call").id();

        desk.change(id, s -> desk.rules.extended(s, id, null, END.plusSeconds(50)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));

        assertThatThrownBy(() -> desk.change(id, s -> desk.rules.extended(s, id, null, END.plusSeconds(51))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("All 1 extensions");
    }

    @Test
    void anExtensionOfAnOverdueWindowCountsFromNow() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        var id = desk.wrapUp("call").id();
        desk.sweep(END.plusSeconds(100));

        desk.change(id, s -> desk.rules.extended(s, id, null, END.plusSeconds(100)));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(130));
    }

    @Test
    void aCompletionCarriesWhatTheAgentWantsNext() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();

        desk.change(
                id,
                s -> desk.rules.completed(
                        s,
                        id,
                        new WrapUp.Result("DONE", null, 0, 0, null),
                        "user:ann",
                        new NextState(AgentState.NOT_READY, "LUNCH"),
                        END.plusSeconds(20)));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.NOT_READY);
        assertThat(desk.agent("ann").reason()).isEqualTo("LUNCH");
    }

    @Test
    void reopeningGivesTheOldWindowBackToAFreeAgent() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();
        desk.complete(id, END.plusSeconds(20));

        desk.change(id, s -> desk.rules.reopened(s, id, END.plusSeconds(29)));

        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
    }

    @Test
    void reopeningWhileTheNextCallIsOnMakesTheRecordOwed() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();
        desk.complete(id, END.plusSeconds(20));
        desk.receive(
                new ContactEvent.Connected(
                        new ContactEvent.Envelope("switch", "next", END.plusSeconds(22), END.plusSeconds(22)),
                        interaction("next"),
                        agentId("ann"),
                        null,
                        LegRole.PRIMARY),
                END.plusSeconds(22));

        desk.change(id, s -> desk.rules.reopened(s, id, END.plusSeconds(25)));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
    }

    @Test
    void reopeningIsRefusedOnceItsTimeIsOver() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();
        desk.complete(id, END.plusSeconds(20));
        desk.sweep(END.plusSeconds(30));

        assertThatThrownBy(() -> desk.change(id, s -> desk.rules.reopened(s, id, END.plusSeconds(30))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("time for reopening is over");
    }

    @Test
    void signingOutTakesEffectAtOnceAndLeavesTheRecordOwedByTheSameAgent() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(
                new ContactEvent.AgentSignedOut(
                        new ContactEvent.Envelope("switch", "out", END.plusSeconds(5), END.plusSeconds(5)),
                        agentId("ann"),
                        null),
                END.plusSeconds(5));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.OFFLINE);
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").carried()).isZero();
    }

    @Test
    void anEndThatComesInAfterTheLatenessBoundFreesTheAgentWithoutAWindow() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(connected("call"), NINE);
        Instant late = END.plusSeconds(16 * 60);
        desk.receive(
                new ContactEvent.Ended(
                        new ContactEvent.Envelope("switch", "end", END, late), interaction("call"), null),
                late);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(desk.agent("ann").carried()).isZero();
    }

    @Test
    void aMonitorHasNoAfterCallWork() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(
                List.of(
                        new ContactEvent.Connected(
                                sw.at(NINE), interaction("call"), agentId("sam"), null, LegRole.MONITOR),
                        new ContactEvent.Ended(sw.at(END), interaction("call"), null)),
                END);

        assertThat(desk.wrapUps()).isEmpty();
        assertThat(desk.agent("sam").carried()).isZero();
    }

    @Test
    void aCallThatIsForcedOnAHeldAgentLeaksThroughTheGate() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(
                new ContactEvent.Connected(
                        new ContactEvent.Envelope("switch", "forced", END.plusSeconds(5), END.plusSeconds(5)),
                        interaction("forced"),
                        agentId("ann"),
                        null,
                        LegRole.PRIMARY),
                END.plusSeconds(5));

        assertThat(desk.leaks).hasSize(1);
        assertThat(desk.agent("ann").load(END.plusSeconds(5))).isEqualTo(2);
    }

    @Test
    void ourOwnDowntimeIsCreditedWithinItsCap() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();

        desk.change(id, s -> desk.rules.outageCredited(s, id, END.plusSeconds(20), END.plusSeconds(50)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));

        desk.change(id, s -> desk.rules.outageCredited(s, id, END.plusSeconds(10), END.plusSeconds(500)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(150));
    }

    @Test
    void whatTheDeadlineCutStaysKnownAsThatOnceItIsCompleted() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        desk.sweep(END.plusSeconds(60));

        desk.complete(desk.wrapUp("call").id(), END.plusSeconds(600));

        assertThat(desk.wrapUp("call").cut()).isTrue();
        assertThat(desk.wrapUp("call").wasDeferred()).isTrue();
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(60));
    }

    @Test
    void aDebtThatASupervisorEndsWasDeferredAllTheSame() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        var id = desk.wrapUp("call").id();
        desk.change(
                id,
                s -> desk.rules.deferred(s, id, WrapUpState.Owner.AGENT, null, "signedOut", true, END.plusSeconds(5)));

        desk.change(id, s -> desk.rules.ended(s, id, "not worth it", END.plusSeconds(50)));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(desk.wrapUp("call").wasDeferred()).isTrue();
        assertThat(desk.wrapUp("call").cut()).isFalse();
    }

    @Test
    void aReasonThatSomebodyTypesIsNotTakenForASignOut() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        var id = desk.wrapUp("call").id();
        desk.change(
                id,
                s -> desk.rules.deferred(s, id, WrapUpState.Owner.AGENT, null, "signedOut", true, END.plusSeconds(5)));

        desk.receive(
                new ContactEvent.AgentSignedOut(
                        new ContactEvent.Envelope("switch", "out", END.plusSeconds(9), END.plusSeconds(9)),
                        agentId("ann"),
                        null),
                END.plusSeconds(9));

        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(5));
    }

    private PureDesk afterACall(org.afterword.catalog.PolicyRule policy) {
        var desk = new PureDesk(policy);
        desk.receive(connected("call"), NINE);
        desk.receive(new ContactEvent.Ended(sw.at(END), interaction("call"), null), END);
        return desk;
    }

    private ContactEvent connected(String call) {
        return new ContactEvent.Connected(sw.at(NINE), interaction(call), agentId("ann"), null, LegRole.PRIMARY);
    }
}
