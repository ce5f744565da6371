package org.afterword.wrapup.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.Catalog;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Agent;
import org.afterword.identity.AgentId;
import org.afterword.platform.EventLog;
import org.jspecify.annotations.Nullable;

/**
 * What a batch did at the gate, for the log: offers, misses and leaks. Connects, holds and releases stand in the
 * {@code wrapup.*} events that they make.
 */
final class GateNews {
    private final Catalog catalog;
    private final Map<InteractionId, InteractionDetails> details;
    private final Instant receivedAt;
    private final List<EventLog.NewEvent> events = new ArrayList<>();
    private int leaks;
    private int offersWhileResting;

    GateNews(Catalog catalog, Map<InteractionId, InteractionDetails> details, Instant receivedAt) {
        this.catalog = catalog;
        this.details = details;
        this.receivedAt = receivedAt;
    }

    /** The data of {@code gate.leaked}: also what the contact and its agent are counted by. */
    record Leaked(
            @JsonUnwrapped BatchRules.Leak leak,
            @Nullable String team,
            Channel channel,
            @Nullable String queue,
            @Nullable String campaign,
            @Nullable String callType) {}

    /** @param leaked of this agent, not told before */
    void add(Agent before, Agent after, Collection<BatchRules.Leak> leaked) {
        for (BatchRules.Offer offer : BatchRules.offers(before, after, details, receivedAt)) {
            add("gate.offered", offer.agentId(), offer.interactionId(), offer);
            offersWhileResting += offer.resting() ? 1 : 0;
        }
        for (BatchRules.Leak leak : leaked) {
            InteractionDetails contact = details.getOrDefault(leak.interactionId(), InteractionDetails.UNKNOWN);
            add(
                    "gate.leaked",
                    leak.agentId(),
                    leak.interactionId(),
                    new Leaked(
                            leak,
                            after.profile().team(),
                            contact.channelOrVoice(),
                            contact.queue(),
                            contact.campaign(),
                            PolicyChoice.shownCallType(catalog, contact, null)));
        }
        leaks += leaked.size();
    }

    void addMisses(Collection<ContactEvent> batch) {
        for (ContactEvent event : batch) {
            if (event instanceof ContactEvent.Missed missed) {
                add("gate.missed", missed.agent(), missed.interaction(), BatchRules.Missed.of(missed));
            }
        }
    }

    private void add(String type, AgentId agent, InteractionId interaction, Object data) {
        events.add(new EventLog.NewEvent(receivedAt, type, agent.value(), interaction.value(), data));
    }

    List<EventLog.NewEvent> events() {
        return events;
    }

    int leaks() {
        return leaks;
    }

    int offersWhileResting() {
        return offersWhileResting;
    }
}
