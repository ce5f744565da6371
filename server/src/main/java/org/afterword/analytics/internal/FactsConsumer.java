package org.afterword.analytics.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.afterword.platform.DomainEvent;
import org.afterword.platform.EventConsumer;
import org.afterword.platform.TenantId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Turns events into facts; what it writes is a function of the events alone. */
final class FactsConsumer implements EventConsumer {
    private static final Logger log = LoggerFactory.getLogger(FactsConsumer.class);
    private static final String STATE_CHANGED = "agent.state-changed";

    private static final String GATE_LEAKED = "gate.leaked";

    private static final String REST_ENDED = "rest.ended";

    private static final String DRAFT_DRAWN = "draft.drawn";

    private final FactRepository facts;
    private final StateRepository states;
    private final LeakRepository leaks;
    private final RestRepository rests;
    private final EffectRepository effects;

    FactsConsumer(
            FactRepository facts,
            StateRepository states,
            LeakRepository leaks,
            RestRepository rests,
            EffectRepository effects) {
        this.facts = facts;
        this.states = states;
        this.leaks = leaks;
        this.rests = rests;
        this.effects = effects;
    }

    @Override
    public String consumerName() {
        return "analytics";
    }

    @Override
    public void consume(TenantId tenant, List<DomainEvent> events) {
        Map<String, WrapUpFact> newest = new HashMap<>();
        Map<String, List<StateChange>> changes = new LinkedHashMap<>();
        for (DomainEvent event : events) {
            if (event.type().startsWith("wrapup.")) {
                read(event, WrapUpFact::of)
                        .ifPresent(fact ->
                                newest.merge(fact.wrapUpId(), fact, (a, b) -> b.sequence() >= a.sequence() ? b : a));
            } else if (isStateChange(event)) {
                read(event, StateChange::of)
                        .ifPresent(change -> changes.computeIfAbsent(change.agentId(), id -> new ArrayList<>())
                                .add(change));
            } else if (event.type().equals(GATE_LEAKED)) {
                leaks.put(event);
            } else if (event.type().equals(REST_ENDED)) {
                rests.put(event);
            } else if (event.type().equals(DRAFT_DRAWN)) {
                effects.put(event);
            }
        }
        if (!newest.isEmpty()) {
            facts.put(newest.values());
        }
        if (!changes.isEmpty()) {
            states.apply(changes.values());
        }
    }

    /** An agent who was never there is signed out since no time at all: that changes nothing. */
    private static boolean isStateChange(DomainEvent event) {
        return event.type().equals(STATE_CHANGED) && event.data().hasNonNull("since");
    }

    /** Empty for an event that cannot be read: one such would keep all later ones out of the reports. */
    private static <T> Optional<T> read(DomainEvent event, Function<DomainEvent, T> reader) {
        try {
            return Optional.of(reader.apply(event));
        } catch (JacksonException e) {
            log.error(
                    "Event {} ({}) is left out of the figures: {}",
                    event.position(),
                    event.type(),
                    e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
