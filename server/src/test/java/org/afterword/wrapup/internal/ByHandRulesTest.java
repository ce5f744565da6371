package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.afterword.wrapup.internal.PureDesk.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.afterword.catalog.APolicy;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.AgentState;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contacts that were opened by hand, and the calls that they turn out to be. */
class ByHandRulesTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    private final PureDesk desk = new PureDesk(APolicy.of("p", """
            {'mode': 'TIMEBOXED', 'windowSeconds': 60, 'atDeadline': 'DEFER', 'requiredParts': [], 'noResponseSeconds': 0}"""));
    private int events;

    @Test
    void whoOpensAContactIsInItUntilItIsClosed() {
        open("hand", 0, null);
        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.ENGAGED);
        assertThat(wrapUp("hand").byHand()).isEqualTo(interaction("hand"));

        close("hand", 100);

        assertThat(wrapUp("hand").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(wrapUp("hand").deadline()).isEqualTo(at(160));
    }

    @Test
    void whoOpensAContactInAWrapUpPassesNoGate() {
        desk.receive(connected("call", 0), at(0));
        desk.receive(ended("call", 50), at(50));

        open("hand", 60, null);

        assertThat(desk.leaks).isEmpty();
        assertThat(desk.agent("ann").load(at(60))).isEqualTo(2);
    }

    @Test
    void aCallThatItsSwitchTellsOfLaterTakesTheContactAndItsRecordOver() {
        open("hand", 10, null);
        WrapUpId id = wrapUp("hand").id();
        desk.write(id, Set.of("/summary"), at(20));

        desk.receive(connected("call", 5), at(30));

        assertThat(desk.wrapUps()).singleElement().satisfies(wrapUp -> {
            assertThat(wrapUp.id()).isEqualTo(id);
            assertThat(wrapUp.interaction()).isEqualTo(interaction("call"));
            assertThat(wrapUp.span().startedAt()).isEqualTo(at(5));
            assertThat(wrapUp.byHand()).isEqualTo(interaction("hand"));
            assertThat(wrapUp.started()).isTrue();
        });
        assertThat(desk.agent("ann").legs()).hasSize(1);
        assertThat(desk.agent("ann").load(at(30))).isOne();
        desk.receive(ended("call", 100), at(100));
        assertThat(wrapUp("call").deadline()).isEqualTo(at(160));
    }

    @Test
    void whatItsSwitchHasToldOfIsNotOpenedASecondTime() {
        desk.receive(connected("call", 5), at(5));
        WrapUpId id = wrapUp("call").id();

        open("hand", 30, null);

        assertThat(desk.wrapUps()).singleElement().extracting(WrapUp::id).isEqualTo(id);
        assertThat(wrapUp("call").byHand()).isEqualTo(interaction("hand"));
        close("hand", 90);
        assertThat(wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(wrapUp("call").openedAt()).isEqualTo(at(90));
    }

    @Test
    void whatWasConfirmedBeforeItsSwitchToldOfItStaysConfirmed() {
        open("hand", 10, null);
        close("hand", 40);
        WrapUpId id = wrapUp("hand").id();
        desk.complete(id, at(50));

        desk.receive(List.of(connected("call", 8), ended("call", 41)), at(200));

        assertThat(desk.wrapUps()).singleElement().satisfies(wrapUp -> {
            assertThat(wrapUp.id()).isEqualTo(id);
            assertThat(wrapUp.status()).isEqualTo(WrapUpStatus.COMPLETED);
            assertThat(wrapUp.leg().interaction()).isEqualTo(interaction("call"));
            assertThat(wrapUp.acwTime()).isEqualTo(seconds(10));
        });
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void theSameIdIsTheSameContactHoweverLateItsSwitchTellsOfIt() {
        open("hand", 0, null);
        WrapUpId id = wrapUp("hand").id();

        desk.receive(connected("hand", 200), at(200));

        assertThat(desk.wrapUps()).singleElement().satisfies(wrapUp -> {
            assertThat(wrapUp.id()).isEqualTo(id);
            assertThat(wrapUp.status()).isEqualTo(WrapUpStatus.PREPARING);
            assertThat(wrapUp.span().startedAt()).isEqualTo(at(0));
        });
    }

    @Test
    void aCallThatBeganLaterIsAnotherOne() {
        open("hand", 0, null);

        desk.receive(connected("call", 61), at(61));

        assertThat(wrapUp("hand").status()).isEqualTo(WrapUpStatus.PREPARING);
        assertThat(wrapUp("call").status()).isEqualTo(WrapUpStatus.PREPARING);
    }

    @Test
    void aCallThatWasOverBeforeIsAnotherOneWheneverItsEndIsKnown() {
        desk.receive(connected("call", 0), at(0));
        open("hand", 30, null);
        assertThat(desk.wrapUps()).hasSize(1);

        desk.receive(ended("call", 20), at(40));

        assertThat(wrapUp("call").status()).isEqualTo(WrapUpStatus.OPEN);
        assertThat(wrapUp("hand").status()).isEqualTo(WrapUpStatus.PREPARING);
        assertThat(wrapUp("call").byHand()).isNull();
    }

    @Test
    void aCallWithSomebodyElseOrOnAnotherChannelIsAnotherOne() {
        open("hand", 0, new Customer("C-7", null, null, null));
        desk.receive(
                List.of(started("call", 0, Channel.VOICE, new Customer("C-8", null, null, null)), connected("call", 1)),
                at(1));
        desk.receive(List.of(started("chat", 0, Channel.CHAT, null), connected("chat", 2)), at(2));

        assertThat(desk.wrapUps()).hasSize(3);
    }

    @Test
    void ofTwoCallsTheFirstByTimeIsTheContactWhicheverCameFirst() {
        open("hand", 20, null);
        WrapUpId id = wrapUp("hand").id();
        desk.receive(connected("second", 15), at(21));
        assertThat(wrapUp("second").id()).isEqualTo(id);

        desk.receive(connected("first", 10), at(22));

        assertThat(wrapUp("first").id()).isEqualTo(id);
        assertThat(wrapUp("second").id()).isNotEqualTo(id);
        assertThat(desk.wrapUps()).hasSize(2);
    }

    @Test
    void whereBothHaveARecordTheOneByHandBecomesAPart() {
        open("hand", 10, new Customer(null, null, "555 0100", null));
        desk.receive(
                List.of(
                        started("call", 5, Channel.VOICE, new Customer(null, null, "555 0199", null)),
                        connected("call", 5)),
                at(11));
        desk.write(wrapUp("hand").id(), Set.of("/summary"), at(20));
        WrapUpId byHand = wrapUp("hand").id();
        assertThat(desk.wrapUps()).hasSize(2);

        desk.receive(started("call", 6, Channel.VOICE, new Customer(null, null, "(555) 0100", null)), at(30));

        assertThat(wrapUp("call").partOf()).isNull();
        assertThat(desk.find(byHand).partOf()).isEqualTo(wrapUp("call").id());
        assertThat(desk.agent("ann").legs()).hasSize(1);
        desk.receive(ended("call", 100), at(100));
        assertThat(desk.find(byHand).status()).isEqualTo(WrapUpStatus.OPEN);
    }

    @Test
    void whereBothHaveARecordTheOneThatNobodyBeganIsClosed() {
        open("hand", 10, new Customer(null, null, "555 0100", null));
        desk.receive(
                List.of(
                        started("call", 5, Channel.VOICE, new Customer(null, null, "555 0199", null)),
                        connected("call", 5)),
                at(11));
        WrapUpId byHand = wrapUp("hand").id();

        desk.receive(started("call", 6, Channel.VOICE, new Customer(null, null, "555 0100", null)), at(30));

        assertThat(desk.find(byHand).status()).isEqualTo(WrapUpStatus.EXPIRED);
        desk.receive(ended("call", 100), at(100));
        assertThat(wrapUp("call").deadline()).isEqualTo(at(160));
        assertThat(desk.agent("ann").heldUnits()).isOne();
        desk.complete(wrapUp("call").id(), at(110));
        assertThat(desk.agent("ann").heldUnits()).isZero();
    }

    @Test
    void aCallThatItsSwitchKnowsByTheSameIdIsTheContactWheneverItBegan() {
        open("hand", 10, null);
        WrapUpId id = wrapUp("hand").id();
        desk.write(id, Set.of("/summary"), at(20));

        desk.receive(
                new ContactEvent.Connected(event(200), interaction("hand"), agentId("ann"), "leg-7", LegRole.PRIMARY),
                at(200));
        desk.receive(connected("call", 15), at(210));

        assertThat(desk.wrapUps()).hasSize(2);
        assertThat(wrapUp("hand").id()).isEqualTo(id);
        assertThat(wrapUp("hand").leg().legId()).isEqualTo("leg-7");
        assertThat(wrapUp("hand").span().startedAt())
                .as("since it was opened, which was long before")
                .isEqualTo(at(10));
        desk.receive(ended("hand", 300), at(300));
        assertThat(wrapUp("hand").deadline()).isEqualTo(at(360));
    }

    @Test
    void aColleagueWhoJoinsTheCallHasALegOfItsOwn() {
        open("hand", 10, null);
        desk.receive(connected("call", 5), at(30));
        desk.receive(
                new ContactEvent.Connected(event(40), interaction("call"), agentId("ben"), null, LegRole.PRIMARY),
                at(40));

        close("hand", 60);

        assertThat(desk.agent("ann").state()).isEqualTo(AgentState.AFTER_CALL_WORK);
        assertThat(desk.agent("ben").state()).isEqualTo(AgentState.ENGAGED);
    }

    private static Instant at(long second) {
        return NINE.plusSeconds(second);
    }

    private ContactEvent.Envelope event(long second) {
        return new ContactEvent.Envelope("switch", "e" + events++, at(second), at(second));
    }

    private ContactEvent.Envelope byHand(long second) {
        return new ContactEvent.Envelope(ByHand.SOURCE, "e" + events++, at(second), at(second));
    }

    private void open(String id, long second, @Nullable Customer customer) {
        desk.receive(
                new ContactEvent.Opened(
                        byHand(second), interaction(id), agentId("ann"), details(Channel.VOICE, customer), "user:ann"),
                at(second));
    }

    private void close(String id, long second) {
        desk.receive(new ContactEvent.Closed(byHand(second), interaction(id), agentId("ann"), "user:ann"), at(second));
    }

    private ContactEvent started(String id, long second, Channel channel, @Nullable Customer customer) {
        return new ContactEvent.Started(event(second), interaction(id), details(channel, customer));
    }

    private ContactEvent connected(String id, long second) {
        return new ContactEvent.Connected(event(second), interaction(id), agentId("ann"), null, LegRole.PRIMARY);
    }

    private ContactEvent ended(String id, long second) {
        return new ContactEvent.Ended(event(second), interaction(id), null);
    }

    private static InteractionDetails details(Channel channel, @Nullable Customer customer) {
        return new InteractionDetails(channel, Direction.INBOUND, null, null, null, null, customer, Map.of());
    }

    private WrapUp wrapUp(String id) {
        InteractionId interaction = interaction(id);
        return desk.wrapUps().stream()
                .filter(wrapUp -> wrapUp.interaction().equals(interaction) && !wrapUp.isPart())
                .findFirst()
                .orElseThrow();
    }
}
