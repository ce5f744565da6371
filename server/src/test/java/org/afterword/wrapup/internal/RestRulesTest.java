package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicyRule;
import org.afterword.catalog.Queue;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentState;
import org.afterword.desk.Interval;
import org.afterword.desk.NextState;
import org.afterword.desk.Rest;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.junit.jupiter.api.Test;

/** When agents rest, and what of it counts. */
class RestRulesTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);

    private static final String BY_RULE = "{'seconds': 60, 'byRule': true, 'capSeconds': 120, 'capHours': 8}";
    private static final String ON_REQUEST = "{'seconds': 60, 'onRequest': true, 'capSeconds': 60, 'capHours': 8}";

    private int events;

    @Test
    void aRecoveryFollowsTheReleaseAndIsNoAfterCallWork() {
        var desk = afterACall(policy(BY_RULE));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);

        complete(desk, "call", 20);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
        assertThat(desk.agent("ann").since()).isEqualTo(END.plusSeconds(20));
        assertThat(desk.wrapUp("call").acwTime()).hasSeconds(20);
        assertThat(desk.agent("ann").carried()).isZero();
        assertThat(isEligible(desk, 79)).isFalse();
    }

    @Test
    void itEndsByItsTimeHoweverLateThatIsNoted() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);

        assertThat(isEligible(desk, 80)).isTrue();
        desk.sweep(END.plusSeconds(95));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(desk.agent("ann").since()).isEqualTo(END.plusSeconds(80));
        assertThat(desk.agent("ann").idleSince()).isEqualTo(END.plusSeconds(20));
    }

    @Test
    void othersAreShownThatTheAgentIsNotReady() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);

        var face = desk.agent("ann").face();

        assertThat(face.state()).isEqualTo(AgentState.NOT_READY);
        assertThat(face.wanted()).isEqualTo(AgentState.NOT_READY);
        assertThat(face.reason()).isNull();
        assertThat(face.wantedReason()).isNull();
    }

    @Test
    void whatTheAgentChoseShowsOnceItIsOver() {
        var desk = afterACall(policy(BY_RULE));
        change(desk, 10, s -> desk.rules.wants(s, new NextState(AgentState.NOT_READY, "LUNCH"), true, "f", at(10)));
        complete(desk, "call", 20);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);

        desk.sweep(END.plusSeconds(80));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.NOT_READY);
        assertThat(desk.agent("ann").reason()).isEqualTo("LUNCH");
    }

    @Test
    void itWaitsUntilNothingHoldsAndMeanwhileNothingMoreIsOffered() {
        var desk = new PureDesk(
                APolicy.of("first", "{'queue': 'first'}", "{'recovery': %s}".formatted(BY_RULE)),
                APolicy.of("all", "{'mode': 'OPTIONAL'}"));
        desk.receive(signedIn(3), NINE);
        chat(desk, "first", NINE);
        chat(desk, "other", NINE.plusSeconds(50));
        assertThat(isEligible(desk, -10)).isTrue();
        desk.receive(ended("first", END), END);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
        assertThat(desk.agent("ann").restsUntil()).isEqualTo(Instant.MAX);
        assertThat(isEligible(desk, 30)).isFalse();
        desk.receive(ended("other", END.plusSeconds(40)), END.plusSeconds(40));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
        assertThat(desk.agent("ann").restsUntil()).isEqualTo(END.plusSeconds(100));
    }

    @Test
    void whoDoesNotWantTimeForWhatIsOwedIsNotGivenItAgainSoon() {
        var queue = new Queue("calm", "Calm", List.of(), null, null, new Queue.Calm(0, 60, 100, 18));
        var desk = afterACall(APolicy.of(
                        "p",
                        "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'noResponseSeconds': 0}"))
                .forgetting();
        desk.sweep(at(70));
        assertThat(desk.agent("ann").owed()).isOne();

        change(desk, 80, s -> RestRules.protectedTime(s, queue, at(80)));
        change(desk, 80, s -> RestRules.ended(s, at(80)));
        for (int minute = 2; minute <= 18; minute++) {
            int second = minute * 60;
            desk.sweep(at(second));
            change(desk, second, s -> RestRules.protectedTime(s, queue, at(second)));
            assertThat(isEligible(desk, second)).isTrue();
        }
        int later = 80 + 18 * 60;
        change(desk, later, s -> RestRules.protectedTime(s, queue, at(later)));

        assertThat(isEligible(desk, later)).isFalse();
    }

    @Test
    void aContactThatIsForcedOnTheAgentEndsItForGood() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);
        desk.receive(connected("next", END.plusSeconds(30)), END.plusSeconds(30));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
        desk.publish(2, List.of(APolicy.of("all", "{'mode': 'OPTIONAL'}")));
        desk.receive(ended("next", END.plusSeconds(40)), END.plusSeconds(40));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(intervals(desk)).containsExactly(new Interval(END.plusSeconds(20), END.plusSeconds(30)));
        assertThat(desk.leaks).isEmpty();
    }

    @Test
    void aSignOutEndsItForGood() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);
        desk.receive(new ContactEvent.AgentSignedOut(event(at(30)), agentId("ann"), null), at(30));
        desk.receive(
                new ContactEvent.AgentSignedIn(event(at(40)), agentId("ann"), null, null, null, null, null, null, null),
                at(40));
        desk.receive(new ContactEvent.AgentReady(event(at(41)), agentId("ann")), at(41));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
        assertThat(isEligible(desk, 41)).isTrue();
        assertThat(intervals(desk)).containsExactly(new Interval(at(20), at(30)));
    }

    @Test
    void theAgentEndsIt() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);

        change(desk, 35, s -> RestRules.ended(s, at(35)));

        assertThat(isEligible(desk, 35)).isTrue();
        assertThat(desk.agent("ann").since()).isEqualTo(at(35));
    }

    @Test
    void whoTakesARecordBackRestsAfterIt() {
        var desk = afterACall(policy(BY_RULE));
        complete(desk, "call", 20);
        change(desk, 25, s -> desk.rules.reopened(s, desk.wrapUp("call").id(), at(25)));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);

        complete(desk, "call", 50);

        assertThat(desk.agent("ann").restsUntil()).isEqualTo(at(110));
        assertThat(intervals(desk)).containsExactly(new Interval(at(50), at(110)));
    }

    @Test
    void anEndThatTurnsOutToHaveBeenSoonerMovesIt() {
        var desk = afterACall(APolicy.of("p", "{'mode': 'OPTIONAL', 'recovery': %s}".formatted(BY_RULE)));
        desk.receive(new ContactEvent.Left(event(at(-30)), interaction("call"), agentId("ann"), null), at(5));

        assertThat(intervals(desk)).containsExactly(new Interval(at(-30), at(30)));
    }

    @Test
    void aCallTypeThatThePersonNamesBringsItsRecovery() {
        var desk = afterACall(
                APolicy.of("grief", "{'callType': 'BEREAVEMENT'}", "{'recovery': %s}".formatted(BY_RULE)),
                APolicy.of("all", "{'mode': 'DISCRETIONARY', 'requiredParts': []}"));
        change(
                desk,
                5,
                s -> desk.rules.chosen(
                        s,
                        desk.wrapUp("call").id(),
                        new WrapUp.Choice("BEREAVEMENT", false),
                        InteractionDetails.UNKNOWN,
                        desk.policies,
                        at(5)));

        complete(desk, "call", 20);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
    }

    @Test
    void whereTheWindowHoldsNoUnitsItBeginsAsTheCallTypeIsNamed() {
        var desk = afterACall(
                APolicy.of("grief", "{'callType': 'BEREAVEMENT'}", "{'recovery': %s}".formatted(BY_RULE)),
                APolicy.of("all", "{'mode': 'DISCRETIONARY', 'holdShare': 0.0, 'requiredParts': []}"));
        WrapUpId call = desk.wrapUp("call").id();
        for (int second : List.of(50, 55)) {
            var choice = new WrapUp.Choice("BEREAVEMENT", second == 55);
            change(
                    desk,
                    second,
                    s -> desk.rules.chosen(s, call, choice, InteractionDetails.UNKNOWN, desk.policies, at(second)));
        }

        assertThat(intervals(desk)).containsExactly(new Interval(at(50), at(110)));
    }

    @Test
    void whatAPartIsAboutBringsItsRecoveryAtTheEndOfTheLeg() {
        var desk = duringACall(
                APolicy.of("grief", "{'callType': 'BEREAVEMENT'}", "{'recovery': %s}".formatted(BY_RULE)),
                APolicy.of("all", "{'mode': 'DISCRETIONARY', 'requiredParts': []}"));
        WrapUpId part = desk.split(desk.wrapUp("call").id());
        change(
                desk,
                -5,
                s -> desk.rules.chosen(
                        s,
                        part,
                        new WrapUp.Choice("BEREAVEMENT", false),
                        InteractionDetails.UNKNOWN,
                        desk.policies,
                        at(-5)));
        desk.receive(ended("call", END), END);

        complete(desk, "call", 20);
        desk.complete(part, at(25));

        assertThat(intervals(desk)).containsExactly(new Interval(at(25), at(85)));
    }

    @Test
    void noMoreIsGivenByRuleThanTheCapAllows() {
        var desk = afterACall(APolicy.of("p", "{'mode': 'OPTIONAL', 'recovery': %s}".formatted(BY_RULE)));
        for (int call = 1; call <= 3; call++) {
            Instant start = at(call * 200L);
            desk.sweep(start);
            desk.receive(connected("call" + call, start), start);
            desk.receive(ended("call" + call, start.plusSeconds(10)), start.plusSeconds(10));
        }
        desk.sweep(at(1000));

        assertThat(intervals(desk)).containsExactly(new Interval(at(0), at(60)), new Interval(at(210), at(270)));
    }

    @Test
    void whoAsksDuringTheContactRestsAfterItAndNoTwice() {
        var desk = duringACall(policy(ON_REQUEST));
        ask(desk, -20);
        ask(desk, -10);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
        desk.receive(ended("call", END), END);
        complete(desk, "call", 20);

        assertThat(intervals(desk)).containsExactly(new Interval(at(20), at(80)));
    }

    @Test
    void whoAsksRightAfterTheContactRestsFromThenOn() {
        var desk = afterACall(policy(ON_REQUEST));
        complete(desk, "call", 20);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);

        ask(desk, 100);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
        assertThat(intervals(desk)).containsExactly(new Interval(at(100), at(160)));
    }

    @Test
    void whoAsksInAWindowThatHoldsNoUnitsRestsFromThenOn() {
        var desk = afterACall(APolicy.of(
                "p",
                "{'mode': 'DISCRETIONARY', 'holdShare': 0.0, 'requiredParts': [], 'recovery': %s}"
                        .formatted(ON_REQUEST)));
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);

        ask(desk, 70);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
        assertThat(intervals(desk)).containsExactly(new Interval(at(70), at(130)));
    }

    @Test
    void whoAsksLaterIsRefusedAndSoIsWhoseContactGivesNone() {
        var late = afterACall(policy(ON_REQUEST));
        complete(late, "call", 20);
        assertThatThrownBy(() -> ask(late, 140)).hasMessageContaining("ended within the last 120 seconds");

        var none = duringACall(policy(BY_RULE));
        assertThatThrownBy(() -> ask(none, -5)).hasMessageContaining("gives a recovery on request");
    }

    @Test
    void whoHasHadEnoughIsToldWhenTheNextOneIsPossible() {
        var desk = afterACall(policy(ON_REQUEST));
        ask(desk, 5);
        complete(desk, "call", 20);
        desk.sweep(at(80));
        desk.receive(connected("next", at(90)), at(90));

        assertThatThrownBy(() -> ask(desk, 95))
                .hasMessageContaining("60 seconds within 8 hours")
                .hasMessageContaining("possible at " + at(80).plusSeconds(8 * 3600));
    }

    @Test
    void whoWasTooBusyRestsAfterTheRelease() {
        var desk = busyFor(240, "{'percent': 80, 'minutes': 5, 'restSeconds': 30}");

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.RECOVERY);
        assertThat(desk.agent("ann").face().state()).isEqualTo(AgentState.NOT_READY);
        assertThat(desk.agent("ann").face().reason()).isEqualTo("OCCUPANCY_GUARD");
        assertThat(desk.agent("ann").restsUntil()).isEqualTo(NINE.plusSeconds(270));
    }

    @Test
    void whoHasNotBeenThereForHalfOfTheTimeIsNotTooBusyYet() {
        var desk = busyFor(149, "{'percent': 80, 'minutes': 5, 'restSeconds': 30}");

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void aRestBringsTheOccupancyDown() {
        var desk = busyFor(240, "{'percent': 80, 'minutes': 5, 'restSeconds': 100}");
        desk.sweep(NINE.plusSeconds(340));
        desk.receive(connected("next", NINE.plusSeconds(340)), NINE.plusSeconds(340));
        desk.receive(ended("next", NINE.plusSeconds(400)), NINE.plusSeconds(400));

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AVAILABLE);
    }

    @Test
    void whoRestsAsLongAnywayIsGivenNoPauseOnTop() {
        assertThat(busyAndRecovering(60).agent("ann").rests())
                .extracting(Rest::kind)
                .containsExactly(Rest.Kind.RECOVERY);
    }

    @Test
    void aShorterRestIsLengthenedForWhoWasTooBusy() {
        var desk = busyAndRecovering(61);

        assertThat(desk.agent("ann").restsUntil()).isEqualTo(NINE.plusSeconds(301));
        assertThat(desk.agent("ann").face().reason()).isEqualTo("OCCUPANCY_GUARD");
    }

    /** For a minute after the call. */
    private PureDesk busyAndRecovering(int guardSeconds) {
        var desk = duringACall(APolicy.of("p", """
                {'mode': 'OPTIONAL', 'occupancyGuard': {'percent': 50, 'minutes': 5, 'restSeconds': %d},
                 'recovery': %s}""".formatted(guardSeconds, BY_RULE)));
        desk.receive(ended("call", NINE.plusSeconds(240)), NINE.plusSeconds(240));
        return desk;
    }

    private PureDesk busyFor(int seconds, String guard) {
        var desk = duringACall(APolicy.of("p", "{'mode': 'OPTIONAL', 'occupancyGuard': %s}".formatted(guard)));
        desk.receive(ended("call", NINE.plusSeconds(seconds)), NINE.plusSeconds(seconds));
        return desk;
    }

    private static Instant at(long second) {
        return END.plusSeconds(second);
    }

    private static PolicyRule policy(String recovery) {
        return APolicy.of("p", "{'mode': 'DISCRETIONARY', 'requiredParts': [], 'recovery': %s}".formatted(recovery));
    }

    private PureDesk duringACall(PolicyRule... policies) {
        var desk = new PureDesk(policies);
        desk.receive(signedIn(1), NINE);
        desk.receive(new ContactEvent.AgentReady(event(NINE), agentId("ann")), NINE);
        desk.receive(connected("call", NINE), NINE);
        return desk;
    }

    private PureDesk afterACall(PolicyRule... policies) {
        PureDesk desk = duringACall(policies);
        desk.receive(ended("call", END), END);
        return desk;
    }

    private void chat(PureDesk desk, String id, Instant start) {
        desk.receive(
                List.of(
                        new ContactEvent.AgentReady(event(start), agentId("ann")),
                        new ContactEvent.Started(
                                event(start),
                                interaction(id),
                                new InteractionDetails(
                                        Channel.CHAT, Direction.INBOUND, id, null, null, null, null, Map.of())),
                        connected(id, start)),
                start);
    }

    private ContactEvent.Envelope event(Instant time) {
        return new ContactEvent.Envelope("switch", "e" + events++, time, time);
    }

    private ContactEvent signedIn(int capacity) {
        return new ContactEvent.AgentSignedIn(
                event(NINE), agentId("ann"), null, null, null, null, capacity, null, null);
    }

    private ContactEvent connected(String call, Instant time) {
        return new ContactEvent.Connected(event(time), interaction(call), agentId("ann"), null, LegRole.PRIMARY);
    }

    private ContactEvent ended(String call, Instant time) {
        return new ContactEvent.Ended(event(time), interaction(call), null);
    }

    private static void complete(PureDesk desk, String call, long second) {
        desk.complete(desk.wrapUp(call).id(), at(second));
    }

    private static void ask(PureDesk desk, long second) {
        change(desk, second, s -> RestRules.asked(s, desk.details(), desk.policies, at(second)));
    }

    private static void change(PureDesk desk, long second, UnaryOperator<Situation> rule) {
        desk.change(agentId("ann"), at(second), rule);
    }

    private static boolean isEligible(PureDesk desk, long second) {
        return desk.agent("ann").isEligible(1, List.of(), at(second));
    }

    private static List<Interval> intervals(PureDesk desk) {
        return desk.agent("ann").rests().stream()
                .map(desk.agent("ann")::timeOf)
                .flatMap(time -> Stream.ofNullable(time.interval()))
                .toList();
    }
}
