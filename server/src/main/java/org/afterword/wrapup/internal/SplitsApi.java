package org.afterword.wrapup.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.afterword.identity.Caller;
import org.afterword.wrapup.WrapUpId;
import org.afterword.wrapup.WrapUpView;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Further records of one leg. */
@RestController
class SplitsApi {
    private final Splits splits;

    SplitsApi(Splits splits) {
        this.splits = splits;
    }

    record SplitBody(
            @Nullable ObjectNode customer,
            @JsonProperty("case") @Nullable ObjectNode ofCase) {}

    /** Answers 201, or 200 with the part that was split off for the same customer and case before. */
    @PostMapping("/api/v1/wrap-ups/{id}/parts")
    ResponseEntity<WrapUpView> split(
            @AuthenticationPrincipal Caller caller,
            @PathVariable WrapUpId id,
            @RequestBody(required = false) @Nullable SplitBody body) {
        Splits.Part part =
                splits.split(caller, id, body == null ? null : body.customer(), body == null ? null : body.ofCase());
        return ResponseEntity.status(part.begun() ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag("\"" + part.wrapUp().version() + "\"")
                .body(part.wrapUp());
    }
}
