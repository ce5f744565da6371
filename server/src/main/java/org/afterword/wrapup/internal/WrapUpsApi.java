package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentState;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpState;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUpView;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wrap-ups over HTTP. */
@RestController
@RequestMapping("/api/v1/wrap-ups")
class WrapUpsApi {
    private final WrapUps wrapUps;

    WrapUpsApi(WrapUps wrapUps) {
        this.wrapUps = wrapUps;
    }

    @GetMapping
    WrapUps.Page list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable AgentId agentId,
            @RequestParam(required = false) @Nullable InteractionId interactionId,
            @RequestParam(required = false) @Nullable WrapUpStatus status,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return wrapUps.list(caller, agentId, interactionId, status, from, to, cursor, limit);
    }

    @GetMapping("/{id}")
    ResponseEntity<WrapUpView> get(@AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id) {
        return tagged(wrapUps.get(caller, id));
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {"application/json", "application/merge-patch+json"})
    ResponseEntity<WrapUpView> patch(
            @AuthenticationPrincipal Caller caller,
            @PathVariable WrapUpId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody JsonNode body) {
        if (!(body.path("record") instanceof ObjectNode patch)) {
            throw ProblemException.invalid("#/record", "must be an object: the merge patch of the record");
        }
        return tagged(wrapUps.patch(caller, id, version(ifMatch), patch));
    }

    record CompletionBody(
            @Nullable ObjectNode record,
            @Nullable List<String> unconfirmed,
            @Nullable String draftId,
            WrapUp.@Nullable NoContact noContact,
            @Nullable AgentState next,
            @Nullable String reason) {}

    @PostMapping("/{id}/completion")
    ResponseEntity<WrapUpView> complete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable WrapUpId id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody CompletionBody body) {
        if (body.unconfirmed() != null && body.unconfirmed().stream().anyMatch(Objects::isNull)) {
            throw ProblemException.invalid("#/unconfirmed", "must hold pointers, and has a null among them");
        }
        var completion = new WrapUps.Completion(
                body.record(),
                body.unconfirmed() == null ? List.of() : body.unconfirmed(),
                body.draftId(),
                body.noContact(),
                body.next() == null ? null : nextState(body.next(), body.reason(), "#/next"));
        return tagged(wrapUps.complete(caller, id, version(ifMatch), completion));
    }

    @PostMapping("/{id}/reopening")
    ResponseEntity<WrapUpView> reopen(@AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id) {
        return tagged(wrapUps.reopen(caller, id));
    }

    record ReasonBody(@Nullable String reason) {}

    @PostMapping("/{id}/extensions")
    ResponseEntity<WrapUpView> extend(
            @AuthenticationPrincipal Caller caller,
            @PathVariable WrapUpId id,
            @RequestBody(required = false) @Nullable ReasonBody body) {
        return tagged(wrapUps.extend(caller, id, body == null ? null : bounded(body.reason())));
    }

    record DeferralBody(
            @Nullable String reason,
            @Nullable Instant dueAt,
            @Nullable String owner,
            @Nullable List<String> parts) {}

    @PostMapping("/{id}/deferral")
    ResponseEntity<WrapUpView> defer(
            @AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id, @RequestBody DeferralBody body) {
        WrapUpState.Owner owner = switch (body.owner() == null ? "agent" : body.owner()) {
            case "agent" -> WrapUpState.Owner.AGENT;
            case "backOffice" -> WrapUpState.Owner.BACK_OFFICE;
            default ->
                throw ProblemException.invalid(
                        "#/owner", "is '%s' and must be agent or backOffice".formatted(body.owner()));
        };
        List<String> parts = body.parts() == null ? List.of() : body.parts();
        if (parts.stream().anyMatch(Objects::isNull)) {
            throw ProblemException.invalid("#/parts", "must hold pointers, and has a null among them");
        }
        return tagged(
                wrapUps.defer(caller, id, new WrapUps.Deferral(owner, body.dueAt(), required(body.reason()), parts)));
    }

    record CallTypeBody(@Nullable String callType, boolean escalated) {}

    @PutMapping("/{id}/call-type")
    ResponseEntity<WrapUpView> choose(
            @AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id, @RequestBody CallTypeBody body) {
        return tagged(wrapUps.choose(caller, id, body.callType(), body.escalated()));
    }

    /** Keys are pressed. The panel says so now and then, more often as the deadline comes near. */
    @PostMapping("/{id}/input")
    ResponseEntity<Void> input(@AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id) {
        wrapUps.input(caller, id);
        return ResponseEntity.noContent().build();
    }

    record OverrideBody(
            @Nullable String action,
            @Nullable String reason,
            @Nullable Integer seconds,
            @Nullable AgentId agentId) {}

    @PostMapping("/{id}/override")
    ResponseEntity<WrapUpView> override(
            @AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id, @RequestBody OverrideBody body) {
        WrapUps.OverrideAction action;
        try {
            action =
                    WrapUps.OverrideAction.valueOf(String.valueOf(body.action()).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "#/action", "is '%s' and must be extend, end, defer, reassign or release".formatted(body.action()));
        }
        var intervention = new WrapUps.Intervention(action, required(body.reason()), body.seconds(), body.agentId());
        return tagged(wrapUps.override(caller, id, intervention));
    }

    record RevisionBody(@Nullable JsonNode record, @Nullable String reason) {}

    @PostMapping("/{id}/revisions")
    ResponseEntity<WrapUpView> revise(
            @AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id, @RequestBody RevisionBody body) {
        if (!(body.record() instanceof ObjectNode patch)) {
            throw ProblemException.invalid("#/record", "must be an object: the merge patch of the record");
        }
        return tagged(wrapUps.revise(caller, id, patch, required(body.reason())));
    }

    private static ResponseEntity<WrapUpView> tagged(WrapUpView view) {
        return ResponseEntity.ok().eTag("\"" + view.version() + "\"").body(view);
    }

    static NextState nextState(AgentState state, @Nullable String reason, String pointer) {
        try {
            return new NextState(state, bounded(reason));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(pointer, String.valueOf(e.getMessage()));
        }
    }

    private static long version(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED, "If-Match is missing; send the ETag that GET answered.");
        }
        try {
            return Long.parseLong(ifMatch.replace("W/", "").replace("\"", "").trim());
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST, "If-Match '%s' is no ETag of a record.".formatted(ifMatch));
        }
    }

    static String required(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            throw ProblemException.invalid("#/reason", "is required");
        }
        return String.valueOf(bounded(reason));
    }

    private static @Nullable String bounded(@Nullable String reason) {
        if (reason != null && reason.length() > 500) {
            throw ProblemException.invalid(
                    "#/reason", "has %d characters; at most 500 are kept".formatted(reason.length()));
        }
        return reason;
    }
}
