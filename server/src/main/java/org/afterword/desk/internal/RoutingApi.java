package org.afterword.desk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.afterword.conversation.Channel;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.Reservation;
import org.afterword.desk.Routing;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The gate over HTTP: who may be offered work, and reservations. */
@RestController
@RequestMapping("/api/v1/routing")
class RoutingApi {
    private static final int DEFAULT_TTL_SECONDS = 30;
    private static final int LONGEST_TTL_SECONDS = 120;

    private final Routing routing;

    RoutingApi(Routing routing) {
        this.routing = routing;
    }

    record EligibleList(List<Routing.Eligible> items) {}

    @GetMapping("/eligible")
    EligibleList eligible(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(defaultValue = "voice") String channel,
            @RequestParam(required = false) @Nullable String queue) {
        caller.require(Role.INTEGRATION, Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR);
        return new EligibleList(routing.eligible(caller.tenant(), channel(channel), queue));
    }

    record ReservationBody(
            @Nullable String channel,
            @Nullable String queue,
            @Nullable InteractionId interactionId,
            @Nullable Integer ttlSeconds) {}

    record Reserved(String id, AgentId agentId, InteractionId interactionId, Instant expiresAt) {}

    @PostMapping("/reservations")
    @ResponseStatus(HttpStatus.CREATED)
    Reserved reserve(@AuthenticationPrincipal Caller caller, @RequestBody ReservationBody body) {
        caller.require(Role.INTEGRATION, Role.ADMINISTRATOR);
        if (body.interactionId() == null) {
            throw ProblemException.invalid("#/interactionId", "is required");
        }
        int ttl = body.ttlSeconds() == null ? DEFAULT_TTL_SECONDS : body.ttlSeconds();
        if (ttl < 1 || ttl > LONGEST_TTL_SECONDS) {
            throw ProblemException.invalid(
                    "#/ttlSeconds", "is %d and must be 1 to %d".formatted(ttl, LONGEST_TTL_SECONDS));
        }
        Reservation reservation = routing.reserve(
                caller,
                body.interactionId(),
                channel(body.channel() == null ? "voice" : body.channel()),
                body.queue(),
                Duration.ofSeconds(ttl));
        return new Reserved(reservation.id(), reservation.agent(), reservation.interaction(), reservation.expiresAt());
    }

    @DeleteMapping("/reservations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        caller.require(Role.INTEGRATION, Role.ADMINISTRATOR);
        if (!routing.cancel(caller, id)) {
            throw ProblemException.notFound("reservation", id);
        }
    }

    private static Channel channel(String name) {
        try {
            return Channel.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "#/channel", "is '%s' and must be voice, chat, email or message".formatted(name));
        }
    }
}
