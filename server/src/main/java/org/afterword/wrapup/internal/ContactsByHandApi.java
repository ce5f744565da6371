package org.afterword.wrapup.internal;

import java.time.Instant;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionId;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Contacts that people open and end by hand, over HTTP. */
@RestController
@RequestMapping("/api/v1/interactions")
class ContactsByHandApi {
    private final ContactsByHand contacts;

    ContactsByHandApi(ContactsByHand contacts) {
        this.contacts = contacts;
    }

    record OpeningBody(
            @Nullable String id,
            @Nullable AgentId agentId,
            @Nullable String channel,
            @Nullable String direction,
            @Nullable String queue,
            @Nullable String campaign,
            @Nullable String callType,
            @Nullable ObjectNode customer,
            @Nullable Instant startedAt) {
        /** As an event says it. */
        ObjectNode data() {
            ObjectNode data = Json.object()
                    .put("channel", channel)
                    .put("direction", direction)
                    .put("queue", queue)
                    .put("campaign", campaign)
                    .put("callType", callType);
            if (customer != null) {
                data.set("customer", customer);
            }
            return data;
        }
    }

    /**
     * A contact as its agent is in it.
     *
     * @param interactionId its switch's id, once it is known to be a call that a switch told of
     * @param alsoKnownAs   then the id under which it was opened; null otherwise
     */
    record Shown(
            InteractionId interactionId,
            @Nullable InteractionId alsoKnownAs,
            boolean manual,
            AgentId agentId,
            Channel channel,
            @Nullable Direction direction,
            @Nullable String queue,
            @Nullable String campaign,
            @Nullable String callType,
            InteractionDetails.@Nullable Customer customer,
            Instant startedAt,
            @Nullable Instant endedAt,
            WrapUpId wrapUpId,
            WrapUpStatus wrapUpStatus) {
        static Shown of(WrapUpView wrapUp) {
            return new Shown(
                    wrapUp.interactionId(),
                    wrapUp.alsoKnownAs().stream().findFirst().orElse(null),
                    wrapUp.manual(),
                    wrapUp.agentId(),
                    wrapUp.channel(),
                    wrapUp.direction(),
                    wrapUp.queue(),
                    wrapUp.campaign(),
                    wrapUp.callType(),
                    wrapUp.customer(),
                    wrapUp.startedAt(),
                    wrapUp.openedAt(),
                    wrapUp.id(),
                    wrapUp.status());
        }
    }

    /** Answers 201, or 200 with the contact that is there: opened before under this id, or told of by its switch. */
    @PostMapping
    ResponseEntity<Shown> open(@AuthenticationPrincipal Caller caller, @RequestBody OpeningBody body) {
        String named = body.id();
        InteractionId id = named == null ? null : ProblemException.parse("#/id", () -> new InteractionId(named));
        ContactsByHand.Contact contact = contacts.open(caller, id, body.agentId(), body.data(), body.startedAt());
        return ResponseEntity.status(contact.begun() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(Shown.of(contact.wrapUp()));
    }

    @PostMapping("/{id}/end")
    Shown close(@AuthenticationPrincipal Caller caller, @PathVariable InteractionId id) {
        return Shown.of(contacts.close(caller, id).wrapUp());
    }
}
