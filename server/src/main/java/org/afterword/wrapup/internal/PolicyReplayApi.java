package org.afterword.wrapup.internal;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.afterword.catalog.PolicyProposal;
import org.afterword.catalog.PolicyRule;
import org.afterword.identity.Caller;
import org.afterword.identity.Role;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Policies run over a past period, before anybody saves them. */
@RestController
@RequestMapping("/api/v1/policies/replay")
class PolicyReplayApi {
    private final PolicyReplays replays;

    PolicyReplayApi(PolicyReplays replays) {
        this.replays = replays;
    }

    /**
     * @param policies the whole list; or else
     * @param changed  rules to put into their places, or at the end, and
     * @param removed  codes of those that go
     */
    record ReplayBody(
            @Nullable Instant from,
            @Nullable Instant to,

            @ArraySchema(schema = @Schema(implementation = PolicyRule.class)) @Nullable
            JsonNode policies,

            @ArraySchema(schema = @Schema(implementation = PolicyRule.class)) @Nullable
            JsonNode changed,

            @ArraySchema(schema = @Schema(implementation = String.class)) @Nullable
            JsonNode removed,

            @Nullable String groupBy) {}

    @PostMapping
    ReplayReport replay(@AuthenticationPrincipal Caller caller, @RequestBody ReplayBody body) {
        caller.require(Role.SUPERVISOR, Role.PLANNER, Role.ADMINISTRATOR);
        String groupBy = body.groupBy() == null ? ReplayGroupBy.RULE.code() : body.groupBy();
        return replays.replay(
                caller,
                required("#/from", body.from()),
                required("#/to", body.to()),
                new PolicyProposal(body.policies(), body.changed(), body.removed()),
                ProblemException.parse("#/groupBy", () -> ReplayGroupBy.parse(groupBy)));
    }

    private static Instant required(String pointer, @Nullable Instant time) {
        if (time == null) {
            throw ProblemException.invalid(pointer, "is required, a time as 2026-03-31T09:00:00Z");
        }
        return time;
    }
}
