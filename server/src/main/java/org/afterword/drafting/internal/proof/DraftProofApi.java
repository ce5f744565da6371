package org.afterword.drafting.internal.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.afterword.drafting.DraftProof;
import org.afterword.drafting.DraftQuality;
import org.afterword.drafting.Grade;
import org.afterword.drafting.Rollout;
import org.afterword.drafting.internal.proof.ProofRepository.OutcomeRow;
import org.afterword.identity.Caller;
import org.afterword.platform.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** How drafts are brought to people, and what they are worth. */
@RestController
class DraftProofApi {
    private static final int MOST = 200;

    /** As {@link Rollout}, whole: what is not there is off, but for the share, which has to be said. */
    record RolloutBody(
            @Nullable Instant shadowUntil,
            @Nullable Double holdout,
            @Nullable Map<String, Grade> most,
            @Nullable Map<String, Map<String, Grade>> queues) {
        Rollout rollout() {
            if (holdout == null) {
                throw ProblemException.invalid("#/holdout", "is required: a share of contacts, 0 = none goes without");
            }
            return new Rollout(
                    shadowUntil, holdout, most == null ? Map.of() : most, queues == null ? Map.of() : queues);
        }
    }

    record RolloutView(
            @JsonUnwrapped Rollout rollout, @Nullable Instant changedAt) {
        static RolloutView of(DraftProof.Current current) {
            return new RolloutView(current.rollout(), current.changedAt());
        }
    }

    /**
     * What became of one draft.
     *
     * @param arm     {@code shown}, {@code heldOut} or {@code shadow}
     * @param wasRead false where it was confirmed faster than it could be read
     * @param audited true where a policy would have approved it, and a person got it by lot
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OutcomeView(
            Instant confirmedAt,
            String wrapUpId,
            String interactionId,
            String draftId,
            String queue,
            @Nullable String callType,
            Arm arm,
            String source,
            String model,
            boolean wasRead,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean audited,
            JsonNode parts) {
        static OutcomeView of(OutcomeRow row) {
            return new OutcomeView(
                    row.confirmedAt(),
                    row.wrapUp(),
                    row.interaction(),
                    row.draftId(),
                    row.queue(),
                    row.callType(),
                    row.arm(),
                    row.source(),
                    row.model(),
                    row.wasRead(),
                    row.audited(),
                    row.parts());
        }
    }

    /** @param next the cursor of the page after this one; absent where there is none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OutcomesView(List<OutcomeView> items, @Nullable String next) {}

    private final DraftProof proof;

    DraftProofApi(DraftProof proof) {
        this.proof = proof;
    }

    @GetMapping("/api/v1/draft-rollout")
    RolloutView rollout(@AuthenticationPrincipal Caller caller) {
        return RolloutView.of(proof.rollout(caller));
    }

    @PutMapping("/api/v1/draft-rollout")
    RolloutView change(@RequestBody RolloutBody wanted, @AuthenticationPrincipal Caller caller) {
        return RolloutView.of(proof.change(caller, wanted.rollout()));
    }

    /** {@code to} is not in any more. */
    @GetMapping("/api/v1/draft-quality")
    DraftQuality quality(
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(required = false) @Nullable String queue,
            @AuthenticationPrincipal Caller caller) {
        return proof.quality(caller, from, to, queue);
    }

    /** The latest first. */
    @GetMapping("/api/v1/draft-outcomes")
    OutcomesView outcomes(
            @RequestParam Instant from,
            @RequestParam Instant to,
            @RequestParam(required = false) @Nullable String queue,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            @AuthenticationPrincipal Caller caller) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.invalid("#/limit", "must be from 1 to %d".formatted(MOST));
        }
        Cursor after = cursor == null ? new Cursor(to, "") : Cursor.parse(cursor);
        List<OutcomeRow> found = proof.outcomes(caller, from, to, queue, after.at(), after.wrapUp(), limit);
        return new OutcomesView(
                found.stream().map(OutcomeView::of).toList(),
                found.size() < limit
                        ? null
                        : new Cursor(
                                        found.getLast().confirmedAt(),
                                        found.getLast().wrapUp())
                                .text());
    }

    /** The last one of a page. */
    private record Cursor(Instant at, String wrapUp) {
        static Cursor parse(String text) {
            int end = text.indexOf('~');
            if (end < 0) {
                throw ProblemException.invalid("#/cursor", "is none that a page ended with");
            }
            return new Cursor(
                    ProblemException.parse("#/cursor", () -> Instant.parse(text.substring(0, end))),
                    text.substring(end + 1));
        }

        String text() {
            return at + "~" + wrapUp;
        }
    }
}
