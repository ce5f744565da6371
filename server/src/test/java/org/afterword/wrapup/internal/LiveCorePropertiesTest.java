package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.catalog.APolicy;
import org.afterword.catalog.PolicySettings.AtDeadline;
import org.afterword.catalog.PolicySettings.WrapUpMode;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.AgentState;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;

/** The invariants of the design, 1 to 4, over random histories. */
class LiveCorePropertiesTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** When the last event has happened, and so the first may come in; the last comes in {@link #DELAY} seconds later. */
    private static final Instant RECEIVED = START.plusSeconds(600);

    /** With it, the oldest event still comes in within the lateness bound. */
    private static final int DELAY = 290;

    /** Longer than any delay, so that when an end became known moves no deadline. */
    private static final int WINDOW = 1200;

    /** One that can carry several; the others carry one unit. */
    private static final AgentId MANY_HANDED = PureDesk.agentId("agent2");

    /** An event that has happened and is still on its way. */
    private interface OnItsWay {
        ContactEvent arriving(Instant receivedAt);
    }

    /** Invariant 4: order, delay, duplicates and the cut into batches change neither facts nor figures. */
    @Property(tries = 1000)
    void anyOrderOfDeliveryGivesTheSameFactsAndFigures(
            @ForAll("histories") List<OnItsWay> history,
            @ForAll WrapUpMode mode,
            @ForAll boolean resting,
            @ForAll Random random) {
        PureDesk inOrder = desk(mode, resting);
        inOrder.receive(arriving(history, RECEIVED), RECEIVED);

        var shuffled = new ArrayList<>(history);
        shuffled.addAll(history.subList(0, history.size() / 3));
        Collections.shuffle(shuffled, random);
        PureDesk outOfOrder = desk(mode, resting);
        Instant now = RECEIVED;
        while (!shuffled.isEmpty()) {
            int size = Math.min(1 + random.nextInt(5), shuffled.size());
            now = now.plusSeconds(random.nextInt(DELAY / 40));
            outOfOrder.receive(arriving(shuffled.subList(0, size), now), now);
            shuffled.subList(0, size).clear();
        }

        Map<String, Object> expected = facts(inOrder);
        Map<String, Object> actual = facts(outOfOrder);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, fact) -> assertThat(actual.get(name)).as(name).isEqualTo(fact));
        // none goes untold; one that was told stays told, and counts once by its key
        assertThat(keys(outOfOrder.leaks)).containsAll(keys(outOfOrder.leaksKnown()));
    }

    private static List<String> keys(Collection<BatchRules.Leak> leaks) {
        return leaks.stream().map(leak -> leak.kind() + leak.eventId()).toList();
    }

    private static List<ContactEvent> arriving(List<OnItsWay> events, Instant receivedAt) {
        return events.stream().map(event -> event.arriving(receivedAt)).toList();
    }

    /** Invariant 2: every leg that is not a monitor's has exactly one wrap-up, whatever came in when. */
    @Property(tries = 400)
    void everyHandledLegHasExactlyOneWrapUp(@ForAll("histories") List<OnItsWay> history, @ForAll Random random) {
        PureDesk desk = deliveredInAnyOrder(history, random);

        var ofLegs = new TreeMap<LegKey, Integer>();
        desk.wrapUps().stream().filter(w -> !w.isPart()).forEach(w -> ofLegs.merge(w.leg(), 1, Integer::sum));
        List<LegKey> handled = desk.legs.values().stream()
                .flatMap(List::stream)
                .filter(span -> span.role() != LegRole.MONITOR)
                .map(LegSpan::key)
                .toList();
        assertThat(ofLegs.keySet()).containsExactlyInAnyOrderElementsOf(handled);
        assertThat(ofLegs.values()).allMatch(count -> count == 1);
    }

    /** Invariant 1: an agent is eligible for what its legs and its windows leave, counted here a second time, and no more. */
    @Property(tries = 400)
    void anAgentIsEligibleForWhatItsLegsAndWindowsLeaveAndNoMore(
            @ForAll("histories") List<OnItsWay> history, @ForAll Random random) {
        PureDesk desk = desk();
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        for (OnItsWay event : shuffled) {
            desk.receive(event.arriving(RECEIVED), RECEIVED);
            for (AgentId id : desk.situations.keySet()) {
                Agent agent = desk.situation(id).agent();
                int capacity = id.equals(MANY_HANDED) ? 3 : 1;
                int left = capacity - unitsOnLegs(desk, id, capacity) - unitsInWindows(desk, id);
                boolean wantsWork =
                        agent.presence().signedIn() && agent.presence().wanted() == AgentState.AVAILABLE;
                for (int asked = 1; asked <= capacity; asked++) {
                    assertThat(agent.isEligible(asked, List.of(), RECEIVED))
                            .as("%s asked for %d, %d are left", id, asked, left)
                            .isEqualTo(wantsWork && asked <= left);
                }
            }
        }
    }

    private static int unitsOnLegs(PureDesk desk, AgentId agent, int capacity) {
        return desk.legs.values().stream()
                .flatMap(List::stream)
                .filter(span -> span.agent().equals(agent) && span.role() != LegRole.MONITOR && span.endedAt() == null)
                .mapToInt(span -> desk.channelOf(span.key().interaction()) == Channel.VOICE ? capacity : 1)
                .sum();
    }

    private static int unitsInWindows(PureDesk desk, AgentId agent) {
        return desk.wrapUps().stream()
                .filter(w -> w.agent().equals(agent))
                .filter(w -> w.status() == WrapUpStatus.OPEN || w.status() == WrapUpStatus.OVERDUE)
                .mapToInt(WrapUp::heldUnits)
                .sum();
    }

    /** Invariant 3: a deadline takes effect once, and every wrap-up reaches exactly one end. */
    @Property(tries = 200)
    void aDeadlineTakesEffectOnceAndLeavesNobodyHeld(
            @ForAll("histories") List<OnItsWay> history, @ForAll AtDeadline atDeadline) {
        var desk = new PureDesk(PureDesk.timeboxed(60, atDeadline));
        desk.receive(arriving(history, RECEIVED), RECEIVED);
        Instant after = RECEIVED.plusSeconds(3600); // beyond all that stops clocks

        desk.sweep(after);
        List<WrapUp> once = desk.wrapUps();
        desk.sweep(after.plusSeconds(1));

        assertThat(desk.wrapUps()).isEqualTo(once);
        // whose agent calls out of it has time as long as that lasts
        assertThat(once).noneMatch(w -> w.status() == WrapUpStatus.OPEN && !WindowClock.standsStill(w));
        if (atDeadline != AtDeadline.OVERDUE) {
            assertThat(once).noneMatch(w -> w.state().holds() && !WindowClock.standsStill(w));
        }
        for (WrapUp overdue : once.stream()
                .filter(w -> w.state() instanceof WrapUpState.Overdue)
                .toList()) {
            desk.complete(overdue.id(), after.plusSeconds(2));
        }
        desk.sweep(after.plusSeconds(20));
        desk.situations.values().stream()
                .filter(s -> s.holding().isEmpty())
                .forEach(s -> assertThat(s.agent().heldUnits()).isZero());
    }

    private static PureDesk desk() {
        return desk(WrapUpMode.TIMEBOXED, false);
    }

    /** @param resting a rest follows each contact, and lasts until all events have come in */
    private static PureDesk desk(WrapUpMode mode, boolean resting) {
        var desk = new PureDesk(APolicy.of(
                "p",
                "{'mode': '%s', 'windowSeconds': %d, 'atDeadline': 'DEFER', 'noResponseSeconds': 0, 'recovery': %s}"
                        .formatted(
                                mode,
                                WINDOW,
                                resting
                                        ? "{'seconds': 900, 'byRule': true, 'capSeconds': 14400, 'capHours': 1}"
                                        : null)));
        desk.receive(
                new ContactEvent.AgentSignedIn(
                        new ContactEvent.Envelope("roster", "many-handed", START.minusSeconds(1), START),
                        MANY_HANDED,
                        null,
                        null,
                        null,
                        null,
                        3,
                        null,
                        null),
                START);
        return desk;
    }

    private static PureDesk deliveredInAnyOrder(List<OnItsWay> history, Random random) {
        PureDesk desk = desk();
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(event -> desk.receive(event.arriving(RECEIVED), RECEIVED));
        return desk;
    }

    /** What must not depend on the order of arrival: legs, what became of each, and what each agent shows. */
    private static Map<String, Object> facts(PureDesk desk) {
        var facts = new TreeMap<String, Object>();
        desk.legs.forEach((id, spans) -> facts.put("legs of " + id, Set.copyOf(spans)));
        desk.byHand.forEach((id, contact) -> facts.put("joined by " + id, contact.joined() + "/" + contact.leg()));
        desk.wrapUps().stream()
                .filter(w -> !w.isPart())
                .forEach(w -> facts.put(
                        "wrap-up of " + w.leg(),
                        List.of(
                                w.status(),
                                String.valueOf(w.acwTime()),
                                w.heldUnits(),
                                String.valueOf(w.deadline()),
                                w.wasDeferred(),
                                w.legUnits(),
                                w.span())));
        desk.situations.forEach((id, s) -> facts.put(
                "agent " + id,
                List.of(
                        s.agent().state(),
                        String.valueOf(s.agent().since()),
                        s.agent().carried(),
                        s.agent().presence(),
                        // while something holds the agent, nobody asks since when it has been idle
                        s.agent().presence().signedIn() && s.agent().carried() == 0
                                ? String.valueOf(s.agent().idleSince())
                                : "",
                        s.agent().profile(),
                        s.agent().rests().stream()
                                .map(rest -> rest.after() + " " + s.agent().timeOf(rest))
                                .sorted()
                                .toList())));
        facts.put("leaks", desk.leaksKnown());
        return facts;
    }

    @Provide
    Arbitrary<List<OnItsWay>> histories() {
        return Arbitraries.integers()
                .between(3, 30)
                .flatMap(size -> Combinators.combine(
                                Arbitraries.integers().between(0, 20).list().ofSize(size),
                                Arbitraries.integers().between(0, 2).list().ofSize(size),
                                Arbitraries.integers().between(0, 2).list().ofSize(size),
                                Arbitraries.integers().between(0, 590).list().ofSize(size))
                        .as(LiveCorePropertiesTest::history));
    }

    private static List<OnItsWay> history(
            List<Integer> kinds, List<Integer> agents, List<Integer> calls, List<Integer> seconds) {
        var events = new ArrayList<OnItsWay>();
        for (int i = 0; i < 3; i++) {
            int call = i;
            Channel channel = call == 0 ? Channel.VOICE : Channel.CHAT;
            events.add(received -> new ContactEvent.Started(
                    new ContactEvent.Envelope("switch", "started" + call, START, received),
                    PureDesk.interaction("call" + call),
                    new InteractionDetails(
                            channel,
                            call == 1 ? Direction.OUTBOUND : Direction.INBOUND,
                            "queue" + call,
                            null,
                            null,
                            null,
                            null,
                            Map.of())));
        }
        for (int i = 0; i < kinds.size(); i++) {
            int number = i;
            // many within two seconds of each other, where an end and a connect may belong together
            Instant time = START.plusSeconds(i % 2 == 0 ? seconds.get(i) : seconds.get(i) % 8);
            events.add(received -> event(
                    new ContactEvent.Envelope("switch", "e" + number, time, received),
                    kinds.get(number),
                    PureDesk.agentId("agent" + agents.get(number)),
                    PureDesk.interaction("call" + calls.get(number)),
                    number));
        }
        return events;
    }

    private static ContactEvent event(
            ContactEvent.Envelope at, int kind, AgentId agent, InteractionId call, int number) {
        return switch (kind) {
            case 0, 1 -> new ContactEvent.Connected(at, call, agent, null, LegRole.PRIMARY);
            case 2 -> new ContactEvent.Connected(at, call, agent, agent + "-leg" + number % 2, LegRole.PRIMARY);
            case 3 -> new ContactEvent.Connected(at, call, agent, null, LegRole.MONITOR);
            case 4, 5 -> new ContactEvent.Ended(at, call, null);
            case 6 -> new ContactEvent.Left(at, call, agent, null);
            case 7 -> new ContactEvent.Left(at, call, agent, agent + "-leg" + number % 2);
            case 8 ->
                new ContactEvent.AgentSignedIn(
                        at,
                        agent,
                        number % 2 == 0 ? "name" + number : null,
                        number % 3 == 0 ? "team" + number : null,
                        null,
                        number % 5 == 0 ? List.of("skill" + number) : null,
                        null,
                        null,
                        number % 4 == 0 ? "level" + number : null);
            case 9 -> new ContactEvent.AgentSignedOut(at, agent, null);
            case 10 -> new ContactEvent.AgentReady(at, agent);
            case 11 -> new ContactEvent.Held(at, call, agent, null);
            case 12 -> new ContactEvent.Resumed(at, call, agent, null);
            case 17, 18 ->
                new ContactEvent.Opened(
                        byHand(at),
                        PureDesk.interaction("hand" + number),
                        PureDesk.agentId("agent" + number % 2),
                        new InteractionDetails(
                                number % 4 == 0 ? Channel.CHAT : Channel.VOICE,
                                Direction.INBOUND,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Map.of()),
                        "user:" + agent);
            case 19 ->
                new ContactEvent.Closed(
                        byHand(at),
                        PureDesk.interaction("hand" + number / 2),
                        PureDesk.agentId("agent" + number / 2 % 2),
                        "user:" + agent);
            case 20 -> new ContactEvent.Ended(at, call, null);
            case 16 -> new ContactEvent.DesktopApp(at, agent, "CRM", true, number % 20, call);
            case 13 -> new ContactEvent.Offered(at, call, agent, null);
            case 14 -> new ContactEvent.Transferred(at, call, agent, null, true, null, null);
            default -> new ContactEvent.AgentNotReady(at, agent, "BREAK");
        };
    }

    private static ContactEvent.Envelope byHand(ContactEvent.Envelope at) {
        return new ContactEvent.Envelope(ByHand.SOURCE, at.id(), at.time(), at.receivedAt());
    }
}
