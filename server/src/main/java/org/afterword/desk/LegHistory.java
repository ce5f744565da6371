package org.afterword.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.InteractionId;
import org.afterword.conversation.LegRole;
import org.afterword.identity.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * Derives an interaction's legs from the set of its facts: the order in which they came in does not matter, and a fact that
 * stands there twice counts once. A leg begins when its agent is connected. It ends by the first of: the agent leaves, the
 * interaction ends, a supervisor releases it, the same agent is connected again (its end was lost; nobody is in one
 * interaction twice).
 */
public final class LegHistory {
    /**
     * An interaction that ended this shortly before an agent was connected had ended for that agent too: a caller who hangs
     * up as the agent answers is reported by two parts of a switch, whose clocks and queues differ by less than this.
     */
    static final Duration END_BEFORE_CONNECT = Duration.ofSeconds(2);

    private LegHistory() {}

    /** The legs of several interactions. */
    public static Map<InteractionId, List<LegSpan>> derive(Map<InteractionId, List<LegFact>> facts) {
        var legs = new TreeMap<InteractionId, List<LegSpan>>();
        facts.forEach((interaction, of) -> legs.put(interaction, derive(interaction, of)));
        return legs;
    }

    /** The legs of one interaction, by their beginnings; those whose end is not known are on. */
    public static List<LegSpan> derive(InteractionId interaction, Collection<LegFact> facts) {
        List<LegFact> ordered = withoutOpenings(facts);
        var legs = new ArrayList<Builder>();
        var connects = new HashMap<String, Integer>();
        LegFact lastEnd = null;
        for (LegFact fact : ordered) {
            switch (fact.kind()) {
                case CONNECTED -> begin(interaction, fact, lastEnd, legs, connects);
                case HELD -> on(legs, fact).forEach(leg -> leg.hold(fact.at()));
                case RESUMED -> on(legs, fact).forEach(leg -> leg.resume(fact.at()));
                case FAILED -> attempt(interaction, fact, legs, connects);
                case LEFT, RELEASED -> on(legs, fact).forEach(leg -> leg.end(fact.at(), fact.late()));
                case ENDED -> {
                    on(legs, fact).forEach(leg -> leg.end(fact.at(), fact.late()));
                    lastEnd = fact;
                }
            }
        }
        return legs.stream().map(Builder::build).toList();
    }

    /**
     * The facts in their order, without that an agent opened the contact by hand, where its switch tells by the same id that the agent is
     * in it: that is the same leg, and nothing about it came late. It is not the same where it had ended before, or where the
     * agent only listened.
     */
    public static List<LegFact> withoutOpenings(Collection<LegFact> facts) {
        List<LegFact> told = facts.stream().distinct().sorted().toList();
        for (LegFact opening : told) {
            if (!isOpening(opening)) {
                continue;
            }
            Optional<LegFact> first = told.stream()
                    .filter(fact -> isConnect(fact, opening) && !isOpening(fact))
                    .findFirst();
            if (first.isPresent() && first.get().role() != LegRole.MONITOR && !isOver(opening, first.get(), told)) {
                LegFact connect = first.get();
                told = told.stream()
                        .filter(fact -> !fact.equals(opening))
                        .map(fact -> fact.equals(connect) ? begun(connect, opening) : fact)
                        .map(fact -> isConnect(fact, opening) ? fact.inTime() : fact)
                        .sorted()
                        .toList();
            }
        }
        return told;
    }

    /** The switch says when it began, unless it tells of that when its agent had long been in it. */
    private static LegFact begun(LegFact connect, LegFact opening) {
        return connect.at().isAfter(opening.at().plus(ByHand.AHEAD)) ? connect.movedTo(opening.at()) : connect;
    }

    public static boolean isOpening(LegFact fact) {
        return fact.kind() == LegFact.Kind.CONNECTED && fact.source().equals(ByHand.SOURCE);
    }

    private static boolean isConnect(LegFact fact, LegFact opening) {
        return fact.kind() == LegFact.Kind.CONNECTED && Objects.equals(fact.agent(), opening.agent());
    }

