package org.afterword.wrapup.internal;

import static org.afterword.wrapup.internal.PureDesk.agentId;
import static org.afterword.wrapup.internal.PureDesk.interaction;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.afterword.conversation.Channel;
import org.afterword.conversation.LegRole;
import org.afterword.desk.Agent;
import org.afterword.desk.Leg;
import org.afterword.desk.LegKey;
import org.afterword.desk.LegSpan;
import org.afterword.desk.Occupancy;
import org.afterword.desk.PresenceFact;

/** How busy an agent was, counted a second time second by second. */
class OccupancyTest {
    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

    /** A contact: when it began, how long it took, and how long its wrap-up. */
    private record Contact(int start, int talk, int wrapUp) {
        int released() {
            return start + talk + wrapUp;
        }
    }

    private record Move(PresenceFact.Kind kind, int at) {}

    @Property(tries = 1000)
    void itIsTheUnionOfContactsInTheTimeThatTheAgentWasThere(
            @ForAll("contacts") List<Contact> contacts,
            @ForAll("moves") List<Move> moves,
            @ForAll @IntRange(min = 1, max = 1000) int until,
            @ForAll @IntRange(min = 1, max = 600) int window) {
        Occupancy occupancy = agent(contacts, moves).occupancy(NINE.plusSeconds(until), Duration.ofSeconds(window));

        int busy = 0;
        int available = 0;
        for (int second = until - window; second < until; second++) {
            int now = second;
            boolean works = isSignedIn(moves, now)
                    && contacts.stream().anyMatch(contact -> contact.start() <= now && now < contact.released());
            busy += works ? 1 : 0;
            available += works || isReady(moves, now) ? 1 : 0;
        }
        assertThat(occupancy.busy()).hasSeconds(busy);
        assertThat(occupancy.available()).hasSeconds(available);
        assertThat(occupancy.busy()).isLessThanOrEqualTo(occupancy.available());
        assertThat(occupancy.isAbove(100)).isFalse();
    }

    private static Agent agent(List<Contact> contacts, List<Move> moves) {
        var facts = new ArrayList<PresenceFact>();
        for (Move move : moves) {
            facts.add(PresenceFact.of(move.kind(), NINE.plusSeconds(move.at()), null, "switch", "e" + facts.size()));
        }
        Agent agent = Agent.unknown(agentId("ann")).withFacts(facts);
        for (int i = 0; i < contacts.size(); i++) {
            Contact contact = contacts.get(i);
            agent = agent.withLeg(new Leg(
                    new LegSpan(
                            new LegKey(interaction("call" + i), "ann#1"),
                            agentId("ann"),
                            LegRole.PRIMARY,
                            NINE.plusSeconds(contact.start()),
                            NINE.plusSeconds(contact.start() + contact.talk()),
                            Duration.ZERO,
                            false,
                            false),
                    Channel.CHAT,
                    false,
                    1,
                    1,
                    NINE.plusSeconds(contact.released())));
        }
        return agent;
    }

    private static boolean isSignedIn(List<Move> moves, int second) {
        boolean in = false;
        for (Move move : inOrder(moves, second)) {
            in = move.kind() == PresenceFact.Kind.SIGNED_IN || in && move.kind() != PresenceFact.Kind.SIGNED_OUT;
        }
        return in;
    }

    private static boolean isReady(List<Move> moves, int second) {
        boolean in = false;
        boolean ready = false;
        for (Move move : inOrder(moves, second)) {
            switch (move.kind()) {
                case SIGNED_IN -> {
                    ready &= in;
                    in = true;
                }
                case SIGNED_OUT -> in = false;
                case READY -> ready = true;
                default -> ready = false;
            }
        }
        return in && ready;
    }

    private static List<Move> inOrder(List<Move> moves, int second) {
        return moves.stream()
                .filter(move -> move.at() <= second)
                .sorted(Comparator.comparingInt(Move::at).thenComparing(Move::kind))
                .toList();
    }

    @Provide
    Arbitrary<List<Contact>> contacts() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 900),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 90))
                .as(Contact::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(
                        Arbitraries.of(
                                PresenceFact.Kind.SIGNED_IN,
                                PresenceFact.Kind.READY,
                                PresenceFact.Kind.NOT_READY,
                                PresenceFact.Kind.SIGNED_OUT),
                        Arbitraries.integers().between(0, 900))
                .as(Move::new)
                .list()
                .ofMaxSize(10);
    }
}
