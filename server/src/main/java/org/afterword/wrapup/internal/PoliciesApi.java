package org.afterword.wrapup.internal;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.afterword.catalog.CatalogVersion;
import org.afterword.catalog.Catalogs;
import org.afterword.conversation.Channel;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.desk.Agent;
import org.afterword.desk.Desk;
import org.afterword.identity.AgentId;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.afterword.platform.ProblemType;
import org.afterword.platform.Tenancy;
import org.afterword.wrapup.PolicyExplanation;
import org.afterword.wrapup.WrapUp;
import org.afterword.wrapup.WrapUpId;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Why a window is as it is, and how it would be for a contact that somebody thinks of. */
@RestController
@RequestMapping("/api/v1")
class PoliciesApi {
    private final Tenancy tenancy;
    private final WrapUpService wrapUps;
    private final Desk desk;
    private final Catalogs catalogs;
    private final PolicyExplainer explainer;
    private final Surges surges;
    private final InstantSource clock;

    PoliciesApi(
            Tenancy tenancy,
            WrapUpService wrapUps,
            Desk desk,
            Catalogs catalogs,
            PolicyExplainer explainer,
            Surges surges,
            InstantSource clock) {
        this.tenancy = tenancy;
        this.wrapUps = wrapUps;
        this.desk = desk;
        this.catalogs = catalogs;
        this.explainer = explainer;
        this.surges = surges;
        this.clock = clock;
    }

    /** Of the policy that a wrap-up runs under. */
    @GetMapping("/wrap-ups/{id}/policy")
    PolicyExplanation of(@AuthenticationPrincipal Caller caller, @PathVariable WrapUpId id) {
        return tenancy.in(caller.tenant(), () -> {
            WrapUp wrapUp = wrapUps.readable(caller, id);
            if (wrapUp.policy() == null) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "Wrap-up %s is %s; its policy is chosen when its leg ends.".formatted(id, wrapUp.status()));
            }
            return explainer.explain(wrapUp.policy());
        });
    }

    /** Of the policy that a window would open under now. */
    @GetMapping("/effective-policy")
    PolicyExplanation of(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable AgentId agentId,
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String campaign,
            @RequestParam(required = false) @Nullable String callType,
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String direction,
            @RequestParam(defaultValue = "false") boolean escalated) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.COACH, Role.ADMINISTRATOR);
        return tenancy.in(caller.tenant(), () -> {
            Agent agent = agentId == null
                    ? Agent.unknown(new AgentId("nobody"))
                    : desk.load(List.of(agentId)).get().getOrDefault(agentId, Agent.unknown(agentId));
            CatalogVersion catalog = catalogs.current();
            var policies =
                    new PolicyChoice(catalog, surges.surging(clock.instant()).get());
            var details = new InteractionDetails(
                    named("#/channel", Channel.class, channel),
                    named("#/direction", Direction.class, direction),
                    queue,
                    campaign,
                    null,
                    callType,
                    null,
                    Map.of());
            return explainer.explain(policies.choose(
                    new PolicyChoice.Contact(agent, details, policies.callType(details, null), escalated)));
        });
    }

    private static <T extends Enum<T>> @Nullable T named(String pointer, Class<T> type, @Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        pointer,
                        "is '%s' and must be one of %s"
                                .formatted(
                                        name,
                                        Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT))));
    }
}
