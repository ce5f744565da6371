package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.afterword.wrapup.internal.PureDesk.timeboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
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

        desk.change(id, s -> WindowRules.extended(s, id, null, END.plusSeconds(50)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));

        assertThatThrownBy(() -> desk.change(id, s -> WindowRules.extended(s, id, null, END.plusSeconds(51))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("All 1 extensions");
    }

    @Test
    void anExtensionOfAnOverdueWindowCountsFromNow() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        var id = desk.wrapUp("call").id();
        desk.sweep(END.plusSeconds(100));

        desk.change(id, s -> WindowRules.extended(s, id, null, END.plusSeconds(100)));

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
    void anEarlierSignOutCountsThoughWhereTheAgentWasAtTheEndIsFoldedIn() {
        var desk = afterACall(timeboxed(3600, AtDeadline.OVERDUE)).forgetting();
        for (int second = 1; second < 10; second++) {
            Instant at = END.plusSeconds(second);
            desk.receive(new ContactEvent.AgentReady(sw.at(at), agentId("ann")), at);
        }
        Instant out = END.plusSeconds(1800);
        desk.receive(signedOut(out), out);
        assertThat(desk.agent("ann").knowsPresenceAt(END)).isFalse();
        assertThat(desk.wrapUp("call").state().releasedAt()).isEqualTo(out);

        desk.receive(signedOut(out.minusSeconds(2)), out.plusSeconds(1));

        assertThat(desk.wrapUp("call").state().releasedAt()).isEqualTo(out.minusSeconds(2));
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

        desk.change(id, s -> outage(s, id, END.plusSeconds(20), END.plusSeconds(50)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(90));

        desk.change(id, s -> outage(s, id, END.plusSeconds(10), END.plusSeconds(500)));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(150));
    }

    private static Situation outage(Situation situation, WrapUpId id, Instant from, Instant until) {
        return WindowRules.outageCredited(situation, id, from, until, seconds(60));
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
                s -> desk.rules.deferredByOverride(
                        s, id, AfterCallRules.Deferral.toTheAgent("signedOut"), END.plusSeconds(5)));

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
                s -> desk.rules.deferredByOverride(
                        s, id, AfterCallRules.Deferral.toTheAgent("signedOut"), END.plusSeconds(5)));

        desk.receive(
                new ContactEvent.AgentSignedOut(
                        new ContactEvent.Envelope("switch", "out", END.plusSeconds(9), END.plusSeconds(9)),
                        agentId("ann"),
                        null),
                END.plusSeconds(9));

        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(5));
    }

    @Test
    void aCallThatEndsAsItIsAnsweredHoldsNobodyForEver() {
        for (boolean endFirst : List.of(true, false)) {
            var desk = new PureDesk(timeboxed(60, AtDeadline.DEFER));
            var ended = new ContactEvent.Ended(sw.at(NINE.minusMillis(50)), interaction("call"), null);
            desk.receive(endFirst ? ended : connected("call"), NINE);
            desk.receive(endFirst ? connected("call") : ended, NINE);

            assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
            assertThat(desk.wrapUp("call").openedAt()).isEqualTo(NINE);
            assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        }
    }

    @Test
    void aConnectLongAfterTheEndOfItsContactBeginsALegThatIsOn() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.DEFER));
        desk.receive(
                List.of(
                        new ContactEvent.Ended(sw.at(NINE.minusSeconds(3)), interaction("call"), null),
                        connected("call")),
                NINE);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
    }

    @Test
    void aLegWhoseEndIsLostIsReleasedByASupervisor() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(connected("lost"), NINE);

        desk.release(desk.wrapUp("lost"), END);

        assertThat(desk.wrapUp("lost").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").carried()).isZero();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        desk.receive(new ContactEvent.Ended(sw.at(END.minusSeconds(40)), interaction("lost"), null), END);
        assertThat(desk.wrapUp("lost").openedAt()).isEqualTo(END.minusSeconds(40));
        assertThat(desk.wrapUp("lost").status()).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void whoSignsOutBeforeTheCallEndsIsNotHeldAfterIt() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(connected("call"), NINE);
        desk.receive(signedOut(END.minusSeconds(1)), END);
        desk.receive(new ContactEvent.Ended(sw.at(END), interaction("call"), null), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(0));
        assertThat(desk.agent("ann").carried()).isZero();
    }

    @Test
    void anEarlierSignOutThatComesLaterCorrectsSinceWhenNothingHeldTheAgent() {
        var desk = afterACall(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(signedOut(END.plusSeconds(9)), END.plusSeconds(10));
        desk.receive(signedOut(END.plusSeconds(3)), END.plusSeconds(10));

        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(3));
        assertThat(desk.agent("ann").heldUnitsAt(END.plusSeconds(5))).isZero();
    }

    @Test
    void whoTurnsOutToHaveComeBackBeforeTheEndIsHeldAfterAll() {
        var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
        desk.receive(connected("call"), NINE);
        desk.receive(signedOut(END.minusSeconds(5)), END);
        desk.receive(new ContactEvent.Ended(sw.at(END), interaction("call"), null), END);
        desk.receive(signedIn(END.minusSeconds(2), null, null), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.wrapUp("call").wasDeferred()).isFalse();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
    }

    @Test
    void aLeakIsCountedOnceInWhateverOrderItBecomesKnown() {
        var later = new PureDesk.Switch(END.plusSeconds(6));
        ContactEvent begun =
                new ContactEvent.Connected(later.at(NINE), interaction("call"), agentId("ann"), null, LegRole.PRIMARY);
        ContactEvent first = new ContactEvent.Ended(later.at(END), interaction("call"), null);
        ContactEvent forced = new ContactEvent.Connected(
                later.at(END.plusSeconds(5)), interaction("forced"), agentId("ann"), null, LegRole.PRIMARY);
        ContactEvent offered =
                new ContactEvent.Offered(later.at(END.plusSeconds(4)), interaction("forced"), agentId("ann"), null);
        Instant now = END.plusSeconds(6);
        for (List<List<ContactEvent>> batches : List.of(
                List.of(List.of(begun, first, offered, forced)),
                List.of(List.of(begun), List.of(forced), List.of(offered), List.of(first)))) {
            var desk = new PureDesk(timeboxed(60, AtDeadline.OVERDUE));
            batches.forEach(batch -> desk.receive(batch, now));
            desk.receive(new ContactEvent.AgentReady(later.at(now), agentId("ann")), now);

            assertThat(desk.leaks).extracting(BatchRules.Leak::kind).containsExactlyInAnyOrder("offered", "connected");
        }
    }

    @Test
    void whatWasChosenForAfterTheWrapUpEndsWithTheNextChoiceAndWithTheDay() {
        var lunch = new NextState(AgentState.NOT_READY, "LUNCH");
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();
        desk.change(id, s -> desk.rules.wants(s, lunch, true, "f1", END.plusSeconds(5)));
        desk.change(
                id,
                s -> desk.rules.wants(s, new NextState(AgentState.AVAILABLE, null), false, "f2", END.plusSeconds(6)));
        assertThat(desk.agent("ann").afterWrapUp()).isNull();

        desk.change(id, s -> desk.rules.wants(s, lunch, true, "f3", END.plusSeconds(7)));
        desk.receive(signedOut(END.plusSeconds(8)), END.plusSeconds(8));
        assertThat(desk.agent("ann").afterWrapUp()).isNull();
    }

    @Test
    void payingADebtCarriesWhatTheAgentWantsNextButBringsNobodyBack() {
        var desk = afterACall(timeboxed(60, AtDeadline.DEFER));
        var id = desk.wrapUp("call").id();
        desk.sweep(END.plusSeconds(60));
        var lunch = new NextState(AgentState.NOT_READY, "LUNCH");
        var result = new WrapUp.Result("DONE", null, 0, 0, null);

        desk.change(id, s -> desk.rules.completed(s, id, result, "user:ann", lunch, END.plusSeconds(70)));
        assertThat(desk.agent("ann").reason()).isEqualTo("LUNCH");

        desk.change(id, s -> desk.rules.reopened(s, id, END.plusSeconds(71)));
        desk.receive(signedOut(END.plusSeconds(72)), END.plusSeconds(72));
        desk.change(
                id,
                s -> desk.rules.completed(
                        s, id, result, "user:ann", new NextState(AgentState.AVAILABLE, null), END.plusSeconds(80)));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.OFFLINE);
    }

    @Test
    void anAgentIsKnownByTheNewestSignInThatSaysItInWhateverOrderTheyCome() {
        var older = signedIn(NINE, "Ann", "north");
        var newer = signedIn(NINE.plusSeconds(5), null, "south");
        for (List<ContactEvent> order : List.of(List.of(older, newer), List.of(newer, older))) {
            for (boolean atOnce : List.of(true, false)) {
                var desk = new PureDesk();
                if (atOnce) {
                    desk.receive(order, END);
                } else {
                    order.forEach(event -> desk.receive(event, END));
                }
                assertThat(desk.agent("ann").profile().name()).isEqualTo("Ann");
                assertThat(desk.agent("ann").profile().team()).isEqualTo("south");
            }
        }
    }

    private ContactEvent signedOut(Instant at) {
        return new ContactEvent.AgentSignedOut(
                new ContactEvent.Envelope("switch", "out" + at, at, at), agentId("ann"), null);
    }

    private static ContactEvent signedIn(Instant at, @Nullable String name, @Nullable String team) {
        return new ContactEvent.AgentSignedIn(
                new ContactEvent.Envelope("switch", "in" + at, at, at),
                agentId("ann"),
                name,
                team,
                null,
                null,
                null,
                null,
                null);
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
