package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicyRule;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentProfile;
import org.afterword.platform.Json;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.internal.PolicyReplay.Ending;
import org.afterword.wrapup.internal.PolicyReplay.Outcome;
import org.afterword.wrapup.internal.PolicyReplay.Verdict;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.Judged;
import org.afterword.wrapup.internal.PolicyReplay.Verdict.NotJudged;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What would have become of one wrap-up, and what nobody can know of it. */
class PolicyReplayTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant END = NINE.plusSeconds(100);
    private static final WrapUp.Result DONE = new WrapUp.Result("DONE", null, 0, 0, null);
    private static final String A_MINUTE = "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}";
    private static final String TO_THE_AGENT = "{'mode': 'DISCRETIONARY'}";

    private int events;

    @Test
    void theSamePolicyChangesNothing() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);

        assertThat(verdict(desk, A_MINUTE)).isEqualTo(new Verdict.Same(seconds(40)));
    }

    @Test
    void whatOnlyShowsOtherwiseHoldsNobodyOtherwise() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);

        Judged judged =
                judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'warningSeconds': 20}");

        assertThat(judged.before()).isEqualTo(held(40, Ending.CONFIRMED));
        assertThat(judged.differs()).isFalse();
    }

    @Test
    void aShorterWindowCutsWhatTookLonger() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);

        Judged judged = judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 30, 'atDeadline': 'DEFER'}");

        assertThat(judged.least()).isEqualTo(owed(30, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged.isCensored()).isFalse();
    }

    @Test
    void whatItsDeadlineCutWouldHaveTakenAtLeastAsLong() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.sweep(END.plusSeconds(60));

        Judged judged = judged(
                desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 90, 'atDeadline': 'DEFER', 'typingGraceSeconds': 5}");

        assertThat(judged.before()).isEqualTo(owed(60, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged.least()).isEqualTo(held(60, Ending.CONFIRMED));
        assertThat(judged.most()).isEqualTo(owed(95, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged.isCensored()).isTrue();
    }

    @Test
    void whatNothingWouldHaveEndedHasNoUpperBound() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.sweep(END.plusSeconds(60));

        Judged judged = judged(desk, TO_THE_AGENT);

        assertThat(judged.least()).isEqualTo(held(60, Ending.CONFIRMED));
        assertThat(judged.most()).isEqualTo(new Outcome(null, Ending.OPEN_ENDED, false, false));
    }

    @Test
    void anAgentThatEndsItItselfEndsItAsItDid() {
        PureDesk desk = afterACall("{'mode': 'TIMEBOXED', 'windowSeconds': 60}");
        desk.sweep(END.plusSeconds(60));
        confirm(desk, 100);

        Judged judged = judged(desk, TO_THE_AGENT);

        assertThat(judged.before()).isEqualTo(new Outcome(seconds(100), Ending.CONFIRMED, true, false));
        assertThat(judged.least()).isEqualTo(held(100, Ending.CONFIRMED));
        assertThat(judged.isCensored()).isFalse();
    }

    @Test
    void whereAfterCallWorkBecomesOptionalTheAgentIsReleasedAtOnce() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);

        Judged judged = judged(desk, "{'mode': 'OPTIONAL'}");

        assertThat(judged.least()).isEqualTo(new Outcome(Duration.ZERO, Ending.NOT_HELD, false, false));
        assertThat(judged.isCensored()).isFalse();
    }

    @Test
    void nobodyKnowsHowLongSomebodyTakesWhoNeverHadTo() {
        PureDesk desk = afterACall("{'mode': 'OPTIONAL'}");

        Judged judged = judged(
                desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 40, 'atDeadline': 'EXPIRE', 'typingGraceSeconds': 0}");

        assertThat(judged.before()).isEqualTo(new Outcome(Duration.ZERO, Ending.NOT_HELD, false, false));
        assertThat(judged.least()).isEqualTo(held(0, Ending.CONFIRMED));
        assertThat(judged.most()).isEqualTo(held(40, Ending.EXPIRED_AT_DEADLINE));
    }

    @Test
    void whoNeverAskedForAWindowIsGivenNone() {
        PureDesk asked = duringACall(A_MINUTE);
        asked.change(asked.wrapUp("call").id(), s -> asked.rules.requested(s, END.minusSeconds(5)));
        asked.receive(ended(END), END);
        confirm(asked, 40);
        PureDesk unasked = afterACall(A_MINUTE);
        confirm(unasked, 40);
        String onRequest = "{'mode': 'ON_REQUEST', 'windowSeconds': 30, 'atDeadline': 'DEFER'}";

        assertThat(judged(asked, onRequest).least()).isEqualTo(owed(30, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged(unasked, onRequest).least().isHeld()).isFalse();
    }

    @Test
    void extensionsBeyondTheNewCountAreRefused() {
        PureDesk desk = afterACall("""
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 2, 'seconds': 30}}""");
        extend(desk, 50);
        extend(desk, 80);
        confirm(desk, 110);

        Judged judged = judged(desk, """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 1, 'seconds': 40}}""");

        assertThat(judged.before()).isEqualTo(held(110, Ending.CONFIRMED));
        assertThat(judged.least()).isEqualTo(owed(100, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged.isCensored()).isFalse();
    }

    @Test
    void whoNeverAskedForMoreTimeIsGivenNone() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.sweep(END.plusSeconds(60));

        Judged judged = judged(desk, """
                {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'extensions': {'count': 3, 'seconds': 30}}""");

        assertThat(judged.differs()).isFalse();
    }

    @Test
    void whatMayNotBePutOffTakesAtLeastAsLong() {
        PureDesk desk = afterACall(A_MINUTE);
        defer(desk, 20);

        Judged judged = judged(
                desk,
                "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'EXPIRE', 'deferrable': false, 'typingGraceSeconds': 0}");

        assertThat(judged.before()).isEqualTo(owed(20, Ending.DEFERRED));
        assertThat(judged.least()).isEqualTo(held(20, Ending.CONFIRMED));
        assertThat(judged.most()).isEqualTo(held(60, Ending.EXPIRED_AT_DEADLINE));
    }

    @Test
    void whoSignsOutGoesWhateverThePolicySays() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.receive(
                new ContactEvent.AgentSignedOut(at(END.plusSeconds(20)), agentId("ann"), null), END.plusSeconds(20));

        Judged longer = judged(desk, TO_THE_AGENT);
        Judged shorter = judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 15, 'atDeadline': 'EXPIRE'}");

        assertThat(longer.least()).isEqualTo(owed(20, Ending.SIGNED_OUT));
        assertThat(longer.differs()).isFalse();
        assertThat(shorter.least()).isEqualTo(held(15, Ending.EXPIRED_AT_DEADLINE));
    }

    @Test
    void whatASupervisorDidIsDone() {
        PureDesk desk = afterACall(A_MINUTE);
        change(desk, s -> WindowRules.extendedByOverride(s, id(desk), seconds(120), "long call", END.plusSeconds(50)));
        change(desk, s -> desk.rules.ended(s, id(desk), "fire alarm", END.plusSeconds(150)));

        Judged judged = judged(desk, TO_THE_AGENT);
        Judged shorter = judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 40, 'atDeadline': 'DEFER'}");

        assertThat(judged.least()).isEqualTo(held(150, Ending.ENDED));
        assertThat(judged.differs()).isFalse();
        assertThat(shorter.least()).isEqualTo(owed(40, Ending.DEFERRED_AT_DEADLINE));
    }

    @Test
    void aDeadlineWaitsForKeysThatAreKnownToHaveBeenPressed() {
        PureDesk desk = afterACall(A_MINUTE);
        for (int second = 40; second <= 65; second++) {
            press(desk, second);
        }
        desk.sweep(END.plusSeconds(68));

        Judged sooner = judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 50, 'atDeadline': 'DEFER'}");
        Judged later = judged(
                desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 64, 'atDeadline': 'DEFER', 'typingGraceSeconds': 2}");

        assertThat(sooner.before()).isEqualTo(owed(68, Ending.DEFERRED_AT_DEADLINE));
        // only the last key is kept: whether keys were pressed as the other deadline came, nobody knows
        assertThat(sooner.least()).isEqualTo(owed(50, Ending.DEFERRED_AT_DEADLINE));
        assertThat(sooner.most()).isEqualTo(owed(65, Ending.DEFERRED_AT_DEADLINE));
        assertThat(later.least()).isEqualTo(owed(66, Ending.DEFERRED_AT_DEADLINE));
        assertThat(later.isCensored()).isFalse();
    }

    @Test
    void aCallOutStopsTheClockOfAWindowThatIsStillOpen() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.receive(
                List.of(
                        new ContactEvent.Started(
                                at(END.plusSeconds(15)),
                                interaction("out"),
                                new InteractionDetails(
                                        Channel.VOICE, Direction.OUTBOUND, null, null, null, null, null, Map.of())),
                        new ContactEvent.Connected(
                                at(END.plusSeconds(15)), interaction("out"), agentId("ann"), null, LegRole.PRIMARY)),
                END.plusSeconds(15));
        desk.receive(new ContactEvent.Ended(at(END.plusSeconds(35)), interaction("out"), null), END.plusSeconds(35));
        desk.sweep(END.plusSeconds(80));

        assertThat(judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 45, 'atDeadline': 'DEFER'}")
                        .least())
                .isEqualTo(owed(65, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 12, 'atDeadline': 'DEFER'}")
                        .least())
                .as("before the call")
                .isEqualTo(owed(12, Ending.DEFERRED_AT_DEADLINE));
    }

    @Test
    void whoMayLeaveEarlyLeavesWhenTheRecordIsConfirmed() {
        PureDesk fixed = afterACall("{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}");
        confirm(fixed, 20);
        fixed.sweep(END.plusSeconds(60));
        PureDesk open = afterACall(A_MINUTE);
        confirm(open, 20);

        assertThat(judged(fixed, A_MINUTE).least()).isEqualTo(held(20, Ending.CONFIRMED));
        assertThat(judged(open, "{'mode': 'TIMEBOXED_FIXED', 'windowSeconds': 60, 'atDeadline': 'DEFER'}")
                        .least())
                .isEqualTo(held(60, Ending.CONFIRMED));
    }

    @Test
    void aRecordThatLacksWhatIsNewlyRequiredTakesAtLeastAsLong() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);
        var replay = replay(desk, "{'mode': 'DISCRETIONARY', 'requiredParts': ['/disposition', '/summary']}");
        PastWrapUp past = desk.past(desk.wrapUp("call"));
        assertThat(PolicyReplay.asksForRecord(replay.opened(past))).isTrue();

        Judged lacks = (Judged) replay.judge(replay.opened(past), record("{'disposition': 'DONE'}"));
        Judged has = (Judged) replay.judge(replay.opened(past), record("{'disposition': 'DONE', 'summary': 'Asked.'}"));

        assertThat(lacks.missing()).containsExactly("/summary");
        assertThat(lacks.least()).isEqualTo(held(40, Ending.CONFIRMED));
        assertThat(lacks.most().ending()).isEqualTo(Ending.OPEN_ENDED);
        assertThat(has.differs()).isFalse();
    }

    @Test
    void anEndThatBecameKnownLateLeavesItsTenSeconds() {
        PureDesk desk = duringACall(A_MINUTE);
        desk.receive(ended(END), END.plusSeconds(55));
        desk.sweep(END.plusSeconds(65));

        Judged judged = judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 20, 'atDeadline': 'EXPIRE'}");

        assertThat(judged.least()).isEqualTo(held(65, Ending.EXPIRED_AT_DEADLINE));
    }

    @Test
    void aDeadlineTakesEffectAsLateAsItDid() {
        PureDesk late = afterACall(A_MINUTE);
        late.sweep(END.plusSeconds(63));
        PureDesk muchTooLate = afterACall(A_MINUTE);
        muchTooLate.sweep(END.plusSeconds(600));
        String half = "{'mode': 'TIMEBOXED', 'windowSeconds': 30, 'atDeadline': 'DEFER'}";

        assertThat(judged(late, half).before()).isEqualTo(owed(63, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged(late, half).least()).isEqualTo(owed(33, Ending.DEFERRED_AT_DEADLINE));
        assertThat(verdict(muchTooLate, half)).isEqualTo(NotJudged.NOT_EXPLAINED);
    }

    @Test
    void whoWasQuickerThanTheWorkerIsNotCut() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 62);

        assertThat(judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 61, 'atDeadline': 'DEFER'}")
                        .least())
                .isEqualTo(held(62, Ending.CONFIRMED));
    }

    @Test
    void anOutageIsNotReckonedIntoAnotherWindow() {
        PureDesk desk = afterACall(A_MINUTE);
        change(
                desk,
                s -> WindowRules.outageCredited(s, id(desk), END.plusSeconds(10), END.plusSeconds(30), seconds(60)));
        confirm(desk, 75);

        assertThat(verdict(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 70, 'atDeadline': 'DEFER'}"))
                .isEqualTo(NotJudged.OUTAGE);
        assertThat(judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'EXPIRE'}")
                        .differs())
                .isFalse();
    }

    @Test
    void howManyRecordsAnAgentOwedIsNotKnown() {
        PureDesk desk = afterACall(A_MINUTE);
        desk.sweep(END.plusSeconds(60));

        assertThat(verdict(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'deferralCap': 2}"))
                .isEqualTo(NotJudged.DEBT_UNKNOWN);
        assertThat(judged(desk, "{'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'EXPIRE', 'deferralCap': 2}")
                        .least())
                .isEqualTo(held(60, Ending.EXPIRED_AT_DEADLINE));
    }

    @Test
    void whatIsKnownOtherwiseNowIsNotJudged() {
        var north = APolicy.of("north", "{'team': 'north'}", "{'windowSeconds': 30}");
        PureDesk desk = afterACall(APolicy.of("all", A_MINUTE), north);
        confirm(desk, 40);
        PastWrapUp moved = movedTo("north", desk.past(desk.wrapUp("call")));

        var replay = replay(
                desk, APolicy.of("all", A_MINUTE), APolicy.of("north", "{'team': 'north'}", "{'windowSeconds': 20}"));

        assertThat(judged(replay, moved)).isEqualTo(NotJudged.KNOWN_OTHERWISE);
    }

    @Test
    void aNewRuleMeetsThoseWhoAreInItsTeamNow() {
        PureDesk desk = afterACall(A_MINUTE);
        confirm(desk, 40);
        PastWrapUp past = desk.past(desk.wrapUp("call"));
        var replay = replay(
                desk, APolicy.of("all", A_MINUTE), APolicy.of("north", "{'team': 'north'}", "{'windowSeconds': 20}"));

        assertThat(((Judged) judged(replay, movedTo("north", past))).least())
                .isEqualTo(owed(20, Ending.DEFERRED_AT_DEADLINE));
        assertThat(judged(replay, movedTo("south", past))).isEqualTo(new Verdict.Same(seconds(40)));
    }

    @Test
    void aQueueThatSurgedThenSurgesAgain() {
        PureDesk desk = duringACall(A_MINUTE);
        List<PolicyRule> rules = List.of(APolicy.of("p", A_MINUTE));
        desk.receive(new ContactEvent.Started(at(NINE), interaction("call"), inQueue("bank")), NINE);
        desk.policies = new PolicyChoice(PureDesk.catalog(1, rules), Set.of("bank"));
        desk.receive(ended(END), END);
        confirm(desk, 40);

        var replay = replay(desk, APolicy.of("p", "{}", A_MINUTE, "{'windowSeconds': 20}"));

        assertThat(((Judged) judged(replay, desk.past(desk.wrapUp("call")))).least())
                .isEqualTo(owed(20, Ending.DEFERRED_AT_DEADLINE));
    }

    @Test
    void whatAnAgentSaidOfTheContactAfterwardsItSaysAgain() {
        PolicyRule all = APolicy.of("all", A_MINUTE);
        PolicyRule claims = APolicy.of("claims", "{'callType': 'CLAIM'}", "{'windowSeconds': 90}");
        PureDesk desk = afterACall(all, claims);
        change(
                desk,
                s -> desk.rules.chosen(
                        s,
                        id(desk),
                        new WrapUp.Choice("CLAIM", false),
                        InteractionDetails.UNKNOWN,
                        desk.policies,
                        END.plusSeconds(10)));
        desk.sweep(END.plusSeconds(90));

        var replay = replay(desk, all, APolicy.of("claims", "{'callType': 'CLAIM'}", "{'windowSeconds': 75}"));

        assertThat(((Judged) judged(replay, desk.past(desk.wrapUp("call")))).least())
                .isEqualTo(owed(75, Ending.DEFERRED_AT_DEADLINE));
    }

    @Test
    void whereNoWrapUpIsAskedForNobodyIsHeld() {
        var desk = new PureDesk(APolicy.of("p", "{'failedAttempts': true}"));
        desk.receive(
                new ContactEvent.AgentSignedIn(at(NINE), agentId("ann"), null, null, null, null, null, null, null),
                NINE);
        desk.receive(new ContactEvent.Failed(at(END), interaction("call"), agentId("ann"), "busy"), END);
        confirm(desk, 25);

        Judged judged = judged(desk, "{'failedAttempts': false}");

        assertThat(judged.before()).isEqualTo(held(25, Ending.CONFIRMED));
        assertThat(judged.other()).isNull();
        assertThat(judged.least()).isEqualTo(new Outcome(Duration.ZERO, Ending.NOT_HELD, false, false));
    }

    @Test
    void whoStillHoldsItsAgentIsNotJudged() {
        assertThat(verdict(afterACall(A_MINUTE), TO_THE_AGENT)).isEqualTo(NotJudged.STILL_HELD);
    }

    // ---- what happened ----------------------------------------------------------------------------------------------

    private PureDesk duringACall(String settings) {
        return duringACall(APolicy.of("p", settings));
    }

    private PureDesk duringACall(PolicyRule... rules) {
        var desk = new PureDesk(rules);
        desk.receive(
                new ContactEvent.Connected(at(NINE), interaction("call"), agentId("ann"), null, LegRole.PRIMARY), NINE);
        return desk;
    }

    private PureDesk afterACall(String settings) {
        return afterACall(APolicy.of("p", settings));
    }

    private PureDesk afterACall(PolicyRule... rules) {
        PureDesk desk = duringACall(rules);
        desk.receive(ended(END), END);
        return desk;
    }

    private ContactEvent ended(Instant at) {
        return new ContactEvent.Ended(at(at), interaction("call"), null);
    }

    private ContactEvent.Envelope at(Instant time) {
        return new ContactEvent.Envelope("switch", "e" + events++, time, time);
    }

    private static InteractionDetails inQueue(String queue) {
        return new InteractionDetails(Channel.VOICE, Direction.INBOUND, queue, null, null, null, null, Map.of());
    }

    private static WrapUpId id(PureDesk desk) {
        return desk.wrapUp("call").id();
    }

    private static void change(PureDesk desk, UnaryOperator<Situation> rule) {
        desk.change(id(desk), rule);
    }

    private static void confirm(PureDesk desk, int second) {
        change(desk, s -> desk.rules.completed(s, id(desk), DONE, "user:ann", null, END.plusSeconds(second)));
    }

    private static void extend(PureDesk desk, int second) {
        change(desk, s -> WindowRules.extended(s, id(desk), null, END.plusSeconds(second)));
    }

    private static void defer(PureDesk desk, int second) {
        change(
                desk,
                s -> desk.rules.deferred(
                        s, id(desk), AfterCallRules.Deferral.toTheAgent("later"), END.plusSeconds(second)));
    }

    private static void press(PureDesk desk, int second) {
        change(desk, s -> WindowRules.input(s, id(desk), END.plusSeconds(second)));
    }

    private static PastWrapUp movedTo(String team, PastWrapUp past) {
        return new PastWrapUp(
                past.wrapUp(), past.details(), new AgentProfile(null, team, null, Set.of(), 1, null, null), past.own());
    }

    private static ObjectNode record(String json) {
        return (ObjectNode) Json.read(json.replace('\'', '"'));
    }

    // ---- what would have --------------------------------------------------------------------------------------------

    private static PolicyReplay replay(PureDesk desk, String settings) {
        return replay(desk, APolicy.of("p", settings));
    }

    private static PolicyReplay replay(PureDesk desk, PolicyRule... rules) {
        return new PolicyReplay(desk.rules, PureDesk.catalog(2, List.of(rules)), PolicyReplay.LONGEST_LAG);
    }

    private static Verdict judged(PolicyReplay replay, PastWrapUp past) {
        return replay.judge(replay.opened(past), null);
    }

    private static Verdict verdict(PureDesk desk, String settings) {
        return judged(replay(desk, settings), desk.past(desk.wrapUp("call")));
    }

    private static Judged judged(PureDesk desk, String settings) {
        assertThat(verdict(desk, settings)).isInstanceOf(Judged.class);
        return (Judged) verdict(desk, settings);
    }

    private static Outcome held(int seconds, Ending ending) {
        return new Outcome(seconds(seconds), ending, false, false);
    }

    private static Outcome owed(int seconds, Ending ending) {
        return new Outcome(seconds(seconds), ending, false, true);
    }
}
