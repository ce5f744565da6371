package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
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
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpState.Cause;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several records of one leg: one window, one hold, and an end for each. */
class SplitRulesTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);
    private static final WrapUp.Result DONE = new WrapUp.Result("DONE", null, 0, 0, null);

    private int events;

    @Test
    void aPartTakesNoUnitsAndSharesTheWindow() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUp part = desk.find(desk.split(first(desk)));

        assertThat(part.status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(part.partOf()).isEqualTo(first(desk));
        assertThat(part.deadline()).isEqualTo(END.plusSeconds(60));
        assertThat(part.legUnits() + part.heldUnits()).isZero();
        assertThat(desk.agent("ann").heldUnits()).isOne();
        assertThat(AfterCallRules.dueAt(desk.situation(agentId("ann")), part)).isEmpty();
    }

    @Test
    void theAgentStaysUntilTheLastRecordIsConfirmed() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));

        confirm(desk, first(desk), 20, null);
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.COMPLETED);
        assertThat(desk.wrapUp("call").state().releasedAt()).isNull();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);

        confirm(desk, part, 45, new NextState(AgentState.NOT_READY, "BREAK"));
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(45));
        assertThat(desk.find(part).acwTime()).isNull();
        assertThat(desk.agent("ann").reason()).isEqualTo("BREAK");
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void whoConfirmsThePartFirstStaysForTheOther() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));

        confirm(desk, part, 20, null);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        confirm(desk, first(desk), 30, null);

        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(30));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void theDeadlineTakesEffectOnceForAllThatIsOpen() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        WrapUpId other = desk.split(part);
        confirm(desk, first(desk), 20, null);
        confirm(desk, other, 25, null);

        desk.sweep(END.plusSeconds(60));

        assertThat(desk.find(part).state()).isInstanceOfSatisfying(WrapUpState.Deferred.class, owed -> {
            assertThat(owed.cause()).isEqualTo(Cause.DEADLINE);
            assertThat(owed.releasedAt()).isEqualTo(END.plusSeconds(60));
        });
        assertThat(desk.find(part).cut()).isTrue();
        // nobody knows how long it would have taken
        assertThat(desk.wrapUp("call").cut()).isTrue();
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(60));
        assertThat(desk.find(other).cut()).isFalse();
        assertThat(desk.agent("ann").owed()).isOne();
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void beyondTheDeadlineAPartHoldsItsAgentLikeAnyWindow() {
        PureDesk desk = afterACall("'atDeadline': 'OVERDUE'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 20, null);
        desk.sweep(END.plusSeconds(60));
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(desk.agent("ann").heldUnits()).isOne();

        WrapUpId late = desk.split(part);
        assertThat(desk.find(late).status()).isEqualTo(WrapUpStatus.OVERDUE);
        confirm(desk, part, 70, null);
        assertThat(desk.agent("ann").heldUnits()).isOne();
        confirm(desk, late, 80, null);

        assertThat(desk.agent("ann").heldUnits()).isZero();
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(80));
        assertThat(desk.wrapUp("call").cut()).isFalse();
    }

    @Test
    void whereOwingIsCappedAllOfTheLegOrNothingIsDeferred() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER', 'deferralCap': 1");
        WrapUpId part = desk.split(first(desk));

        desk.sweep(END.plusSeconds(60));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OVERDUE);
        assertThat(desk.agent("ann").owed()).isZero();
    }

    @Test
    void moreTimeForOneIsMoreTimeForAll() {
        PureDesk desk = afterACall("'atDeadline': 'OVERDUE', 'extensions': {'count': 1, 'seconds': 30}");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 20, null);
        desk.sweep(END.plusSeconds(60));

        desk.change(part, s -> WindowRules.extended(s, part, null, END.plusSeconds(70)));

        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(100));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(100));
        assertThatThrownBy(() -> desk.change(part, s -> WindowRules.extended(s, part, null, END.plusSeconds(71))))
                .hasMessageContaining("All 1 extensions");
        desk.sweep(END.plusSeconds(100));
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OVERDUE);
    }

    @Test
    void aDowntimeIsGivenBackToTheLegOnce() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 20, null);

        for (WrapUp holding : desk.situation(agentId("ann")).holding()) {
            desk.change(
                    holding.id(),
                    s -> WindowRules.outageCredited(
                            s, holding.id(), END.plusSeconds(30), END.plusSeconds(40), seconds(60)));
        }

        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(70));
        assertThat(desk.find(part).credits()).hasSize(1);
    }

    @Test
    void aCallOutOfTheWindowStopsItForWhatWasSplitOff() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 10, null);
        desk.receive(outbound("out", END.plusSeconds(20)), END.plusSeconds(20));
        desk.receive(connected("out", END.plusSeconds(20)), END.plusSeconds(20));
        desk.sweep(END.plusSeconds(65));
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OPEN);

        desk.receive(ended("out", END.plusSeconds(80)), END.plusSeconds(80));

        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(120));
        assertThat(desk.wrapUp("call").deadline()).isEqualTo(END.plusSeconds(120));
    }

    @Test
    void whoTypesInOneRecordIsNotCutOffInTheOther() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER', 'typingGraceSeconds': 20");
        WrapUpId part = desk.split(first(desk));

        desk.write(part, Set.of("/summary"), END.plusSeconds(59));
        desk.sweep(END.plusSeconds(60));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        desk.sweep(END.plusSeconds(62));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void eachIsPutOffByItselfAndTheAgentGoesWithTheLast() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER', 'deferrable': true");
        WrapUpId part = desk.split(first(desk));

        defer(desk, first(desk), 10);
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").owed()).isOne();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        confirm(desk, part, 40, null);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(40));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aSupervisorEndsOneAndTheOtherGoesOn() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));

        desk.change(first(desk), s -> desk.rules.ended(s, first(desk), "wrong", END.plusSeconds(5)));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(desk.agent("ann").heldUnits()).isOne();
        desk.change(part, s -> desk.rules.ended(s, part, "wrong", END.plusSeconds(8)));

        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(desk.wrapUp("call").acwTime()).isEqualTo(seconds(8));
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void whoSignsOutOwesWhatIsOpenAndIsHeldByNothing() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 10, null);
        Instant out = END.plusSeconds(20);

        desk.receive(new ContactEvent.AgentSignedOut(at(out), agentId("ann"), null), out);

        assertThat(desk.find(part).state())
                .isInstanceOfSatisfying(
                        WrapUpState.Deferred.class,
                        owed -> assertThat(owed.cause()).isEqualTo(Cause.SIGNED_OUT));
        assertThat(desk.wrapUp("call").state().releasedAt()).isEqualTo(out);
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void aPartIsReopenedIntoTheWindowAsLongAsThereIsOne() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, part, 10, null);
        reopen(desk, part, 12);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OPEN);

        confirm(desk, first(desk), 20, null);
        confirm(desk, part, 22, null);
        reopen(desk, part, 25);

        assertThat(desk.find(part).state())
                .isInstanceOfSatisfying(
                        WrapUpState.Deferred.class,
                        owed -> assertThat(owed.cause()).isEqualTo(Cause.REOPENED));
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void theFirstIsReopenedIntoTheWindowThatItsPartsKeepOpen() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 10, null);
        reopen(desk, first(desk), 15);
        confirm(desk, part, 20, null);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.agent("ann").heldUnits()).isOne();
        desk.sweep(END.plusSeconds(60));
        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
    }

    @Test
    void whatIsSplitDuringTheCallOpensAtItsEnd() {
        PureDesk desk = duringACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.PREPARING);

        desk.receive(ended("call", END), END);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(60));

        desk.receive(left("call", END.minusSeconds(30)), END.plusSeconds(1));
        assertThat(desk.find(part).span()).isEqualTo(desk.wrapUp("call").span());
        assertThat(desk.find(part).deadline())
                .isEqualTo(desk.wrapUp("call").deadline())
                .isEqualTo(END.plusSeconds(30));
    }

    @Test
    void whereThereIsNoWindowAPartIsOwed() {
        var desk = new PureDesk(APolicy.of("p", "{'mode': 'OPTIONAL'}"));
        desk.receive(connected("call", NINE), NINE);
        WrapUpId part = desk.split(first(desk));
        desk.receive(ended("call", END), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.EXPIRED);
        assertThat(desk.find(part).state())
                .isInstanceOfSatisfying(
                        WrapUpState.Deferred.class,
                        owed -> assertThat(owed.cause()).isEqualTo(Cause.BEGUN));
        assertThat(desk.agent("ann").owed()).isOne();
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aWindowThatIsAskedForAfterwardsIsForItsPartsToo() {
        var desk = new PureDesk(APolicy.of("p", "{'mode': 'ON_REQUEST', 'windowSeconds': 40}"));
        desk.receive(connected("call", NINE), NINE);
        WrapUpId part = desk.split(first(desk));
        desk.receive(ended("call", END), END);

        desk.change(part, s -> desk.rules.requested(s, END.plusSeconds(5)));

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(40));
        assertThat(desk.agent("ann").owed()).isZero();
    }

    @Test
    void whatIsSplitOffARecordThatIsOwedIsOwedLikeIt() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER', 'deferrable': true");
        defer(desk, first(desk), 20);
        WrapUp part = desk.find(desk.split(first(desk)));

        var owed = (WrapUpState.Deferred) desk.wrapUp("call").state();
        assertThat(part.state()).isInstanceOfSatisfying(WrapUpState.Deferred.class, split -> {
            assertThat(split.cause()).isEqualTo(Cause.SPLIT);
            assertThat(split.dueAt()).isEqualTo(owed.dueAt());
            assertThat(split.owner()).isEqualTo(owed.owner());
        });
        assertThat(desk.agent("ann").owed()).isEqualTo(2);
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void whatIsDoneWithIsSplitNoMore() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        confirm(desk, first(desk), 20, null);

        assertThatThrownBy(() -> desk.split(first(desk))).hasMessageContaining("still to be written");
    }

    @Test
    void aLegHasTwentyPartsAndNoMore() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'");
        for (int i = 0; i < SplitRules.MOST_PARTS; i++) {
            desk.split(first(desk));
        }

        assertThatThrownBy(() -> desk.split(first(desk))).hasMessageContaining("has 20 parts");
    }

    @Test
    void aWindowThatMayNotBeLeftHoldsToItsDeadlineWhateverIsConfirmed() {
        PureDesk desk = afterACall("'atDeadline': 'DEFER'", "TIMEBOXED_FIXED");
        WrapUpId part = desk.split(first(desk));
        confirm(desk, first(desk), 10, null);
        confirm(desk, part, 20, null);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);

        desk.sweep(END.plusSeconds(60));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(desk.wrapUp("call").cut()).isFalse();
    }

    @Test
    void anotherCallTypeOfAPartAsksForItsPartsAndMovesNoDeadline() {
        var desk = new PureDesk(
                APolicy.of("all", "{'mode': 'TIMEBOXED', 'windowSeconds': 45, 'requiredParts': ['/disposition']}"),
                APolicy.of("long", "{'callType': 'CLAIM'}", "{'windowSeconds': 90, 'requiredParts': ['/summary']}"));
        desk.receive(connected("call", NINE), NINE);
        desk.receive(ended("call", END), END);
        WrapUpId part = desk.split(first(desk));

        desk.change(
                part,
                s -> desk.rules.chosen(
                        s,
                        part,
                        new WrapUp.Choice("CLAIM", false),
                        InteractionDetails.UNKNOWN,
                        desk.policies,
                        END.plusSeconds(1)));

        assertThat(desk.find(part).fixedPolicy().requiredParts()).containsExactly("/summary");
        assertThat(desk.find(part).deadline()).isEqualTo(END.plusSeconds(45));
        assertThat(desk.wrapUp("call").fixedPolicy().requiredParts()).containsExactly("/disposition");
    }

    @Test
    void aSupervisorWhoReleasesTheLegReleasesAllOfIt() {
        PureDesk desk = duringACall("'atDeadline': 'DEFER'");
        WrapUpId part = desk.split(first(desk));

        desk.release(desk.wrapUp("call"), END);

        assertThat(desk.wrapUp("call").status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.find(part).status()).isEqualTo(WrapUpStatus.DEFERRED);
        assertThat(desk.agent("ann").heldUnits()).isZero();
        assertThat(desk.agent("ann").owed()).isEqualTo(2);
    }

    private WrapUpId first(PureDesk desk) {
        return desk.wrapUp("call").id();
    }

    private PureDesk duringACall(String settings) {
        return duringACall(settings, "TIMEBOXED");
    }

    private PureDesk duringACall(String settings, String mode) {
        var desk = new PureDesk(APolicy.of("p", """
                {'mode': '%s', 'windowSeconds': 60, 'requiredParts': [], 'noResponseSeconds': 0, %s}""".formatted(mode, settings)));
        desk.receive(connected("call", NINE), NINE);
        return desk;
    }

    private PureDesk afterACall(String settings) {
        return afterACall(settings, "TIMEBOXED");
    }

    private PureDesk afterACall(String settings, String mode) {
        PureDesk desk = duringACall(settings, mode);
        desk.receive(ended("call", END), END);
        return desk;
    }

    private static void confirm(PureDesk desk, WrapUpId id, int second, @Nullable NextState next) {
        desk.change(id, s -> desk.rules.completed(s, id, DONE, "user:ann", next, END.plusSeconds(second)));
    }

    private static void reopen(PureDesk desk, WrapUpId id, int second) {
        desk.change(id, s -> desk.rules.reopened(s, id, END.plusSeconds(second)));
    }

    private static void defer(PureDesk desk, WrapUpId id, int second) {
        desk.change(
                id,
                s -> desk.rules.deferred(s, id, AfterCallRules.Deferral.toTheAgent("later"), END.plusSeconds(second)));
    }

    private ContactEvent.Envelope at(Instant time) {
        return new ContactEvent.Envelope("switch", "e" + events++, time, time);
    }

    private ContactEvent connected(String call, Instant at) {
        return new ContactEvent.Connected(at(at), interaction(call), agentId("ann"), null, LegRole.PRIMARY);
    }

    private ContactEvent ended(String call, Instant at) {
        return new ContactEvent.Ended(at(at), interaction(call), null);
    }

    private ContactEvent left(String call, Instant at) {
        return new ContactEvent.Left(at(at), interaction(call), agentId("ann"), null);
    }

    private ContactEvent outbound(String call, Instant at) {
        return new ContactEvent.Started(
                at(at),
                interaction(call),
                new InteractionDetails(Channel.VOICE, Direction.OUTBOUND, null, null, null, null, null, Map.of()));
    }
}