    /** Whether a leg that was opened by hand ended before its agent was connected. */
    private static boolean isOver(LegFact opening, LegFact connect, List<LegFact> facts) {
        return facts.stream()
                .filter(fact ->
                        fact.legId() == null && (fact.agent() == null || Objects.equals(fact.agent(), opening.agent())))
                .filter(fact -> !fact.at().isBefore(opening.at()) && fact.at().isBefore(connect.at()))
                .anyMatch(fact -> switch (fact.kind()) {
                    case LEFT, RELEASED, ENDED -> true;
                    case CONNECTED, HELD, RESUMED, FAILED -> false;
                });
    }

    /** An attempt that failed is a leg that ends as it begins; none while the agent is in the contact. */
    private static void attempt(
            InteractionId interaction, LegFact fact, List<Builder> legs, Map<String, Integer> connects) {
        AgentId agent = required(fact.agent());
        if (on(legs, fact).isEmpty()) {
            String numbered = agent + "#attempt";
            var key = new LegKey(interaction, numbered + connects.merge(numbered, 1, Integer::sum));
            var tried = new Builder(key, agent, LegRole.ATTEMPT, fact.at(), fact.late());
            tried.end(fact.at(), fact.late());
            legs.add(tried);
        }
    }

    private static void begin(
            InteractionId interaction,
            LegFact fact,
            @Nullable LegFact lastEnd,
            List<Builder> legs,
            Map<String, Integer> connects) {
        AgentId agent = required(fact.agent());
        // monitors count apart, so that a leg that turns out to have come earlier never changes what its number means
        String numbered = agent + (fact.role() == LegRole.MONITOR ? "#monitor" : "#");
        String legId = fact.legId() == null ? numbered + connects.merge(numbered, 1, Integer::sum) : fact.legId();
        legs.stream()
                .filter(leg -> leg.isOn()
                        && leg.agent.equals(agent)
                        && !leg.key.legId().equals(legId))
                .forEach(leg -> leg.end(fact.at(), fact.late()));
        if (legs.stream().anyMatch(leg -> leg.key.legId().equals(legId))) {
            return; // the switch named the same leg again: it is still that leg
        }
        var begun = new Builder(new LegKey(interaction, legId), agent, required(fact.role()), fact.at(), fact.late());
        if (lastEnd != null && !fact.at().isAfter(lastEnd.at().plus(END_BEFORE_CONNECT))) {
            begun.end(fact.at(), lastEnd.late());
        }
        legs.add(begun);
    }

    /** The legs that are on and that the fact speaks of. */
    private static List<Builder> on(List<Builder> legs, LegFact fact) {
        return legs.stream()
                .filter(Builder::isOn)
                .filter(leg -> fact.agent() == null || fact.agent().equals(leg.agent))
                .filter(leg -> fact.legId() == null || fact.legId().equals(leg.key.legId()))
                .toList();
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a connected fact without agent or role passed its constructor");
        }
        return value;
    }

    private static final class Builder {
        private final LegKey key;
        private final AgentId agent;
        private final LegRole role;
        private final Instant startedAt;
        private final boolean lateStart;
        private @Nullable Instant endedAt;
        private @Nullable Instant heldSince;
        private Duration held = Duration.ZERO;
        private boolean lateEnd;

        Builder(LegKey key, AgentId agent, LegRole role, Instant startedAt, boolean lateStart) {
            this.key = key;
            this.agent = agent;
            this.role = role;
            this.startedAt = startedAt;
            this.lateStart = lateStart;
        }

        boolean isOn() {
            return endedAt == null;
        }

        void hold(Instant at) {
            if (heldSince == null) {
                heldSince = at;
            }
        }

        void resume(Instant at) {
            if (heldSince != null) {
                held = held.plus(Duration.between(heldSince, at));
                heldSince = null;
            }
        }

        void end(Instant at, boolean late) {
            resume(at);
            endedAt = at;
            lateEnd = late;
        }

        LegSpan build() {
            return new LegSpan(key, agent, role, startedAt, endedAt, held, lateStart, lateEnd);
        }
    }
}
