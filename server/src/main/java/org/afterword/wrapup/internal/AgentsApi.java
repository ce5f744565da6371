package org.afterword.wrapup.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.afterword.conversation.InteractionId;
import org.afterword.desk.AgentOverview;
import org.afterword.desk.AgentState;
import org.afterword.desk.Floor;
import org.afterword.desk.NextState;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpStatus;
import org.afterword.wrapup.WrapUps;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Agents over HTTP, with the wrap-ups that hold them. */
@RestController
@RequestMapping("/api/v1/agents")
class AgentsApi {
    private static final int MOST = 500;

    private final Tenancy tenancy;
    private final Floor floor;
    private final WrapUpRepository wrapUpRows;
    private final WrapUps wrapUps;
    private final RestService rests;

    AgentsApi(Tenancy tenancy, Floor floor, WrapUpRepository wrapUpRows, WrapUps wrapUps, RestService rests) {
        this.tenancy = tenancy;
        this.floor = floor;
        this.wrapUpRows = wrapUpRows;
        this.wrapUps = wrapUps;
        this.rests = rests;
    }

    record HeldBy(
            WrapUpId id,
            InteractionId interactionId,
            WrapUpStatus status,
            @Nullable Instant deadline) {}

    /**
     * An agent as {@code api.md} shows it.
     *
     * @param rest that the agent is in or waits for; shown to the agent alone
     */
    record Shown(
            AgentId agentId,
            @Nullable String name,
            @Nullable String team,
            AgentState state,
            AgentState wanted,
            @Nullable String reason,
            @Nullable Instant since,
            int load,
            int capacity,
            boolean unannounced,
            @Nullable NextState pendingState,
            List<AgentOverview.LegOnDesk> legs,
            List<HeldBy> wrapUps,
            AgentOverview.@Nullable RestShown rest) {
        /** @param waiting chosen for now and not yet shown; null if nothing is */
        static Shown of(AgentOverview agent, List<WrapUp> live, @Nullable NextState waiting) {
            return new Shown(
                    agent.agentId(),
                    agent.name(),
                    agent.team(),
                    agent.state(),
                    agent.wanted(),
                    agent.reason(),
                    agent.since(),
                    agent.load(),
                    agent.capacity(),
                    agent.unannounced(),
                    agent.pendingState() == null ? waiting : agent.pendingState(),
                    agent.legs(),
                    live.stream()
                            .map(w -> new HeldBy(
                                    w.id(),
                                    w.interaction(),
                                    w.status(),
                                    w.state().holds() ? w.deadline() : null))
                            .toList(),
                    agent.rest());
        }
    }

    record Page(List<Shown> items, @Nullable String next) {}

    @GetMapping
    Page list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable AgentState state,
            @RequestParam(required = false) @Nullable String team,
            @RequestParam(required = false) @Nullable AgentId cursor,
            @RequestParam(defaultValue = "100") int limit) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.COACH, Role.ADMINISTRATOR, Role.INTEGRATION);
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("#/limit", "must be 1 to %d, was %d".formatted(MOST, limit));
        }
        return tenancy.in(caller.tenant(), () -> {
            List<AgentOverview> found = new ArrayList<>(floor.list(state, team, cursor, limit));
            Map<AgentId, List<WrapUp>> live =
                    live(found.stream().map(AgentOverview::agentId).toList());
            List<Shown> items = found.stream()
                    .map(agent -> Shown.of(agent, live.getOrDefault(agent.agentId(), List.of()), null))
                    .toList();
            return new Page(
                    items,
                    items.size() < limit ? null : items.getLast().agentId().value());
        });
    }

    @GetMapping("/{id}")
    Shown get(@AuthenticationPrincipal Caller caller, @PathVariable AgentId id) {
        caller.requireSelfOr(id, Role.SUPERVISOR, Role.PLANNER, Role.COACH, Role.ADMINISTRATOR, Role.INTEGRATION);
        return tenancy.in(caller.tenant(), () -> shown(caller, id, null));
    }

    /**
     * Asks for a recovery after the contact that is on, or has just ended, where its policy gives one on request. Only the agent
     * itself does.
     */
    @PostMapping("/{id}/recovery")
    Shown askForRecovery(@AuthenticationPrincipal Caller caller, @PathVariable AgentId id) {
        rests.ask(caller, id);
        return tenancy.in(caller.tenant(), () -> shown(caller, id, null));
    }

    /** Ends the rest that the agent is in or waits for, if there is one. */
    @DeleteMapping("/{id}/recovery")
    Shown endRecovery(@AuthenticationPrincipal Caller caller, @PathVariable AgentId id) {
        rests.end(caller, id);
        return tenancy.in(caller.tenant(), () -> shown(caller, id, null));
    }

    /** Asks for a window for the contact that is on, or has just ended, where its policy gives one on request. */
    @PostMapping("/{id}/wrap-up-request")
    Shown request(@AuthenticationPrincipal Caller caller, @PathVariable AgentId id) {
        wrapUps.request(caller, id);
        return tenancy.in(caller.tenant(), () -> shown(caller, id, null));
    }

    record StateBody(
            @Nullable AgentState state,
            @Nullable String reason,
            @Nullable String when) {}

    @PutMapping("/{id}/state")
    ResponseEntity<Shown> put(
            @AuthenticationPrincipal Caller caller, @PathVariable AgentId id, @RequestBody StateBody body) {
        if (body.state() == null) {
            throw ProblemException.invalid("#/state", "is required: AVAILABLE, NOT_READY or OFFLINE");
        }
        NextState next = WrapUpsApi.nextState(body.state(), body.reason(), "#/state");
        boolean afterWrapUp = switch (body.when() == null ? "now" : body.when()) {
            case "now" -> false;
            case "afterWrapUp" -> true;
            default ->
                throw ProblemException.invalid(
                        "#/when", "is '%s' and must be now or afterWrapUp".formatted(body.when()));
        };
        wrapUps.want(caller, id, next, afterWrapUp);
        Shown after = tenancy.in(caller.tenant(), () -> shown(caller, id, next));
        return ResponseEntity.status(after.pendingState() == null ? 200 : 202).body(after);
    }

    private Shown shown(Caller caller, AgentId id, @Nullable NextState chosen) {
        AgentOverview agent = (id.equals(caller.agentId()) ? floor.findSelf(id) : floor.find(id))
                .orElseThrow(() -> ProblemException.notFound("agent", id.value()));
        boolean waits = chosen != null && agent.state() != chosen.state();
        return Shown.of(agent, live(List.of(id)).getOrDefault(id, List.of()), waits ? chosen : null);
    }

    private Map<AgentId, List<WrapUp>> live(List<AgentId> agents) {
        return wrapUpRows.onHand(tenancy.current(), agents).stream().collect(Collectors.groupingBy(WrapUp::agent));
    }
}
