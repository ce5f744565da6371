package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.afterword.catalog.PolicyRule.AtDeadline;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.identity.AgentId;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;

/** The invariants of the design, 1 to 4, over random histories. */
class LiveCorePropertiesTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** When everything is received: within the lateness bound of every event. */
    private static final Instant RECEIVED = START.plusSeconds(600);

    /** Invariant 4: order, duplicates and the cut into batches change neither facts nor figures. */
    @Property(tries = 400)
    void anyOrderOfDeliveryGivesTheSameFactsAndFigures(
            @ForAll("histories") List<ContactEvent> history, @ForAll Random random) {
        PureDesk inOrder = desk();
        inOrder.receive(history, RECEIVED);

        var shuffled = new ArrayList<>(history);
        shuffled.addAll(history.subList(0, history.size() / 3));
        Collections.shuffle(shuffled, random);
        PureDesk outOfOrder = desk();
        while (!shuffled.isEmpty()) {
            int size = Math.min(1 + random.nextInt(5), shuffled.size());
            outOfOrder.receive(List.copyOf(shuffled.subList(0, size)), RECEIVED);
            shuffled.subList(0, size).clear();
        }

        Map<String, Object> expected = facts(inOrder);
        Map<String, Object> actual = facts(outOfOrder);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, fact) -> assertThat(actual.get(name)).as(name).isEqualTo(fact));
    }

    /** Invariant 2: every leg that is not a monitor's has exactly one wrap-up, whatever came in when. */
    @Property(tries = 400)
    void everyHandledLegHasExactlyOneWrapUp(@ForAll("histories") List<ContactEvent> history, @ForAll Random random) {
        PureDesk desk = deliveredInAnyOrder(history, random);

        var ofLegs = new TreeMap<LegKey, Integer>();
        desk.wrapUps().forEach(w -> ofLegs.merge(w.leg(), 1, Integer::sum));
        List<LegKey> handled = desk.legs.values().stream()
                .flatMap(List::stream)
                .filter(span -> span.role() != LegRole.MONITOR)
                .map(LegSpan::key)
                .toList();
        assertThat(ofLegs.keySet()).containsExactlyInAnyOrderElementsOf(handled);
        assertThat(ofLegs.values()).allMatch(count -> count == 1);
    }

    /** Invariant 1: what wrap-ups hold is never offered, and nothing else keeps units. */
    @Property(tries = 400)
    void aHeldAgentIsNeverEligibleBeyondTheCapacityLeft(
            @ForAll("histories") List<ContactEvent> history, @ForAll Random random) {
        PureDesk desk = desk();
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        for (ContactEvent event : shuffled) {
            desk.receive(event, RECEIVED);
            for (Situation situation : desk.situations.values()) {
                holdsWhatItsWrapUpsSay(situation);
            }
        }
    }

    private static void holdsWhatItsWrapUpsSay(Situation situation) {
        Agent agent = situation.agent();
        int held = situation.holding().stream().mapToInt(WrapUp::heldUnits).sum();
        assertThat(agent.heldUnits()).isEqualTo(held);
        int left = agent.profile().capacity() - agent.load(RECEIVED);
        assertThat(agent.isEligible(Math.max(1, left + 1), List.of(), RECEIVED)).isFalse();
        if (held >= agent.profile().capacity()) {
            assertThat(agent.isEligible(1, List.of(), RECEIVED)).isFalse();
        }
    }

    /** Invariant 3: a deadline takes effect once, and every wrap-up reaches exactly one end. */
    @Property(tries = 200)
    void aDeadlineTakesEffectOnceAndLeavesNobodyHeld(
            @ForAll("histories") List<ContactEvent> history, @ForAll AtDeadline atDeadline) {
        var desk = new PureDesk(PureDesk.timeboxed(60, atDeadline));
        desk.receive(history, RECEIVED);
        Instant after = RECEIVED.plusSeconds(120);

        desk.sweep(after);
        List<WrapUp> once = desk.wrapUps();
        desk.sweep(after.plusSeconds(1));

        assertThat(desk.wrapUps()).isEqualTo(once);
        assertThat(once).noneMatch(w -> w.status() == WrapUpStatus.OPEN);
        if (atDeadline != AtDeadline.OVERDUE) {
            assertThat(once).noneMatch(w -> w.state().holds());
        }
        for (WrapUp overdue : once.stream()
                .filter(w -> w.state() instanceof WrapUpState.Overdue)
                .toList()) {
            desk.complete(overdue.id(), after.plusSeconds(2));
        }
        desk.sweep(after.plusSeconds(20));
        desk.situations.values().forEach(s -> assertThat(s.agent().heldUnits()).isZero());
    }

    private static PureDesk desk() {
        return new PureDesk(PureDesk.timeboxed(60, AtDeadline.DEFER));
    }

    private static PureDesk deliveredInAnyOrder(List<ContactEvent> history, Random random) {
        PureDesk desk = desk();
        var shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(event -> desk.receive(event, RECEIVED));
        return desk;
    }

    /** What must not depend on the order of arrival: legs, what became of each, and what each agent shows. */
    private static Map<String, Object> facts(PureDesk desk) {
        var facts = new TreeMap<String, Object>();
        desk.legs.forEach((id, spans) -> facts.put("legs of " + id, spans));
        desk.wrapUps()
                .forEach(w -> facts.put(
                        "wrap-up of " + w.leg(),
                        List.of(
                                w.status(),
                                String.valueOf(w.acwTime()),
                                w.heldUnits(),
                                String.valueOf(w.deadline()),
                                w.span())));
        desk.situations.forEach((id, s) -> facts.put(
                "agent " + id,
                List.of(
                        s.agent().state(),
                        String.valueOf(s.agent().since()),
                        s.agent().carried(),
                        s.agent().presence(),
                        s.agent().presence().signedIn()
                                ? String.valueOf(s.agent().idleSince())
                                : "",
                        s.agent().profile())));
        return facts;
    }

    @Provide
    Arbitrary<List<ContactEvent>> histories() {
        return Arbitraries.integers()
                .between(3, 30)
                .flatMap(size -> Combinators.combine(
                                Arbitraries.integers().between(0, 11).list().ofSize(size),
                                Arbitraries.integers().between(0, 2).list().ofSize(size),
                                Arbitraries.integers().between(0, 2).list().ofSize(size),
                                Arbitraries.integers().between(0, 590).list().ofSize(size))
                        .as(LiveCorePropertiesTest::history));
    }

    private static List<ContactEvent> history(
            List<Integer> kinds, List<Integer> agents, List<Integer> calls, List<Integer> seconds) {
        var sw = new PureDesk.Switch(RECEIVED);
        var events = new ArrayList<ContactEvent>();
        for (int call = 0; call < 3; call++) {
            Channel channel = call == 0 ? Channel.VOICE : Channel.CHAT;
            events.add(new ContactEvent.Started(
                    sw.at(START),
                    PureDesk.interaction("call" + call),
                    new InteractionDetails(channel, null, "queue" + call, null, null, null, null, Map.of())));
        }
        for (int i = 0; i < kinds.size(); i++) {
            AgentId agent = PureDesk.agentId("agent" + agents.get(i));
            var call = PureDesk.interaction("call" + calls.get(i));
            ContactEvent.Envelope at = sw.at(START.plusSeconds(seconds.get(i)));
            events.add(
                    switch (kinds.get(i)) {
                        case 0, 1, 2 -> new ContactEvent.Connected(at, call, agent, null, LegRole.PRIMARY);
                        case 3 -> new ContactEvent.Connected(at, call, agent, null, LegRole.MONITOR);
                        case 4, 5 -> new ContactEvent.Ended(at, call, null);
                        case 6 -> new ContactEvent.Left(at, call, agent, null);
                        case 7 -> new ContactEvent.AgentSignedIn(at, agent, null, null, null, null, null, null, null);
                        case 8 -> new ContactEvent.AgentSignedOut(at, agent, null);
                        case 9 -> new ContactEvent.AgentReady(at, agent);
                        case 10 -> new ContactEvent.Held(at, call, agent, null);
                        default -> new ContactEvent.AgentNotReady(at, agent, "BREAK");
                    });
        }
        return events;
    }
}
