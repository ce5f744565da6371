package org.afterword.wrapup.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.ByHand;
import org.afterword.conversation.ContactEvent;
import org.afterword.conversation.Conversations;
import org.afterword.conversation.EventIntake;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Floor;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.Ids;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/**
 * Contacts that no switch told of, opened and closed by people. What they do becomes an event of our own, and goes the way of all
 * events: it is redacted, logged, known again when it is repeated, and applied with whatever else comes.
 */
@Service
class ContactsByHand {
    private final Tenancy tenancy;
    private final EventIntake intake;
    private final Conversations conversations;
    private final Floor floor;
    private final Catalogs catalogs;
    private final WrapUpRepository wrapUpRows;
    private final WrapUpService wrapUps;
    private final InstantSource clock;

    ContactsByHand(
            Tenancy tenancy,
            EventIntake intake,
            Conversations conversations,
            Floor floor,
            Catalogs catalogs,
            WrapUpRepository wrapUpRows,
            WrapUpService wrapUps,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.intake = intake;
        this.conversations = conversations;
        this.floor = floor;
        this.catalogs = catalogs;
        this.wrapUpRows = wrapUpRows;
        this.wrapUps = wrapUps;
        this.clock = clock;
    }

    /** @param begun false where it was there before, by hand or by its switch */
    record Contact(WrapUpView wrapUp, boolean begun) {}

    /**
     * Opens a contact; its agent is in it from then on, whatever it carries already. A repeat answers what the first did.
     *
     * @param id        null = one of our own
     * @param agent     null = the caller
     * @param data      of the event, without the agent
     * @param startedAt null = now
     * @throws ProblemException CONFLICT if the id is another contact's; INVALID
     */
    Contact open(
            Caller caller,
            @Nullable InteractionId id,
            @Nullable AgentId agent,
            ObjectNode data,
            @Nullable Instant startedAt) {
        AgentId whose = whose(caller, agent);
        Instant now = clock.instant();
        if (startedAt != null && startedAt.isBefore(now.minus(ContactEvent.LATENESS_BOUND))) {
            throw ProblemException.invalid(
                    "#/startedAt",
                    "is %s; what is more than %d minutes old holds nobody any more"
                            .formatted(startedAt, ContactEvent.LATENESS_BOUND.toMinutes()));
        }
        InteractionId known = id == null ? new InteractionId(Ids.at(now)) : id;
        String callType = data.path("callType").asString(null);
        Optional<Contact> there = tenancy.in(caller.tenant(), () -> {
            requireKnown(caller, whose, callType);
            return findOfSwitch(caller, known, whose);
        });
        if (there.isPresent()) {
            return there.get();
        }
        data.put("agentId", whose.value()).put("by", caller.actor());
        boolean begun = intake.tell(
                caller.tenant(), event("interaction.opened", known, startedAt == null ? now : startedAt, data));
        Contact contact = find(caller, known);
        return new Contact(
                contact.wrapUp(), begun && contact.wrapUp().interactionId().equals(known));
    }

    /** Ends the agent's part of it. A repeat answers what the first did. */
    Contact close(Caller caller, InteractionId id) {
        caller.require(Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR);
        ByHand contact = tenancy.in(
                caller.tenant(),
                () -> byHand(id)
                        .filter(found ->
                                caller.role() != Role.AGENT || found.agent().equals(caller.agentId()))
                        .orElseThrow(() -> unknown(caller, id)));
        ObjectNode data = Json.object().put("agentId", contact.agent().value()).put("by", caller.actor());
        intake.tell(caller.tenant(), event("interaction.closed", contact.interaction(), clock.instant(), data));
        return find(caller, contact.interaction());
    }

    private static ObjectNode event(String type, InteractionId interaction, Instant at, ObjectNode data) {
        ObjectNode event = Json.object()
                .put("specversion", "1.0")
                .put("source", ByHand.SOURCE)
                .put("id", type + " " + interaction)
                .put("type", type)
                .put("subject", interaction.value())
                .put("time", at.toString());
        event.set("data", data);
        return event;
    }

    private static AgentId whose(Caller caller, @Nullable AgentId agent) {
        caller.require(Role.AGENT, Role.SUPERVISOR, Role.ADMINISTRATOR);
        if (agent == null && caller.agentId() == null) {
            throw ProblemException.invalid("#/agentId", "is required: whose contact it is");
        }
        AgentId whose = agent == null ? Objects.requireNonNull(caller.agentId()) : agent;
        caller.requireSelfOr(whose, Role.SUPERVISOR, Role.ADMINISTRATOR);
        return whose;
    }

    private void requireKnown(Caller caller, AgentId agent, @Nullable String callType) {
        if (!agent.equals(caller.agentId()) && floor.find(agent).isEmpty()) {
            throw ProblemException.notFound("agent", agent.value());
        }
        if (callType != null && catalogs.get().findCallType(callType).isEmpty()) {
            throw ProblemException.invalid("#/callType", "is '%s', which is not in the catalog".formatted(callType));
        }
    }

    /**
     * The contact of this id where its switch has told that the agent is in it; empty if it is to be opened.
     *
     * @throws ProblemException CONFLICT if it is somebody else's
     */
    private Optional<Contact> findOfSwitch(Caller caller, InteractionId id, AgentId agent) {
        Optional<ByHand> same =
                byHand(id).filter(contact -> contact.interaction().equals(id));
        if (same.isPresent()
                ? same.get().agent().equals(agent)
                : conversations.find(id).isEmpty()) {
            return Optional.empty();
        }
        List<WrapUp> found =
                wrapUpRows.ofInteractions(tenancy.current(), List.of(id)).get();
        if (found.isEmpty() && same.isEmpty()) {
            return Optional.empty();
        }
        return found.stream()
                .filter(wrapUp -> wrapUp.agent().equals(agent) && !wrapUp.isPart())
                .max(Comparator.comparing(wrapUp -> wrapUp.span().startedAt()))
                .map(wrapUp -> Optional.of(new Contact(wrapUps.view(caller, wrapUp), false)))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CONFLICT,
                        "Contact '%s' is another one already; open this one under another id, or under none."
                                .formatted(id)));
    }

    /** The contact that was opened by hand under this id, or that turned out to be this call. */
    private Optional<ByHand> byHand(InteractionId id) {
        List<ByHand> found =
                conversations.byHand(List.of(id), List.of(), Instant.EPOCH).get();
        return found.stream()
                .filter(contact -> contact.interaction().equals(id))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private ProblemException unknown(Caller caller, InteractionId id) {
        return caller.role() == Role.AGENT || conversations.find(id).isEmpty()
                ? ProblemException.notFound("contact opened by hand", id.value())
                : new ProblemException(
                        ProblemType.CONFLICT,
                        "Contact '%s' was told of by a switch, which tells its end. To free an agent whose end was lost, release it."
                                .formatted(id));
    }

    private Contact find(Caller caller, InteractionId opened) {
        return tenancy.in(caller.tenant(), () -> {
            InteractionId known = conversations.known(opened);
            WrapUp wrapUp = wrapUpRows.ofInteractions(tenancy.current(), List.of(known)).get().stream()
                    .filter(found -> opened.equals(found.byHand()) && !found.isPart())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("contact %s has no wrap-up".formatted(opened)));
            return new Contact(wrapUps.view(caller, wrapUp), false);
        });
    }
}
